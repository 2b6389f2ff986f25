//! What an attempt shows, and in which order: a function of the attempt's seed, the same on every device.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Kind, Question, Quiz};
use crate::id::{OptionKey, PoolKey, QuestionKey};

/// A question as an attempt shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownQuestion {
    /// The question.
    pub key: QuestionKey,
    /// Its options in the order shown.
    pub options: Vec<OptionKey>,
    /// Its parts in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<OptionKey>,
}

impl Quiz {
    /// Questions drawn from their pools, then questions and options shuffled, all by `seed`, or as written where the quiz does
    /// neither. The options of a matching and the steps of an ordering never stand as written: that would give them away.
    #[must_use]
    pub fn layout(&self, seed: u64) -> Vec<ShownQuestion> {
        let mut chance = SplitMix64(seed);
        let drawn = self.draw(&mut chance);
        let mut questions: Vec<&Question> =
            self.questions.iter().enumerate().filter(|(at, _)| drawn.contains(at)).map(|(_, question)| question).collect();
        if self.rules.shuffle_questions {
            shuffle(&mut questions, &mut chance);
        }
        questions.into_iter().map(|question| question.shown(self.rules.shuffle, &mut chance)).collect()
    }

    /// Positions of the questions of an attempt.
    fn draw(&self, chance: &mut SplitMix64) -> BTreeSet<usize> {
        let mut pools: BTreeMap<&PoolKey, Vec<usize>> = BTreeMap::new();
        let mut drawn = BTreeSet::new();
        for (at, question) in self.questions.iter().enumerate() {
            match &question.pool {
                Some(pool) => pools.entry(pool).or_default().push(at),
                None => {
                    drawn.insert(at);
                }
            }
        }
        for (pool, mut questions) in pools {
            shuffle(&mut questions, chance);
            let count = self.rules.draw.get(pool).copied().map_or(usize::MAX, usize::from);
            drawn.extend(questions.into_iter().take(count));
        }
        drawn
    }
}

impl Question {
    fn shown(&self, is_shuffled: bool, chance: &mut SplitMix64) -> ShownQuestion {
        let mut options = self.options.clone();
        let mut parts: Vec<OptionKey> = self.parts.iter().map(|part| part.key.clone()).collect();
        match self.kind {
            Kind::TrueFalse | Kind::ShortText | Kind::Number | Kind::Reflection => {}
            Kind::Ordering => disarrange(&mut parts, chance),
            Kind::Matching => disarrange(&mut options, chance),
            Kind::Single | Kind::Multiple | Kind::Gaps if is_shuffled => shuffle(&mut options, chance),
            Kind::Single | Kind::Multiple | Kind::Gaps => {}
        }
        ShownQuestion { key: self.key.clone(), options, parts }
    }
}

/// Shuffles, and never leaves everything where it was.
fn disarrange<T: Clone + PartialEq>(items: &mut [T], chance: &mut SplitMix64) {
    let written = items.to_vec();
    shuffle(items, chance);
    if items == written.as_slice() && items.len() > 1 {
        items.rotate_left(1);
    }
}

/// Fisher and Yates, as Durstenfeld wrote it (Communications of the ACM 7, 1964, algorithm 235).
fn shuffle<T>(items: &mut [T], chance: &mut SplitMix64) {
    for last in (1..items.len()).rev() {
        items.swap(last, chance.below(last + 1));
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): enough to vary an order, not to keep a secret.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, not including, `end`.
    fn below(&mut self, end: usize) -> usize {
        let scaled = u128::from(self.next()) * u128::try_from(end).unwrap_or(1);
        usize::try_from(scaled >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::samples::{every_kind, keys, quiz};

    #[test]
    fn the_same_seed_gives_the_same_order_and_every_option_once() {
        let quiz = quiz(&[("abcdef", "a"), ("abcd", "ab")]);
        for seed in 0..200 {
            let layout = quiz.layout(seed);
            assert_eq!(layout, quiz.layout(seed));
            assert_eq!(
                layout.iter().map(|shown| &shown.key).collect::<Vec<_>>(),
                quiz.questions.iter().map(|q| &q.key).collect::<Vec<_>>()
            );
            assert_eq!(layout[0].options.iter().cloned().collect::<BTreeSet<_>>(), keys("abcdef").collect());
        }
    }

    #[test]
    fn every_option_comes_first_about_as_often() {
        let quiz = quiz(&[("abcd", "a")]);
        let first_is_a = (0..4000).filter(|seed| quiz.layout(*seed)[0].options[0].as_str() == "a").count();
        assert!((850..1150).contains(&first_is_a), "{first_is_a}");
    }

    #[test]
    fn a_quiz_that_does_not_shuffle_keeps_the_written_order() {
        let mut quiz = quiz(&[("abcd", "a")]);
        quiz.rules.shuffle = false;
        assert_eq!(quiz.layout(7)[0].options, quiz.questions[0].options);
    }

    #[test]
    fn an_attempt_draws_as_many_questions_of_a_pool_as_the_rule_says() {
        let mut quiz = quiz(&[("ab", "a"), ("ab", "a"), ("ab", "a"), ("ab", "a"), ("ab", "a")]);
        for at in 1..5 {
            quiz.questions[at].pool = Some("cases".parse().unwrap());
        }
        quiz.rules.draw = BTreeMap::from([("cases".parse().unwrap(), 2)]);
        let mut seen = BTreeSet::new();
        for seed in 0..200 {
            let layout = quiz.layout(seed);
            assert_eq!(layout.len(), quiz.questions_shown());
            assert_eq!(layout[0].key, quiz.questions[0].key, "a question without a pool is always there");
            seen.extend(layout.into_iter().map(|shown| shown.key));
        }
        assert_eq!(seen.len(), 5);
    }

    #[test]
    fn questions_are_shuffled_only_where_the_rule_says() {
        let mut quiz = quiz(&[("ab", "a"), ("ab", "a"), ("ab", "a"), ("ab", "a")]);
        quiz.rules.shuffle_questions = true;
        let first: BTreeSet<_> = (0..100).map(|seed| quiz.layout(seed)[0].key.clone()).collect();
        assert_eq!(first.len(), 4);
    }

    #[test]
    fn steps_and_matches_never_stand_in_the_order_of_the_key() {
        let mut quiz = every_kind();
        quiz.rules.shuffle = false;
        for seed in 0..300 {
            for (shown, question) in quiz.layout(seed).iter().zip(&quiz.questions) {
                let written: Vec<_> = question.parts.iter().map(|part| part.key.clone()).collect();
                match question.kind {
                    Kind::Ordering => assert_ne!(shown.parts, written),
                    Kind::Matching => assert_ne!(shown.options, question.options),
                    _ => assert_eq!((&shown.options, &shown.parts), (&question.options, &written)),
                }
            }
        }
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut chance = SplitMix64(1_234_567);
        assert_eq!([chance.next(), chance.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }
}
