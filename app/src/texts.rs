//! The interface's texts, from the Fluent files in `app/texts`, one folder a language.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use courses::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;

use crate::form::whole_seconds;

/// Languages the interface is written in.
pub const INTERFACE: [Language; 2] = [Language::Es, Language::En];

macro_rules! files {
    ($code:literal) => {
        [
            include_str!(concat!("../texts/", $code, "/shell.ftl")),
            include_str!(concat!("../texts/", $code, "/accounts.ftl")),
            include_str!(concat!("../texts/", $code, "/learning.ftl")),
            include_str!(concat!("../texts/", $code, "/quizzes.ftl")),
            include_str!(concat!("../texts/", $code, "/certificates.ftl")),
            include_str!(concat!("../texts/", $code, "/reports.ftl")),
            include_str!(concat!("../texts/", $code, "/privacy.ftl")),
            include_str!(concat!("../texts/", $code, "/api.ftl")),
        ]
    };
}

struct Spoken {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, formatted once.
    plain: HashMap<String, String>,
}

static ES: LazyLock<Spoken> = LazyLock::new(|| speak(Language::Es, &files!("es")));
static EN: LazyLock<Spoken> = LazyLock::new(|| speak(Language::En, &files!("en")));

fn speak(language: Language, files: &[&str]) -> Spoken {
    let mut bundle = FluentBundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    let mut ids = Vec::new();
    for file in files {
        // A file with a mistake still gives its good messages; a test refuses it.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        ids.extend(resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        }));
        bundle.add_resource_overriding(resource);
    }
    let plain = ids.into_iter().filter_map(|id| format(&bundle, &id, None).map(|text| (id, text))).collect();
    Spoken { bundle, plain }
}

fn format(bundle: &FluentBundle<FluentResource>, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The interface in one language. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts(Language);

impl Texts {
    /// The interface in `language`, or in Spanish where it is not written in it.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self(if INTERFACE.contains(&language) { language } else { Language::Es })
    }

    /// Its language.
    #[must_use]
    pub fn language(self) -> Language {
        self.0
    }

    fn spoken(self) -> &'static Spoken {
        match self.0 {
            Language::En => &EN,
            _ => &ES,
        }
    }

    /// The text `id`, which has no variables.
    #[must_use]
    pub fn t(self, id: &'static str) -> &'static str {
        self.spoken().plain.get(id).map_or(id, String::as_str)
    }

    /// The text whose id is made at run time, such as `role-trainer`; the id itself where there is none.
    #[must_use]
    pub fn named(self, id: &str) -> String {
        self.spoken().plain.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// The text `id` with its variables filled in.
    #[must_use]
    pub fn with<'a, const N: usize>(self, id: &'static str, variables: [(&'static str, FluentValue<'a>); N]) -> String {
        let mut args = FluentArgs::with_capacity(N);
        for (name, value) in variables {
            args.set(Cow::Borrowed(name), value);
        }
        format(&self.spoken().bundle, id, Some(&args)).unwrap_or_else(|| id.to_owned())
    }

    /// A date in words: «4 de marzo de 2026».
    #[must_use]
    pub fn day(self, day: chrono::NaiveDate) -> String {
        let month = self.named(&format!("month-{}", day.month()));
        self.with("day", [("day", day.day().into()), ("month", month.into()), ("year", day.year().to_string().into())])
    }

    /// Date and time in `zone`, with the zone named.
    #[must_use]
    pub fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let clock = local.format("%H:%M").to_string();
        self.with(
            "moment",
            [("day", self.day(local.date_naive()).into()), ("clock", clock.into()), ("zone", zone.name().replace('_', " ").into())],
        )
    }

    /// A length: «3 h 30 min».
    #[must_use]
    pub fn length(self, minutes: u32) -> String {
        match (minutes / 60, minutes % 60) {
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes} min"),
        }
    }

    /// How long to wait, rounded up: «40 segundos», «3 minutos».
    #[must_use]
    pub fn wait(self, time: chrono::TimeDelta) -> String {
        match whole_seconds(time) {
            seconds @ ..=90 => self.with("wait-seconds", [("n", seconds.into())]),
            seconds => self.with("wait-minutes", [("n", seconds.div_ceil(60).into())]),
        }
    }

    /// A permille as a percentage: «87,5 %» or “87.5%”.
    #[must_use]
    pub fn percent(self, permille: i32) -> String {
        let (mark, sign) = if self.0 == Language::En { (".", "%") } else { (",", " %") };
        match permille % 10 {
            0 => format!("{}{sign}", permille / 10),
            tenth => format!("{}{mark}{tenth}{sign}", permille / 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(files: &[&str]) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    assert!(ids.insert(message.id.name.to_owned()), "{} stands twice", message.id.name);
                }
            }
        }
        ids
    }

    #[test]
    fn every_language_has_the_same_texts() {
        assert_eq!(ids(&files!("es")), ids(&files!("en")));
    }

    #[test]
    fn every_text_that_the_program_names_is_written_and_every_written_one_is_named() {
        let written = ids(&files!("es"));
        let sources = sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
        let named: BTreeSet<&str> = [".t(\"", ".with(\"", "text: \""]
            .into_iter()
            .flat_map(|call| sources.split(call).skip(1).filter_map(|rest| rest.split('"').next()))
            .collect();
        let unwritten: Vec<_> = named.iter().filter(|id| !written.contains(**id)).collect();
        assert!(unwritten.is_empty(), "not written: {unwritten:?}");
        let unnamed: Vec<_> = written.iter().filter(|id| !sources.contains(&format!("\"{id}\"")) && !is_made_at_run_time(id)).collect();
        assert!(unnamed.is_empty(), "never used: {unnamed:?}");
    }

    /// Texts whose ids [`Texts::named`] puts together.
    fn is_made_at_run_time(id: &str) -> bool {
        let beginnings = ["month-", "occupation-", "topic-", "notice-", "role-", "standing-", "purpose-", "refused-"];
        let of_inventory = ["scope-", "kept-", "column-", "manner-", "list-"];
        beginnings.iter().chain(&of_inventory).any(|prefix| id.starts_with(prefix))
    }

    fn sources(folder: &std::path::Path) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.push_str(&sources(&path));
            } else {
                // Tests name texts too, this one among them.
                let source = std::fs::read_to_string(path).unwrap();
                all.push_str(source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default());
            }
        }
        all
    }

    #[test]
    fn dates_are_written_in_words() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        assert_eq!(Texts::of(Language::Es).day(day), "4 de marzo de 2026");
        assert_eq!(Texts::of(Language::En).day(day), "4 March 2026");
    }
}
