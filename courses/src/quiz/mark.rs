//! Marking: exact fractions, rounded once to thousandths.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Kind, Question, Quiz, Response, Right, ShownQuestion};
use crate::id::{ObjectiveKey, QuestionKey};

/// What an attempt is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Mean of the marked questions, 0 to 1000.
    pub score_permille: u16,
    /// Each marked question, 0 to 1000.
    pub questions: BTreeMap<QuestionKey, u16>,
    /// Mean of the questions of each objective, 0 to 1000.
    pub objectives: BTreeMap<ObjectiveKey, u16>,
}

impl Quiz {
    /// Marks an attempt that showed `layout`. A question without a response counts as not answered; what was not shown or is
    /// not marked does not count.
    ///
    /// The score is the mean of the marked questions shown. Three questions of which one is right, one half right and one
    /// wrong: (1 + 1/2 + 0) / 3 = 500.
    #[must_use]
    pub fn mark(&self, layout: &[ShownQuestion], responses: &BTreeMap<QuestionKey, Response>) -> Marks {
        let points: Vec<(&Question, Points)> = layout
            .iter()
            .filter_map(|shown| self.question(&shown.key))
            .filter(|question| question.kind.is_marked())
            .map(|question| (question, question.points(responses.get(&question.key))))
            .collect();
        let score_permille = mean_permille(points.iter().map(|(_, points)| *points));
        let objectives: BTreeSet<&ObjectiveKey> = points.iter().map(|(question, _)| &question.objective).collect();
        let mean_of = |objective: &ObjectiveKey| {
            mean_permille(points.iter().filter(|(question, _)| question.objective == *objective).map(|(_, points)| *points))
        };
        Marks {
            score_permille,
            questions: points.iter().map(|(question, points)| (question.key.clone(), mean_permille([*points].into_iter()))).collect(),
            objectives: objectives.into_iter().map(|objective| (objective.clone(), mean_of(objective))).collect(),
        }
    }
}

impl Question {
    /// Marks one response, 0 to 1000.
    ///
    /// - One option asked for (single, true or false): all or nothing.
    /// - Several (multiple): right ones chosen less wrong ones chosen, not below nothing, out of the right ones. Of three right
    ///   options, two right and one wrong: (2 − 1) / 3 = 333.
    /// - An option for each part (matching, gaps): the parts that have theirs, out of all. Two of three: 667.
    /// - A place for each step (ordering): the steps in their place, out of all. The first two of four swapped: 2 / 4 = 500.
    /// - Written (short text, number): all or nothing, by the rules of the question's words or tolerance.
    /// - A reflection is not marked: 0, and it does not count.
    #[must_use]
    pub fn mark(&self, response: Option<&Response>) -> u16 {
        mean_permille([self.points(response)].into_iter())
    }

