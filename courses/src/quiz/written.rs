//! Written answers: words compared by rule, and numbers with a tolerance, both exact.

use std::collections::BTreeSet;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::letters::plain;

/// Words of which one is right.
///
/// Spaces never matter, nor a full stop at the end. Capitals and accents matter only where the author says so: with neither,
/// `  Consentimiento   INFORMADO.` is `consentimiento informado`, and `atencion` is `atención`.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    written: Vec<String>,
    folded: BTreeSet<String>,
    has_case: bool,
    has_accents: bool,
}

impl Words {
    pub(crate) fn new(written: Vec<String>, has_case: bool, has_accents: bool) -> Self {
        let folded = written.iter().map(|word| fold(word, has_case, has_accents)).collect();
        Self { written, folded, has_case, has_accents }
    }

    /// The first variant, as the author wrote it.
    pub(super) fn first(&self) -> Option<&str> {
        self.written.first().map(String::as_str)
    }

    pub(super) fn accept(&self, text: &str) -> bool {
        self.folded.contains(&fold(text, self.has_case, self.has_accents))
    }
}

fn fold(text: &str, has_case: bool, has_accents: bool) -> String {
    let composed: String = text.nfc().collect();
    let spaced = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    let spaced = spaced.trim_end_matches('.').trim_end();
    match (has_case, has_accents) {
        (true, true) => spaced.to_owned(),
        (false, true) => spaced.to_lowercase(),
        (false, false) => plain(spaced),
        (true, false) => spaced
            .chars()
            .flat_map(|letter| {
                let base = plain(&letter.to_string());
                if letter.is_uppercase() { base.to_uppercase() } else { base }.chars().collect::<Vec<_>>()
            })
            .collect(),
    }
}

/// A number within a tolerance, both in billionths.
///
/// `27.6` with a tolerance of `0.1` takes `27.5`, `27,6` and `27.70`, and not `27.71`. Both a full stop and a comma may stand
/// before decimals; where one of them may also part thousands (`1.500`), either reading will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    value: i128,
    tolerance: i128,
}

/// Decimals kept.
const DECIMALS: usize = 9;
/// Most digits read.
const DIGITS: usize = 18;

impl Number {
    /// From what an author wrote, with a full stop before decimals; `None` when that is no number.
    pub(crate) fn new(value: &str, tolerance: &str) -> Option<Self> {
        let number = Self { value: exact(value)?, tolerance: exact(tolerance)? };
        (number.tolerance >= 0).then_some(number)
    }

    pub(super) fn accepts(&self, text: &str) -> bool {
        readings(text).iter().any(|reading| (reading - self.value).abs() <= self.tolerance)
    }

    /// Whether a text can be read as a number at all.
    pub(super) fn is_number(text: &str) -> bool {
        !readings(text).is_empty()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_i128.pow(9);
        let sign = if self.value < 0 { "-" } else { "" };
        let (whole, rest) = (self.value.abs() / scale, self.value.abs() % scale);
        let decimals = format!("{rest:09}");
        let decimals = decimals.trim_end_matches('0');
        if decimals.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{decimals}") }
    }
}

/// What a text may mean as a number, in billionths.
fn readings(text: &str) -> Vec<i128> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}')).collect();
    let text = text.replace('\u{2212}', "-");
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    let without = |mark: char| text.replace(mark, "");
    let candidates = match (points, commas) {
        (0, 0) => vec![text.clone()],
        (1, 0) => vec![text.clone(), grouped(&text, '.')],
        (0, 1) => vec![text.replace(',', "."), grouped(&text, ',')],
        (_, 0) => vec![grouped(&text, '.')],
        (0, _) => vec![grouped(&text, ',')],
        (1, _) if text.rfind('.') > text.rfind(',') => vec![without(',')],
        (_, 1) if text.rfind(',') > text.rfind('.') => vec![without('.').replace(',', ".")],
        _ => Vec::new(),
    };
    candidates.iter().filter_map(|candidate| exact(candidate)).collect()
}

/// The digits of a number whose thousands are parted by `mark`; nothing when they are not parted so.
fn grouped(text: &str, mark: char) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    if is_grouped { format!("{sign}{}", digits.replace(mark, "")) } else { String::new() }
}

/// A number with a full stop before its decimals, in billionths; `None` when it is none, or too long.
fn exact(text: &str) -> Option<i128> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || !decimals.is_empty();
    if !has_digits || !are_digits(whole) || !are_digits(decimals) || whole.len() > DIGITS || decimals.len() > DECIMALS {
        return None;
    }
    let digits: i128 = format!("{whole}{decimals:0<DECIMALS$}").parse().ok()?;
    Some(sign * digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_capitals_and_accents_are_forgiven_unless_the_author_says_otherwise() {
        let words = |has_case, has_accents| Words::new(vec!["Atención a la Niñez".to_owned()], has_case, has_accents);
        for (text, plainly, by_case, by_accents, by_both) in [
            ("Atención a la Niñez", true, true, true, true),
            ("  Atencio\u{301}n a  la\tNin\u{303}ez. ", true, true, true, true),
            ("atención a la niñez", true, false, true, false),
            ("Atencion a la Ninez", true, true, false, false),
            ("atencion a la ninez", true, false, false, false),
            ("atención", false, false, false, false),
            ("", false, false, false, false),
        ] {
            let taken = [words(false, false), words(true, false), words(false, true), words(true, true)].map(|words| words.accept(text));
            assert_eq!(taken, [plainly, by_case, by_accents, by_both], "{text:?}");
        }
    }

    #[test]
    fn a_number_is_taken_within_its_tolerance_however_it_is_written() {
        let number = Number::new("27.6", "0.1").unwrap();
        for (text, taken) in
            [("27.6", true), ("27,6", true), (" 27.70 ", true), ("27.5", true), ("27.71", false), ("27.499999999", false), ("276", false)]
        {
            assert_eq!(number.accepts(text), taken, "{text}");
        }
        let thousands = Number::new("1500", "0").unwrap();
        for text in ["1500", "1.500", "1,500", "1 500", "1\u{a0}500", "1'500", "1,500.00", "1.500,00", "+1500"] {
            assert!(thousands.accepts(text), "{text}");
        }
        for text in ["15.00", "1,50,0", "1500 horas", "", "1.5.00", "0.1500", "١٥٠٠", "1e3"] {
            assert!(!thousands.accepts(text), "{text}");
        }
        assert!(Number::new("-3", "0").unwrap().accepts("\u{2212}3"));
    }

    #[test]
    fn what_is_no_number_is_known_as_such() {
        assert!(Number::is_number("4,5") && !Number::is_number("cinco") && !Number::is_number("5 %"));
        assert!(Number::new("five", "0").is_none() && Number::new("5", "-1").is_none());
    }

    #[test]
    fn a_number_is_written_without_needless_digits() {
        for (value, shown) in [("27.60", "27.6"), ("-3", "-3"), ("0.000000001", "0.000000001"), ("-0.5", "-0.5")] {
            assert_eq!(Number::new(value, "0").unwrap().to_string(), shown);
        }
    }
}
