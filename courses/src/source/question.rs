//! `[[questions]]` of a quiz: one reader for each kind.

use std::collections::BTreeMap;

use super::finding::Report;
use super::page::{At, Page};
use super::quiz::{MOST_OPTIONS, QuestionOutline, Slot, check_options};
use super::structure::Structure;
use super::table::Section;
use crate::id::{LessonKey, ObjectiveKey, OptionKey, PoolKey, QuestionKey};
use crate::quiz::{Kind, Number, Part, Question, RIGHT, Right, UNIT, WRONG, Words};

const KINDS: [(&str, Kind); 9] = [
    ("single", Kind::Single),
    ("multiple", Kind::Multiple),
    ("true-false", Kind::TrueFalse),
    ("matching", Kind::Matching),
    ("ordering", Kind::Ordering),
    ("short-text", Kind::ShortText),
    ("number", Kind::Number),
    ("gaps", Kind::Gaps),
    ("reflection", Kind::Reflection),
];

/// Ids that a quiz's page has for itself.
const TAKEN: [&str; 3] = ["main", "errors", "page-form"];

/// What a kind of question is made of.
struct Body {
    options: Vec<OptionKey>,
    parts: Vec<Part>,
    right: Right,
    slots: Vec<Slot>,
    gaps: Vec<OptionKey>,
}

/// Reads one question.
pub(super) fn read(page: &Page, mut table: Section<'_>, structure: &Structure, report: &mut Report) -> Option<(QuestionOutline, Question)> {
    let place = table.offset;
    let key: Option<At<QuestionKey>> = table.required("id", report);
    if let Some(taken) = key.as_ref().filter(|key| TAKEN.contains(&key.value.as_str())) {
        report.error(page, taken.offset, format!("`{}` is an id of the page itself: give the question another", taken.value));
    }
    let kind = table.choice("kind", &KINDS, report);
    if kind.is_none() {
        let known: Vec<_> = KINDS.iter().map(|(word, _)| *word).collect();
        report.error(page, place, format!("this question has no valid `kind`: use {}", super::table::listed(&known)));
    }
    let objective: Option<At<ObjectiveKey>> = table.required("objective", report);
    let lesson: Option<At<LessonKey>> = table.parsed("lesson", report);
    let pool: Option<At<PoolKey>> = table.parsed("pool", report);
    let kind = kind?.value;
    let body = body(page, kind, &mut table, structure, report);
    table.finish(report);
    if let Some(objective) = objective.as_ref().filter(|objective| !structure.objectives.iter().any(|known| known.value == objective.value))
    {
        report.error(page, objective.offset, format!("no objective `{}`: add it to course.toml or mend the id", objective.value));
    }
    if let Some(lesson) = lesson.as_ref().filter(|lesson| !structure.lessons().any(|known| known.value == lesson.value)) {
        report.error(page, lesson.offset, format!("no lesson `{}`: add it to course.toml or mend the id", lesson.value));
    }
    let (key, body) = (key?, body?);
    let question = Question {
        key: key.value.clone(),
        objective: objective?.value,
        lesson: lesson.map(|lesson| lesson.value),
        pool: pool.map(|pool| pool.value),
        kind,
        options: body.options,
        parts: body.parts,
        right: body.right,
    };
    Some((QuestionOutline { key, slots: body.slots, gaps: body.gaps }, question))
}

fn body(page: &Page, kind: Kind, table: &mut Section<'_>, structure: &Structure, report: &mut Report) -> Option<Body> {
    match kind {
        Kind::Single | Kind::Multiple => Some(chosen(page, kind, table, report)),
        Kind::TrueFalse => true_or_false(page, table, report),
        Kind::Matching => matching(page, table, report),
        Kind::Ordering => ordering(page, table, report),
        Kind::Gaps => gaps(page, table, report),
        Kind::ShortText => short_text(page, table, structure, report),
        Kind::Number => number(page, table, report),
        Kind::Reflection => Some(Body::written(Right::Nothing, Vec::new())),
    }
}

impl Body {
    const fn written(right: Right, slots: Vec<Slot>) -> Self {
        Self { options: Vec::new(), parts: Vec::new(), right, slots, gaps: Vec::new() }
    }
}

