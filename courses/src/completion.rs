//! The rule of completion as data, and what is still missing.

use std::collections::BTreeSet;

use crate::course::{Course, Step};
use crate::id::{LessonKey, QuizKey};
use crate::quiz::Purpose;

/// What must be done to complete a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// All of these.
    All(Vec<Rule>),
    /// At least one of these.
    Any(Vec<Rule>),
    /// Every lesson read.
    Lessons,
    /// This lesson read.
    Lesson(LessonKey),
    /// Every module quiz and the post-test passed; quizzes for practice are not counted.
    Quizzes,
    /// This quiz passed.
    Quiz(QuizKey),
    /// The closing survey answered, if the course has one.
    Survey,
}

/// What a learner has done in a course: facts only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Lessons read.
    pub lessons: BTreeSet<LessonKey>,
    /// Quizzes passed.
    pub quizzes_passed: BTreeSet<QuizKey>,
    /// Whether the survey was answered.
    pub survey_answered: bool,
}

/// What is still to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// This step.
    Step(Step),
    /// All the steps of any one of these ways.
    AnyOf(Vec<Vec<Step>>),
}

/// Most ways in which a rule may be met: a limit for course sources, so that showing progress stays cheap.
pub const MOST_WAYS: usize = 64;

impl Done {
    /// Whether the step is done.
    #[must_use]
    pub fn includes(&self, step: &Step) -> bool {
        match step {
            Step::Lesson(lesson) => self.lessons.contains(lesson),
            Step::Quiz(quiz) => self.quizzes_passed.contains(quiz),
            Step::Survey => self.survey_answered,
        }
    }
}

impl Rule {
    /// The rule of a course that states none: lessons read, quizzes passed, survey answered.
    #[must_use]
    pub fn default_for(has_survey: bool) -> Self {
        let mut parts = vec![Self::Lessons, Self::Quizzes];
        if has_survey {
            parts.push(Self::Survey);
        }
        Self::All(parts)
    }

    /// Whether what was done completes the course. Doing more never undoes it.
    #[must_use]
    pub fn is_met(&self, course: &Course, done: &Done) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met(course, done)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(course, done)),
            leaf => leaf.steps(course).iter().all(|step| done.includes(step)),
        }
    }

    /// What is still to be done: single steps first, in the course's order and without repeats, then choices between ways.
    #[must_use]
    pub fn missing(&self, course: &Course, done: &Done) -> Vec<Missing> {
        let order = course.steps();
        let (mut steps, mut choices) = (BTreeSet::new(), Vec::new());
        self.collect_missing(course, done, &mut steps, &mut choices);
        let choices = choices.into_iter().map(|ways| {
            let still_open = |way: BTreeSet<Step>| in_order(&order, &way.into_iter().filter(|step| !done.includes(step)).collect());
            Missing::AnyOf(ways.into_iter().map(still_open).collect())
        });
        in_order(&order, &steps).into_iter().map(Missing::Step).chain(choices).collect()
    }

    /// How much of what the rule needs is done, along the way that is furthest: 0 to 1000, and 1000 only when it is met.
    #[must_use]
    pub fn progress_permille(&self, course: &Course, done: &Done) -> u16 {
        if self.is_met(course, done) {
            return 1000;
        }
        let done_of = |way: BTreeSet<Step>| {
            let done = way.iter().filter(|step| done.includes(step)).count();
            done.saturating_mul(1000).saturating_add(way.len() / 2).checked_div(way.len()).unwrap_or(0)
        };
        self.ways(course).into_iter().map(done_of).max().and_then(|permille| u16::try_from(permille.min(999)).ok()).unwrap_or(0)
    }

    /// In how many ways the rule may be met; 0 if it never can.
    #[must_use]
    pub fn count_ways(&self) -> usize {
        match self {
            Self::All(parts) => parts.iter().map(Self::count_ways).fold(1, usize::saturating_mul),
            Self::Any(parts) => parts.iter().map(Self::count_ways).fold(0, usize::saturating_add),
            _ => 1,
        }
    }

    fn collect_missing(&self, course: &Course, done: &Done, steps: &mut BTreeSet<Step>, choices: &mut Vec<Vec<BTreeSet<Step>>>) {
        match self {
            Self::All(parts) => parts.iter().for_each(|part| part.collect_missing(course, done, steps, choices)),
            Self::Any(_) if self.is_met(course, done) => {}
            Self::Any(parts) => match parts.as_slice() {
                [only] => only.collect_missing(course, done, steps, choices),
                _ => choices.push(self.ways(course)),
            },
            leaf => steps.extend(leaf.steps(course).into_iter().filter(|step| !done.includes(step))),
        }
    }

    /// Every set of steps that meets the rule, not counting sets that hold more than one of them.
    fn ways(&self, course: &Course) -> Vec<BTreeSet<Step>> {
        match self {
            Self::All(parts) => parts.iter().fold(vec![BTreeSet::new()], |ways, part| {
                let next = part.ways(course);
                ways.iter().flat_map(|way| next.iter().map(move |more| way.union(more).cloned().collect())).collect()
            }),
            Self::Any(parts) => parts.iter().flat_map(|part| part.ways(course)).collect(),
            leaf => vec![leaf.steps(course).into_iter().collect()],
        }
    }

    /// Every step that a rule without parts asks for; none for [`Rule::All`] and [`Rule::Any`].
    #[must_use]
    pub fn steps(&self, course: &Course) -> Vec<Step> {
        match self {
            Self::All(_) | Self::Any(_) => Vec::new(),
            Self::Lessons => course.lessons().cloned().map(Step::Lesson).collect(),
            Self::Lesson(lesson) => vec![Step::Lesson(lesson.clone())],
            Self::Quizzes => required_quizzes(course).cloned().map(Step::Quiz).collect(),
            Self::Quiz(quiz) => vec![Step::Quiz(quiz.clone())],
            Self::Survey => course.survey.iter().map(|_| Step::Survey).collect(),
        }
    }
}