    fn points(&self, response: Option<&Response>) -> Points {
        let all_or_nothing = |is_right: bool| Points { earned: usize::from(is_right), possible: 1 };
        match (&self.right, response) {
            (Right::Options(right), Some(Response::Chosen(chosen))) => {
                let hits = chosen.intersection(right).count();
                let misses = chosen.len() - hits;
                match self.kind {
                    Kind::Multiple => Points { earned: hits.saturating_sub(misses), possible: right.len().max(1) },
                    _ => all_or_nothing(hits > 0 && misses == 0),
                }
            }
            (Right::Places(right), Some(Response::Placed(places))) => Points {
                earned: right.iter().filter(|(part, option)| places.get(*part) == Some(*option)).count(),
                possible: right.len().max(1),
            },
            (Right::Words(words), Some(Response::Written(text))) => all_or_nothing(words.accept(text)),
            (Right::Number(number), Some(Response::Written(text))) => all_or_nothing(number.accepts(text)),
            _ => all_or_nothing(false),
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
    use crate::quiz::samples::{every_kind, keys, parted, placed, quiz, quiz_of, response, written};

    /// Marks an attempt that shows every question.
    fn marked(quiz: &Quiz, responses: &BTreeMap<QuestionKey, Response>) -> Marks {
        quiz.mark(&quiz.layout(1), responses)
    }

    fn text(text: &str) -> Response {
        Response::Written(text.to_owned())
    }

    #[test]
    fn one_option_is_all_or_nothing() {
        let quiz = quiz(&[("abcd", "b")]);
        for (chosen, mark) in [("", 0), ("a", 0), ("b", 1000), ("ab", 0), ("z", 0)] {
            assert_eq!(quiz.questions[0].mark(Some(&response(chosen))), mark, "{chosen}");
        }
    }

    #[test]
    fn several_options_give_part_marks_less_the_wrong_ones() {
        let quiz = quiz(&[("abcde", "abc")]);
        for (chosen, mark) in [("", 0), ("a", 333), ("ab", 667), ("abc", 1000), ("abd", 333), ("abcde", 333), ("de", 0)] {
            assert_eq!(quiz.questions[0].mark(Some(&response(chosen))), mark, "{chosen}");
        }
    }

    #[test]
    fn each_part_with_its_option_counts() {
        let matching = parted(0, Kind::Matching, "xyzw", "ax by cz");
        for (places, mark) in [("", 0), ("ax", 333), ("ax by", 667), ("ax by cz", 1000), ("ay bx cz", 333), ("ax bx cx", 333)] {
            assert_eq!(matching.mark(Some(&placed(places))), mark, "{places}");
        }
    }

    #[test]
    fn each_step_in_its_place_counts() {
        let ordering = parted(0, Kind::Ordering, "1234", "a1 b2 c3 d4");
        for (places, mark) in [("a1 b2 c3 d4", 1000), ("a2 b1 c3 d4", 500), ("a4 b3 c2 d1", 0), ("a1 b1 c1 d1", 250), ("a2 b3 c4 d1", 0)] {
            assert_eq!(ordering.mark(Some(&placed(places))), mark, "{places}");
        }
    }

    #[test]
    fn what_is_written_is_all_or_nothing() {
        let (words, number) = (written(0, Kind::ShortText), written(1, Kind::Number));
        assert_eq!((words.mark(Some(&text("CONSENT"))), words.mark(Some(&text("consents"))), words.mark(None)), (1000, 0, 0));
        assert_eq!((number.mark(Some(&text("27,5"))), number.mark(Some(&text("28"))), number.mark(Some(&text("?")))), (1000, 0, 0));
    }

    #[test]
    fn a_reflection_does_not_count() {
        let quiz = quiz_of(vec![written(0, Kind::ShortText), written(1, Kind::Reflection)]);
        let responses = BTreeMap::from([(quiz.questions[0].key.clone(), text("consent")), (quiz.questions[1].key.clone(), text("…"))]);
        let marks = marked(&quiz, &responses);
        assert_eq!((marks.score_permille, marks.questions.len(), marks.objectives.len()), (1000, 1, 1));
    }

    #[test]
    fn what_an_attempt_did_not_show_does_not_count() {
        let quiz = quiz(&[("ab", "a"), ("ab", "a")]);
        let layout = &quiz.layout(1)[..1];
        let responses = BTreeMap::from([(quiz.questions[0].key.clone(), response("a"))]);
        assert_eq!(quiz.mark(layout, &responses).score_permille, 1000);
    }

    #[test]
    fn the_score_is_rounded_once_from_the_exact_mean() {
        let quiz = quiz(&[("abcd", "abc"), ("abcd", "abc"), ("abcd", "abc")]);
        let responses = quiz.questions.iter().map(|question| (question.key.clone(), response("a"))).collect();
        assert_eq!(marked(&quiz, &responses).score_permille, 333);
        let responses = quiz.questions.iter().map(|question| (question.key.clone(), response("ab"))).collect();
        assert_eq!(marked(&quiz, &responses).score_permille, 667);
    }

    #[test]
    fn only_what_the_question_asks_for_is_accepted() {
        let quiz = every_kind();
        let own = ["b", "ac", "a"].map(response).into_iter().chain(["ax", "a2 b2", ""].map(placed));
        for (question, response) in quiz.questions.iter().zip(own) {
            assert!(question.accepts(&response) || question.kind.shape() == crate::quiz::Shape::Written, "{question:?}");
        }
        let [single, multiple, _, matching, _, words, number, gaps, reflection] = &quiz.questions[..] else { unreachable!() };
        assert!(!single.accepts(&response("ab")) && !single.accepts(&response("z")) && !single.accepts(&text("b")));
        assert!(!multiple.accepts(&response("az")) && !multiple.accepts(&placed("ax")));
        assert!(!matching.accepts(&placed("dx")) && !matching.accepts(&placed("aq")) && !gaps.accepts(&placed("fx")));
        assert!(words.accepts(&text("x")) && !words.accepts(&text(&"x".repeat(201))) && !words.accepts(&response("a")));
        assert!(number.accepts(&text("abc")) && !number.accepts(&text(&"1".repeat(41))) && reflection.accepts(&text(&"x".repeat(5000))));
    }

    #[test]
    fn a_learner_is_told_what_an_answer_lacks() {
        use crate::quiz::Flaw;
        let quiz = every_kind();
        let [single, _, _, matching, ordering, words, number, _, reflection] = &quiz.questions[..] else { unreachable!() };
        assert_eq!((single.flaw(None), single.flaw(Some(&response("a")))), (Some(Flaw::Empty), None));
        assert_eq!(matching.flaw(Some(&placed("ax"))), Some(Flaw::Incomplete(2)));
        assert_eq!(ordering.flaw(Some(&placed("a1 b2 c2 d4"))), Some(Flaw::SamePlace));
        assert_eq!((words.flaw(Some(&text(" "))), words.flaw(Some(&text("x")))), (Some(Flaw::Empty), None));
        assert_eq!((number.flaw(Some(&text("x"))), number.flaw(Some(&text("1")))), (Some(Flaw::NotANumber), None));
        assert_eq!(reflection.flaw(None), None);
    }

    fn any_question(at: usize) -> impl Strategy<Value = Question> {
        let letters = "abcdefg";
        let choice = (2_usize..7, 1_usize..7).prop_map(move |(options, right)| {
            let mut quiz = quiz(&[(&letters[..options], &letters[..right.min(options)])]);
            quiz.questions.swap_remove(0)
        });
        let parts = (2_usize..6, prop::sample::select(vec![Kind::Matching, Kind::Ordering, Kind::Gaps])).prop_map(move |(count, kind)| {
            let right: Vec<_> = (0..count).map(|at| format!("{}{}", &letters[at..=at], at + 1)).collect();
            parted(0, kind, &"123456"[..count], &right.join(" "))
        });
        let words = prop::sample::select(vec![Kind::ShortText, Kind::Number]).prop_map(|kind| written(0, kind));
        prop_oneof![3 => choice, 3 => parts, 1 => words].prop_map(move |mut question| {
            question.key = format!("question-{at}").parse().unwrap();
            question.objective = format!("objective-{}", at % 2).parse().unwrap();
            question
        })
    }

    fn any_quiz() -> impl Strategy<Value = Quiz> {
        (1_usize..8).prop_flat_map(|count| (0..count).map(any_question).collect::<Vec<_>>()).prop_map(quiz_of)
    }

    /// An answer in every shape.
    type AnyShape = (BTreeSet<OptionKey>, BTreeMap<OptionKey, OptionKey>, String);

    /// Something of the shape asked for, right or not.
    fn any_response() -> impl Strategy<Value = AnyShape> {
        let chosen = "[a-g]{0,7}".prop_map(|letters| keys(&letters).collect());
        let places =
            prop::collection::btree_map("[a-f]".prop_map(|key| key.parse().unwrap()), "[1-6]".prop_map(|key| key.parse().unwrap()), 0..6);
        (chosen, places, prop_oneof!["consent", "27[.,][5-9]", ".{0,12}"])
    }

    fn any_responses() -> impl Strategy<Value = Vec<AnyShape>> {
        prop::collection::vec(any_response(), 8)
    }

    fn given(quiz: &Quiz, responses: &[AnyShape]) -> BTreeMap<QuestionKey, Response> {
        use crate::quiz::Shape;
        let one = |(question, (chosen, places, text)): (&Question, &AnyShape)| {
            let response = match question.kind.shape() {
                Shape::Chosen => Response::Chosen(chosen.clone()),
                Shape::Placed => Response::Placed(places.clone()),
                Shape::Written => Response::Written(text.clone()),
            };
            (question.key.clone(), response)
        };
        quiz.questions.iter().zip(responses).map(one).collect()
    }

    /// The response with one more thing right in it.
    fn mended(question: &Question, response: &Response, pick: usize) -> Response {
        match (response, question.full_answer().unwrap()) {
            (Response::Chosen(chosen), Response::Chosen(right)) => {
                let mut chosen = chosen.clone();
                let option = question.options[pick % question.options.len()].clone();
                if right.contains(&option) {
                    chosen.insert(option);
                } else {
                    chosen.remove(&option);
                }
                Response::Chosen(chosen)
            }
            (Response::Placed(places), Response::Placed(right)) => {
                let mut places = places.clone();
                let (part, option) = right.into_iter().nth(pick % question.parts.len()).unwrap();
                places.insert(part, option);
                Response::Placed(places)
            }
            (_, full) => full,
        }
    }

    proptest! {
        #[test]
        fn marks_are_bounded_and_the_same_twice(quiz in any_quiz(), responses in any_responses()) {
            let marks = marked(&quiz, &given(&quiz, &responses));
            prop_assert!(marks.score_permille <= 1000);
            prop_assert!(marks.questions.values().chain(marks.objectives.values()).all(|mark| *mark <= 1000));
            prop_assert_eq!(&marks, &marked(&quiz, &given(&quiz, &responses)));
        }

        #[test]
        fn a_thing_more_right_never_lowers_the_score(quiz in any_quiz(), responses in any_responses(), at in 0_usize..8, pick in 0_usize..7) {
            let question = &quiz.questions[at % quiz.questions.len()];
            let mut responses = given(&quiz, &responses);
            let before = marked(&quiz, &responses).score_permille;
            let better = mended(question, &responses[&question.key], pick);
            responses.insert(question.key.clone(), better);
            prop_assert!(marked(&quiz, &responses).score_permille >= before);
        }

        #[test]
        fn the_order_of_questions_options_and_parts_does_not_matter(quiz in any_quiz(), responses in any_responses(), seed in any::<u64>()) {
            let responses = given(&quiz, &responses);
            let mut turned = quiz.clone();
            turned.questions.reverse();
            for question in &mut turned.questions {
                question.options.reverse();
                question.parts.reverse();
            }
            prop_assert_eq!(marked(&quiz, &responses), turned.mark(&turned.layout(seed), &responses));
        }

        #[test]
        fn the_whole_key_is_full_marks_and_nothing_is_none(quiz in any_quiz()) {
            let key = quiz.questions.iter().map(|question| (question.key.clone(), question.full_answer().unwrap())).collect();
            let marks = marked(&quiz, &key);
            prop_assert_eq!(marks.score_permille, 1000);
            prop_assert!(marks.objectives.values().all(|mark| *mark == 1000));
            prop_assert_eq!(marked(&quiz, &BTreeMap::new()).score_permille, 0);
        }

        #[test]
        fn a_response_survives_being_stored(quiz in any_quiz(), responses in any_responses()) {
            for response in given(&quiz, &responses).into_values() {
                let stored = serde_json::to_string(&response).unwrap();
                prop_assert_eq!(serde_json::from_str::<Response>(&stored).unwrap(), response);
            }
        }
    }
}