fn chosen(page: &Page, kind: Kind, table: &mut Section<'_>, report: &mut Report) -> Body {
    let place = table.offset;
    let options: Vec<At<OptionKey>> = table.list("options", report);
    let right: Vec<At<OptionKey>> = table.list("key", report);
    check_options(page, place, &options, report);
    for option in right.iter().filter(|right| !options.iter().any(|option| option.value == right.value)) {
        report.error(page, option.offset, format!("the key `{}` is not among the options: mend one of them", option.value));
    }
    match (kind, right.len()) {
        (_, 0) => report.error(page, place, "this question has no key: add a line `key = [\"…\"]` with what is right"),
        (Kind::Single, 2..) => {
            report.error(page, place, "a `single` question has one right option: leave one in `key`, or make it `multiple`");
        }
        _ => {}
    }
    let options = values(options);
    Body {
        slots: options.iter().cloned().map(Slot::with_feedback).collect(),
        options,
        parts: Vec::new(),
        right: Right::Options(right.into_iter().map(|option| option.value).collect()),
        gaps: Vec::new(),
    }
}

fn true_or_false(page: &Page, table: &mut Section<'_>, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let key = table.flag("key", report);
    if key.is_none() {
        report.error(page, place, "this question has no key: add a line `key = true` or `key = false`");
    }
    let (yes, no) = (fixed("true")?, fixed("false")?);
    let right = if key?.value { yes.clone() } else { no.clone() };
    Some(Body {
        slots: [yes.clone(), no.clone()].map(Slot::with_feedback).to_vec(),
        options: vec![yes, no],
        parts: Vec::new(),
        right: Right::Options([right].into()),
        gaps: Vec::new(),
    })
}

fn matching(page: &Page, table: &mut Section<'_>, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let prompts: Vec<At<OptionKey>> = table.list("prompts", report);
    let options: Vec<At<OptionKey>> = table.list("options", report);
    check_options(page, place, &options, report);
    if prompts.len() < 2 || prompts.len() > MOST_OPTIONS {
        report.error(page, place, format!("a matching has 2 to {MOST_OPTIONS} prompts; this one has {}", prompts.len()));
    }
    for twice in prompts.iter().filter(|prompt| options.iter().any(|option| option.value == prompt.value)) {
        report.error(page, twice.offset, format!("`{}` is a prompt and an option: give each its own id", twice.value));
    }
    let key = table.table("key", report);
    if key.is_none() {
        report.error(page, place, "this question has no key: add a line `key = { prompt = \"option\", … }`");
    }
    let mut right = BTreeMap::new();
    for (prompt, option) in key?.into_texts(report) {
        match (
            prompts.iter().find(|known| known.value.as_str() == prompt.value),
            options.iter().find(|known| known.value.as_str() == option.value),
        ) {
            (None, _) => report.error(page, prompt.offset, format!("`{}` is not among the prompts: mend one of them", prompt.value)),
            (_, None) => report.error(page, option.offset, format!("`{}` is not among the options: mend one of them", option.value)),
            (Some(prompt), Some(option)) => {
                right.insert(prompt.value.clone(), option.value.clone());
            }
        }
    }
    for prompt in prompts.iter().filter(|prompt| !right.contains_key(&prompt.value)) {
        report.error(page, prompt.offset, format!("the key has nothing for `{}`: add it", prompt.value));
    }
    let (prompts, options) = (values(prompts), values(options));
    Some(Body {
        slots: prompts.iter().cloned().map(Slot::with_feedback).chain(options.iter().cloned().map(Slot::label)).collect(),
        parts: prompts.into_iter().map(|key| Part { key, options: options.clone() }).collect(),
        options,
        right: Right::Places(right),
        gaps: Vec::new(),
    })
}

fn ordering(page: &Page, table: &mut Section<'_>, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let steps: Vec<At<OptionKey>> = table.list("options", report);
    check_options(page, place, &steps, report);
    let steps = values(steps);
    let places: Vec<OptionKey> = (1..=steps.len()).filter_map(|place| fixed(&place.to_string())).collect();
    let outcomes = [fixed(RIGHT)?, fixed(WRONG)?];
    Some(Body {
        slots: steps.iter().cloned().map(Slot::label).chain(outcomes.map(Slot::feedback)).collect(),
        right: Right::Places(steps.iter().cloned().zip(places.iter().cloned()).collect()),
        parts: steps.into_iter().map(|key| Part { key, options: places.clone() }).collect(),
        options: places,
        gaps: Vec::new(),
    })
}