fn required_quizzes(course: &Course) -> impl Iterator<Item = &QuizKey> {
    let is_practice = |key: &QuizKey| course.quizzes.get(key).is_some_and(|quiz| quiz.rules.purpose == Purpose::Practice);
    course.modules.iter().filter_map(|module| module.quiz.as_ref()).chain(&course.post_test).filter(move |key| !is_practice(key))
}

fn in_order(order: &[Step], steps: &BTreeSet<Step>) -> Vec<Step> {
    order.iter().filter(|step| steps.contains(step)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::course::samples::course;

    fn lesson(name: &str) -> Step {
        Step::Lesson(name.parse().unwrap())
    }

    fn quiz(name: &str) -> Step {
        Step::Quiz(name.parse().unwrap())
    }

    fn done(steps: &[Step]) -> Done {
        let mut done = Done::default();
        for step in steps {
            match step {
                Step::Lesson(key) => drop(done.lessons.insert(key.clone())),
                Step::Quiz(key) => drop(done.quizzes_passed.insert(key.clone())),
                Step::Survey => done.survey_answered = true,
            }
        }
        done
    }

    #[test]
    fn the_default_rule_asks_for_lessons_quizzes_and_survey_but_not_for_the_pre_test() {
        let (course, rule) = (course(), Rule::default_for(true));
        let missing = rule.missing(&course, &Done::default());
        let steps = [lesson("one"), lesson("two"), quiz("quiz-1"), lesson("three"), quiz("final"), Step::Survey];
        assert_eq!(missing, steps.clone().map(Missing::Step));
        assert!(!rule.is_met(&course, &Done::default()));
        assert!(rule.is_met(&course, &done(&steps)));
        assert_eq!(rule.progress_permille(&course, &done(&steps[..3])), 500);
        assert_eq!(rule.missing(&course, &done(&steps[1..])), [Missing::Step(lesson("one"))]);
    }

    #[test]
    fn a_choice_is_shown_as_the_ways_that_are_open() {
        let course = course();
        let rule = Rule::All(vec![
            Rule::Any(vec![Rule::Quiz("final".parse().unwrap()), Rule::All(vec![Rule::Lesson("three".parse().unwrap()), Rule::Survey])]),
            Rule::Lesson("one".parse().unwrap()),
        ]);
        assert_eq!(
            rule.missing(&course, &Done::default()),
            [Missing::Step(lesson("one")), Missing::AnyOf(vec![vec![quiz("final")], vec![lesson("three"), Step::Survey]])]
        );
        assert_eq!(rule.progress_permille(&course, &done(&[lesson("one"), lesson("three")])), 667);
        assert!(rule.is_met(&course, &done(&[lesson("one"), quiz("final")])));
        assert_eq!(rule.count_ways(), 2);
    }

    #[test]
    fn nothing_to_choose_from_is_never_met() {
        assert!(!Rule::Any(Vec::new()).is_met(&course(), &Done::default()));
        assert_eq!(Rule::Any(Vec::new()).progress_permille(&course(), &Done::default()), 0);
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let leaf = prop::sample::select(vec![
            Rule::Lessons,
            Rule::Quizzes,
            Rule::Survey,
            Rule::Lesson("two".parse().unwrap()),
            Rule::Quiz("final".parse().unwrap()),
        ]);
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Rule::All),
                prop::collection::vec(inner, 0..3).prop_map(Rule::Any)
            ]
        })
    }

    fn any_done() -> impl Strategy<Value = Vec<Step>> {
        prop::sample::subsequence(course().steps(), 0..=7)
    }

    proptest! {
        #[test]
        fn doing_more_never_undoes_a_completion_or_lowers_progress(rule in any_rule(), some in any_done(), more in any_done()) {
            let course = course();
            let (before, after) = (done(&some), done(&[some, more].concat()));
            prop_assert!(!rule.is_met(&course, &before) || rule.is_met(&course, &after));
            prop_assert!(rule.progress_permille(&course, &before) <= rule.progress_permille(&course, &after));
        }

        #[test]
        fn progress_is_full_and_nothing_is_missing_only_when_met(rule in any_rule(), some in any_done()) {
            let (course, done) = (course(), done(&some));
            let is_met = rule.is_met(&course, &done);
            prop_assert_eq!(rule.progress_permille(&course, &done) == 1000, is_met);
            prop_assert_eq!(rule.missing(&course, &done).is_empty(), is_met);
        }
    }
}
