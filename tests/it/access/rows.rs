//! How a row of the matrix is written, and reading it.
//!
//! ```text
//! actors: visitor ana rosa
//! GET /attempts/{id} | ana-open | | sign-in 200 404
//! POST /attempts/{id} | ana-open | do=later | sign-in >/learning 404
//! ```
//!
//! 1. The route, as the router has it.
//! 2. A value for each variable of the path: the name of something that [`prepared`](super::prepared) made, or the value itself.
//! 3. What is sent: the query of a `GET`, else the fields of a form, or after `json:` a JSON body. `<name>` stands for something prepared.
//! 4. What must be answered to each actor of the file, or once after `all`: a status; `sign-in`, a redirect there and back; `>`
//!    and where a redirect leads; `confirm`, a redirect to showing once more who is there, and back.

/// The files of rows, by name. In those with the actor `nobody`, programs ask.
pub const FILES: [(&str, &str); 10] = [
    ("public", include_str!("rows/public.txt")),
    ("accounts", include_str!("rows/accounts.txt")),
    ("security", include_str!("rows/security.txt")),
    ("learning", include_str!("rows/learning.txt")),
    ("quizzes", include_str!("rows/quizzes.txt")),
    ("certificates", include_str!("rows/certificates.txt")),
    ("offices", include_str!("rows/offices.txt")),
    ("api", include_str!("rows/api.txt")),
    ("programs", include_str!("rows/programs.txt")),
    ("scopes", include_str!("rows/scopes.txt")),
];

/// A file of rows.
pub struct Rows {
    /// Who asks, in the order of the columns.
    pub actors: Vec<String>,
    /// What is asked.
    pub rows: Vec<Row>,
}

/// One thing that is asked for by everyone.
pub struct Row {
    /// Upper case.
    pub method: String,
    /// As the router has it.
    pub path: String,
    /// A value for each variable of the path.
    pub values: Vec<String>,
    /// Query, form or JSON.
    pub sends: String,
    /// What must be answered, one for each actor.
    pub expected: Vec<String>,
}

impl Row {
    /// `METHOD /path`.
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The row's name: all but what must be answered.
    pub fn name(&self) -> String {
        [self.route(), self.values.join(" "), self.sends.clone()]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" | ")
    }
}

/// Reads a file of rows.
pub fn read(text: &str) -> Rows {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let actors = lines().find_map(|line| line.strip_prefix("actors:")).expect("the file says who asks");
    let actors: Vec<String> = actors.split_whitespace().map(str::to_owned).collect();
    let rows = lines().filter(|line| !line.starts_with("actors:")).map(|line| row(line, actors.len())).collect();
    Rows { actors, rows }
}

fn row(line: &str, actors: usize) -> Row {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [route, values, sends, expected] = parts[..] else { panic!("four parts: {line}") };
    let (method, path) = route.split_once(' ').expect("method and path");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let expected = match words(expected) {
        one if one.first().is_some_and(|word| word == "all") => vec![one[1].clone(); actors],
        each => each,
    };
    assert_eq!(expected.len(), actors, "one answer for each actor: {line}");
    Row { method: method.to_owned(), path: path.trim().to_owned(), values: words(values), sends: sends.to_owned(), expected }
}
