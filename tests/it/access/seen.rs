//! Whose data is in an answer, field by field.

use tests::Answer;

use super::prepared::Prepared;

/// The fields of people that stand in `answer`, as `ana.name`; the reader's own are left to `own`.
pub fn fields(prepared: &Prepared, actor: &str, answer: &Answer) -> Vec<String> {
    let text = answer.text();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (person, field, value) in &prepared.fields {
        if !text.contains(value.as_str()) {
            continue;
        }
        if is_of(actor, person) { own.push(format!("own {field}")) } else { others.push(format!("{person}'s {field}")) }
    }
    own.into_iter().chain(others).collect()
}

/// Whether `actor` is `person`: in a browser, in one from before, or by a program.
fn is_of(actor: &str, person: &str) -> bool {
    actor.split(':').next().is_some_and(|who| who.trim_end_matches("-later") == person)
}
