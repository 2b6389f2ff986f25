//! Marking: exact fractions, rounded once to thousandths.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Kind, Question, Quiz, Response};
use crate::id::{ObjectiveKey, QuestionKey};

/// What an attempt is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Mean of the questions, 0 to 1000.
    pub score_permille: u16,
    /// Whether the score reaches the pass mark.
    pub has_passed: bool,
    /// Each question, 0 to 1000.
    pub questions: BTreeMap<QuestionKey, u16>,
    /// Mean of the questions of each objective, 0 to 1000.
    pub objectives: BTreeMap<ObjectiveKey, u16>,
}

impl Quiz {
    /// Marks an attempt. A question without a response counts as not answered; a response without a question does not count.
    #[must_use]
    pub fn mark(&self, responses: &BTreeMap<QuestionKey, Response>) -> Marks {
        let nothing = Response::default();
        let points: Vec<(&Question, Points)> =
            self.questions.iter().map(|question| (question, question.points(responses.get(&question.key).unwrap_or(&nothing)))).collect();
        let score_permille = mean_permille(points.iter().map(|(_, points)| *points));
        let objectives: BTreeSet<&ObjectiveKey> = self.questions.iter().map(|question| &question.objective).collect();
        let mean_of = |objective: &ObjectiveKey| {
            mean_permille(points.iter().filter(|(question, _)| question.objective == *objective).map(|(_, points)| *points))
        };
        Marks {
            score_permille,
            has_passed: score_permille >= self.pass_permille,
            questions: points.iter().map(|(question, points)| (question.key.clone(), mean_permille([*points].into_iter()))).collect(),
            objectives: objectives.into_iter().map(|objective| (objective.clone(), mean_of(objective))).collect(),
        }
    }
}

impl Question {
    /// Marks one response, 0 to 1000. One option asked for: all or nothing. Several: right ones chosen less wrong ones chosen,
    /// not below nothing, out of the right ones.
    #[must_use]
    pub fn mark(&self, response: &Response) -> u16 {
        mean_permille([self.points(response)].into_iter())
    }

    fn points(&self, response: &Response) -> Points {
        let right = response.0.intersection(&self.right).count();
        let wrong = response.0.len() - right;
        match self.kind {
            Kind::Single => Points { earned: usize::from(right > 0 && wrong == 0), possible: 1 },
            Kind::Multiple => Points { earned: right.saturating_sub(wrong), possible: self.right.len().max(1) },
        }
    }
}

/// A fraction of a question.
#[derive(Clone, Copy)]
struct Points {
    earned: usize,
    possible: usize,
}

/// The mean as thousandths, rounded half up; 0 of nothing.
fn mean_permille(points: impl Iterator<Item = Points> + Clone) -> u16 {
    let wide = |number: usize| u128::try_from(number).unwrap_or(0);
    let common = points.clone().fold(1, |common, next| least_common_multiple(common, wide(next.possible)));
    let (earned, count) = points.fold((0_u128, 0_u128), |(earned, count), next| {
        (earned.saturating_add(wide(next.earned).saturating_mul(common / wide(next.possible))), count + 1)
    });
    let whole = common.saturating_mul(count);
    let doubled = earned.saturating_mul(2000).saturating_add(whole);
    doubled.checked_div(whole.saturating_mul(2)).and_then(|permille| u16::try_from(permille.min(1000)).ok()).unwrap_or(0)
}

