//! The completion rule as written in `course.toml`.

use toml::de::DeValue;

use super::finding::Report;
use super::page::{At, Page};
use crate::completion::{MOST_WAYS, Rule};
use crate::course::Course;
use crate::quiz::Purpose;

/// A rule and the places of what it names.
pub(super) struct RuleSource {
    pub(super) rule: Rule,
    /// Each part that is not `all` or `any`.
    leaves: Vec<At<Rule>>,
}

/// Reads the value of `completion`, whose offsets count from `base`.
pub(super) fn read(page: &Page, base: usize, value: At<DeValue<'_>>, report: &mut Report) -> Option<RuleSource> {
    let mut reader = Reader { page, base, report, leaves: Vec::new() };
    let rule = reader.rule(&value.value, value.offset)?;
    let leaves = reader.leaves;
    if rule.count_ways() > MOST_WAYS {
        report.error(page, value.offset, format!("this rule can be met in more than {MOST_WAYS} ways: make it simpler"));
    }
    Some(RuleSource { rule, leaves })
}

struct Reader<'r> {
    page: &'r Page,
    base: usize,
    report: &'r mut Report,
    leaves: Vec<At<Rule>>,
}

impl Reader<'_> {
    fn rule(&mut self, value: &DeValue<'_>, offset: usize) -> Option<Rule> {
        let leaf = match value {
            DeValue::String(word) => match word.as_ref() {
                "lessons" => Some(Rule::Lessons),
                "quizzes" => Some(Rule::Quizzes),
                "survey" => Some(Rule::Survey),
                _ => None,
            },
            DeValue::Table(table) => match table.iter().next() {
                Some((key, value)) if table.len() == 1 => {
                    let at = self.base + value.span().start;
                    match (key.get_ref().as_ref(), value.get_ref()) {
                        ("all", DeValue::Array(_)) => return self.parts(value.get_ref(), at).map(Rule::All),
                        ("any", DeValue::Array(_)) => return self.parts(value.get_ref(), at).map(Rule::Any),
                        ("quiz", DeValue::String(key)) => self.id(key, at).map(Rule::Quiz),
                        ("lesson", DeValue::String(key)) => self.id(key, at).map(Rule::Lesson),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        };
        match leaf {
            Some(rule) => self.leaves.push(At { value: rule, offset }),
            None => self.report.error(
                self.page,
                offset,
                "a rule is \"lessons\", \"quizzes\", \"survey\", { quiz = \"…\" }, { lesson = \"…\" }, { all = […] } or { any = […] }",
            ),
        }
        self.leaves.last().filter(|leaf| leaf.offset == offset).map(|leaf| leaf.value.clone())
    }

    fn parts(&mut self, value: &DeValue<'_>, offset: usize) -> Option<Vec<Rule>> {
        let DeValue::Array(items) = value else { return None };
        if items.is_empty() {
            self.report.error(self.page, offset, "this list is empty: name what completes the course");
        }
        items.iter().map(|item| self.rule(item.get_ref(), self.base + item.span().start)).collect()
    }

    fn id<K: std::str::FromStr<Err: std::fmt::Display>>(&mut self, text: &str, offset: usize) -> Option<K> {
        text.parse().map_err(|fault: K::Err| self.report.error(self.page, offset, fault.to_string())).ok()
    }
}

impl RuleSource {
    /// Reports what the rule names and the course does not have.
    pub(super) fn check(&self, page: &Page, course: &Course, report: &mut Report) {
        for leaf in &self.leaves {
            let fault = match &leaf.value {
                Rule::Lesson(key) if !course.lessons().any(|lesson| lesson == key) => format!("no lesson `{key}`: mend the id"),
                Rule::Survey if course.survey.is_none() => {
                    "the course has no survey: write `survey = true`, or take \"survey\" out".to_owned()
                }
                Rule::Quiz(key) => match course.quizzes.get(key).map(|quiz| quiz.rules.purpose) {
                    None => format!("no quiz `{key}`: mend the id"),
                    Some(Purpose::Practice | Purpose::PreTest) => {
                        format!("`{key}` is a pre-test or for practice, which is never required: take it out")
                    }
                    Some(Purpose::Module | Purpose::PostTest) => continue,
                },
                _ => continue,
            };
            report.error(page, leaf.offset, fault);
        }
    }
}