fn gaps(page: &Page, table: &mut Section<'_>, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let (mut parts, mut all, mut right) = (Vec::new(), Vec::<OptionKey>::new(), BTreeMap::new());
    for mut gap in table.tables("gaps", report) {
        let at = gap.offset;
        let key: Option<At<OptionKey>> = gap.required("id", report);
        let options: Vec<At<OptionKey>> = gap.list("options", report);
        let filled: Option<At<OptionKey>> = gap.required("key", report);
        gap.finish(report);
        check_options(page, at, &options, report);
        let (Some(key), Some(filled)) = (key, filled) else { continue };
        if !options.iter().any(|option| option.value == filled.value) {
            report.error(page, filled.offset, format!("the key `{}` is not among the options: mend one of them", filled.value));
        }
        for twice in options.iter().filter(|option| all.contains(&option.value)) {
            report.error(page, twice.offset, format!("`{}` is an option of two gaps: give each its own id", twice.value));
        }
        if right.insert(key.value.clone(), filled.value).is_some() {
            report.error(page, key.offset, format!("the gap `{}` is here twice: give each its own id", key.value));
        }
        let options = values(options);
        all.extend(options.iter().cloned());
        parts.push(Part { key: key.value, options });
    }
    if parts.is_empty() {
        report.error(page, place, "this question has no gaps: add them with `[[questions.gaps]]`");
        return None;
    }
    Some(Body {
        slots: all.iter().cloned().map(Slot::with_feedback).collect(),
        gaps: parts.iter().map(|part| part.key.clone()).collect(),
        parts,
        options: all,
        right: Right::Places(right),
    })
}

fn short_text(page: &Page, table: &mut Section<'_>, structure: &Structure, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let has_case = table.flag("case", report).is_some_and(|flag| flag.value);
    let has_accents = table.flag("accents", report).is_some_and(|flag| flag.value);
    let accepted = table.table("accept", report);
    if accepted.is_none() {
        report.error(page, place, "this question has no key: add a line `accept = { es = [\"…\"], en = [\"…\"] }` with what is right");
    }
    let mut accepted = accepted?;
    let mut words = Vec::new();
    for language in &structure.languages {
        let of_language: Vec<At<String>> = accepted.list(language.code(), report);
        if of_language.is_empty() {
            report.error(page, place, format!("nothing is right in `{language}`: add it to `accept`"));
        }
        words.extend(of_language.into_iter().map(|word| word.value).filter(|word| !word.trim().is_empty()));
    }
    accepted.finish(report);
    let outcomes = [fixed(RIGHT)?, fixed(WRONG)?];
    Some(Body::written(Right::Words(Words::new(words, has_case, has_accents)), outcomes.map(Slot::feedback).to_vec()))
}

fn number(page: &Page, table: &mut Section<'_>, report: &mut Report) -> Option<Body> {
    let place = table.offset;
    let value = table.required_text("value", report);
    let tolerance = table.text("tolerance", report).map_or_else(|| "0".to_owned(), |tolerance| tolerance.value);
    let has_unit = table.flag("unit", report).is_some_and(|flag| flag.value);
    let right = Number::new(&value?.value, &tolerance);
    if right.is_none() {
        report.error(
            page,
            place,
            "`value` and `tolerance` are numbers between quotation marks, with a full stop before decimals: \"27.6\"",
        );
    }
    let outcomes = [fixed(RIGHT)?, fixed(WRONG)?];
    let unit = fixed(UNIT).filter(|_| has_unit).map(Slot::label);
    Some(Body::written(Right::Number(right?), unit.into_iter().chain(outcomes.map(Slot::feedback)).collect()))
}

fn values<T>(list: Vec<At<T>>) -> Vec<T> {
    list.into_iter().map(|item| item.value).collect()
}

/// An id that is not the author's.
fn fixed(key: &str) -> Option<OptionKey> {
    key.parse().ok()
}