fn least_common_multiple(one: u128, other: u128) -> u128 {
    let (mut divisor, mut rest) = (one, other);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (one / divisor.max(1)).saturating_mul(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::OptionKey;
    use crate::quiz::samples::{keys, quiz, response};

    #[test]
    fn one_option_is_all_or_nothing() {
        let quiz = quiz(&[("abcd", "b")]);
        for (chosen, mark) in [("", 0), ("a", 0), ("b", 1000), ("ab", 0), ("z", 0)] {
            assert_eq!(quiz.questions[0].mark(&response(chosen)), mark, "{chosen}");
        }
    }

    #[test]
    fn several_options_give_part_marks_less_the_wrong_ones() {
        let quiz = quiz(&[("abcde", "abc")]);
        for (chosen, mark) in [("", 0), ("a", 333), ("ab", 667), ("abc", 1000), ("abd", 333), ("abcde", 333), ("de", 0)] {
            assert_eq!(quiz.questions[0].mark(&response(chosen)), mark, "{chosen}");
        }
    }

    #[test]
    fn the_score_is_rounded_once_from_the_exact_mean() {
        let quiz = quiz(&[("abcd", "abc"), ("abcd", "abc"), ("abcd", "abc")]);
        let responses = quiz.questions.iter().map(|question| (question.key.clone(), response("a"))).collect();
        assert_eq!(quiz.mark(&responses).score_permille, 333);
        let responses = quiz.questions.iter().map(|question| (question.key.clone(), response("ab"))).collect();
        assert_eq!(quiz.mark(&responses).score_permille, 667);
    }

    #[test]
    fn a_quiz_is_passed_from_its_pass_mark_on() {
        let mut quiz = quiz(&[
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
            ("ab", "a"),
        ]);
        quiz.pass_permille = 700;
        let first = |count: usize| quiz.questions.iter().take(count).map(|question| (question.key.clone(), response("a"))).collect();
        assert!(!quiz.mark(&first(6)).has_passed);
        assert!(quiz.mark(&first(7)).has_passed);
    }

    #[test]
    fn only_options_of_the_question_are_accepted() {
        let quiz = quiz(&[("abc", "a"), ("abc", "ab")]);
        assert!(quiz.questions[0].accepts(&response("")) && quiz.questions[0].accepts(&response("b")));
        assert!(!quiz.questions[0].accepts(&response("ab")) && !quiz.questions[0].accepts(&response("z")));
        assert!(quiz.questions[1].accepts(&response("ac")) && !quiz.questions[1].accepts(&response("az")));
    }

    prop_compose! {
        fn any_quiz()(questions in prop::collection::vec((2_usize..7, 1_usize..7), 1..8)) -> Quiz {
            let letters = "abcdefg";
            let questions: Vec<_> = questions.iter().map(|(options, right)| (&letters[..*options], &letters[..*right.min(options)])).collect();
            quiz(&questions)
        }
    }

    fn any_responses() -> impl Strategy<Value = Vec<BTreeSet<OptionKey>>> {
        prop::collection::vec("[a-g]{0,7}".prop_map(|letters| keys(&letters).collect()), 8)
    }

    fn given(quiz: &Quiz, chosen: &[BTreeSet<OptionKey>]) -> BTreeMap<QuestionKey, Response> {
        quiz.questions.iter().zip(chosen).map(|(question, chosen)| (question.key.clone(), Response(chosen.clone()))).collect()
    }

    proptest! {
        #[test]
        fn marks_are_bounded_and_the_same_twice(quiz in any_quiz(), chosen in any_responses()) {
            let marks = quiz.mark(&given(&quiz, &chosen));
            prop_assert!(marks.score_permille <= 1000);
            prop_assert!(marks.questions.values().chain(marks.objectives.values()).all(|mark| *mark <= 1000));
            prop_assert_eq!(&marks, &quiz.mark(&given(&quiz, &chosen)));
        }

        #[test]
        fn a_right_option_more_or_a_wrong_one_less_never_lowers_the_score(quiz in any_quiz(), chosen in any_responses(), at in 0_usize..8, pick in 0_usize..7) {
            let question = &quiz.questions[at % quiz.questions.len()];
            let mut responses = given(&quiz, &chosen);
            let before = quiz.mark(&responses).score_permille;
            let option = question.options[pick % question.options.len()].clone();
            let response = responses.entry(question.key.clone()).or_default();
            if question.is_right(&option) { response.0.insert(option); } else { response.0.remove(&option); }
            prop_assert!(quiz.mark(&responses).score_permille >= before);
        }

        #[test]
        fn the_order_of_questions_and_options_does_not_matter(quiz in any_quiz(), chosen in any_responses()) {
            let mut turned = quiz.clone();
            turned.questions.reverse();
            for question in &mut turned.questions {
                question.options.reverse();
            }
            prop_assert_eq!(quiz.mark(&given(&quiz, &chosen)), turned.mark(&given(&quiz, &chosen)));
        }

        #[test]
        fn the_whole_key_is_full_marks_and_nothing_is_none(quiz in any_quiz()) {
            let key = quiz.questions.iter().map(|question| (question.key.clone(), Response(question.right.clone()))).collect();
            let marks = quiz.mark(&key);
            prop_assert_eq!(marks.score_permille, 1000);
            prop_assert!(marks.objectives.values().all(|mark| *mark == 1000));
            prop_assert_eq!(quiz.mark(&BTreeMap::new()).score_permille, 0);
        }
    }
}
