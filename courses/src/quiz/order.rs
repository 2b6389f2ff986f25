//! The order in which an attempt shows its options: a function of the attempt's seed, the same on every device.

use serde::{Deserialize, Serialize};

use super::Quiz;
use crate::id::{OptionKey, QuestionKey};

/// A question as an attempt shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownQuestion {
    /// The question.
    pub key: QuestionKey,
    /// Its options in the order shown.
    pub options: Vec<OptionKey>,
}

impl Quiz {
    /// Questions in the order written; options shuffled by `seed`, or as written where the quiz does not shuffle.
    #[must_use]
    pub fn layout(&self, seed: u64) -> Vec<ShownQuestion> {
        let mut chance = SplitMix64(seed);
        let mut shown = |options: &[OptionKey]| {
            let mut options = options.to_vec();
            if self.shuffle {
                shuffle(&mut options, &mut chance);
            }
            options
        };
        self.questions.iter().map(|question| ShownQuestion { key: question.key.clone(), options: shown(&question.options) }).collect()
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::quiz::samples::{keys, quiz};

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
        quiz.shuffle = false;
        assert_eq!(quiz.layout(7)[0].options, quiz.questions[0].options);
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut chance = SplitMix64(1_234_567);
        assert_eq!([chance.next(), chance.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }
}
