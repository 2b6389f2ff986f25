//! Who saw or exported records of people, and in which of these a person's own record was.
//!
//! The log comes before the data: where it cannot be written, nothing is shown. A look at the ledger is kept as what was asked, not as
//! whom it showed: the ledger never changes, so for each of its lines it can be told for ever whether it was in.

use chrono::{DateTime, Days, NaiveDate, Utc};
use courses::id::{AccessId, PersonId};
use courses::letters::plain;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::entity::access;
use crate::Platform;
use crate::access::{Learner, Role};
use crate::accounts::entity::{grant, person};
use crate::certificates::entity::completion;
use crate::reports::{Filter, Row};
use crate::world::start_of;

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case")]
pub enum List {
    /// The completion report.
    Completions,
    /// Enrolments.
    Enrolments,
    /// People.
    People,
}

/// How it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(sea_orm::prelude::StringLen::N(20))", rename_all = "kebab-case")]
pub enum Manner {
    /// A page on the screen.
    Screen,
    /// A file.
    File,
    /// By another program.
    Program,
}

/// What somebody is about to see.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// Lines of the completion ledger.
    Completions {
        /// How.
        manner: Manner,
        /// What was asked for.
        filter: &'a Filter,
        /// Countries the viewer may see; `None` = all.
        countries: Option<&'a [String]>,
        /// Completed at these instants, both included, where it is a part of what was asked for; `None` = all of it up to now.
        between: Option<(DateTime<Utc>, DateTime<Utc>)>,
        /// How many lines.
        rows: u64,
    },
    /// Records of these people.
    People {
        /// Which list.
        list: List,
        /// How.
        manner: Manner,
        /// Who is in it.
        people: &'a [PersonId],
    },
}

impl List {
    /// Its name in the database and in texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Completions => "completions",
            Self::Enrolments => "enrolments",
            Self::People => "people",
        }
    }
}

impl Manner {
    /// Its name in the database and in texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::File => "file",
            Self::Program => "program",
        }
    }
}

impl<'a> Seen<'a> {
    /// The page `rows` of what `filter` picks.
    #[must_use]
    pub fn page(manner: Manner, filter: &'a Filter, countries: Option<&'a [String]>, rows: &[Row]) -> Self {
        let times = || rows.iter().map(|row| row.completed_at);
        let number = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Self::Completions { manner, filter, countries, between: times().min().zip(times().max()), rows: number }
    }

    fn rows(&self) -> u64 {
        match self {
            Self::Completions { rows, .. } => *rows,
            Self::People { people, .. } => u64::try_from(people.len()).unwrap_or(u64::MAX),
        }
    }
}

/// What was asked of the ledger, in terms that stay true whatever is configured later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Picked {
    course: Option<String>,
    country: Option<String>,
    countries: Option<Vec<String>>,
    institution: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    /// Completed at this instant or later.
    since: Option<DateTime<Utc>>,
    /// Completed at this instant or earlier.
    until: Option<DateTime<Utc>>,
}

/// Somebody saw a person's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: DateTime<Utc>,
    /// The viewer's role then.
    pub role: Role,
    /// Countries the viewer could see; `None` = all.
    pub countries: Option<Vec<String>>,
    /// The viewer's institution then; may be empty.
    pub institution: String,
    /// What was looked at.
    pub list: List,
    /// How.
    pub manner: Manner,
    /// First and last day asked for.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// Codes of the person's own completions that were in it.
    pub courses: Vec<String>,
}

/// Logs what `viewer` is about to see. Where this fails nothing may be shown. Nothing seen is nothing logged.
///
/// # Errors
/// When the database does not answer.
pub async fn record_access(platform: &Platform, viewer: PersonId, seen: Seen<'_>) -> Result<(), DbErr> {
    if seen.rows() == 0 {
        return Ok(());
    }
    let database = platform.storage.reader();
    let found = person::Entity::find_by_id(viewer).one(database).await?;
    let found = found.ok_or_else(|| DbErr::RecordNotFound("the person who looks".into()))?;
    let grants = grant::Entity::find().filter(grant::Column::PersonId.eq(viewer)).all(database).await?;
    let administers = grants.iter().any(|grant| grant.role == Role::Administrator);
    let now = platform.clock.now();
    let (list, manner, picked, people) = match seen {
        Seen::Completions { manner, filter, countries, between, .. } => {
            (List::Completions, manner, Picked::of(platform, filter, countries, between, now), String::new())
        }
        Seen::People { list, manner, people } => (list, manner, Picked { countries: theirs(&grants), ..Picked::default() }, named(people)),
    };
    let row = access::ActiveModel {
        id: Set(AccessId(platform.chance.id(now))),
        person_id: Set(Some(viewer)),
        role: Set(if administers { Role::Administrator } else { Role::Coordinator }),
        institution: Set(found.institution),
        list: Set(list),
        manner: Set(manner),
        picked: Set(serde_json::to_string(&picked).map_err(|error| DbErr::Json(error.to_string()))?),
        people: Set(people),
        rows: Set(i64::try_from(seen.rows()).unwrap_or(i64::MAX)),
        accessed_at: Set(now),
    };
    let transaction = platform.storage.begin().await?;
    access::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await
}

/// Who saw the learner's record, newest first, at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn accesses(platform: &Platform, learner: Learner, most: usize) -> Result<Vec<Access>, DbErr> {
    use futures_util::TryStreamExt;

    let database = platform.storage.reader();
    let lines = completion::Entity::find().filter(completion::Column::PersonId.eq(learner.person())).all(database).await?;
    let of_ledger = lines
        .iter()
        .map(|line| line.completed_at)
        .min()
        .map(|first| Condition::all().add(access::Column::List.eq(List::Completions)).add(access::Column::AccessedAt.gte(first)));
    let by_name = access::Column::People.contains(named(&[learner.person()]));
    let mut rows = access::Entity::find()
        .filter(Condition::any().add_option(of_ledger).add(by_name))
        .order_by_desc(access::Column::AccessedAt)
        .order_by_desc(access::Column::Id)
        .stream(database)
        .await?;
    let mut found = Vec::new();
    while found.len() < most {
        let Some(row) = rows.try_next().await? else { break };
        let picked: Picked = serde_json::from_str(&row.picked).map_err(|error| DbErr::Json(error.to_string()))?;
        let courses: Vec<String> = match row.list {
            List::Completions => lines.iter().filter(|line| picked.includes(line)).map(|line| line.course_code.clone()).collect(),
            List::Enrolments | List::People => Vec::new(),
        };
        if row.list != List::Completions || !courses.is_empty() {
            found.push(shown(row, picked, courses));
        }
    }
    Ok(found)
}

fn shown(row: access::Model, picked: Picked, courses: Vec<String>) -> Access {
    Access {
        at: row.accessed_at,
        role: row.role,
        countries: picked.countries,
        institution: row.institution,
        list: row.list,
        manner: row.manner,
        days: (picked.from, picked.to),
        courses,
    }
}

/// Countries that the roles of somebody reach; `None` = all.
fn theirs(grants: &[grant::Model]) -> Option<Vec<String>> {
    let coordinates = |grant: &&grant::Model| matches!(grant.role, Role::Coordinator | Role::Administrator);
    grants.iter().filter(coordinates).map(|grant| grant.country.clone().filter(|_| grant.role == Role::Coordinator)).collect()
}

/// People as the log names them: their ids in hexadecimal, each between commas.
fn named(people: &[PersonId]) -> String {
    let ids: String = people.iter().map(|person| format!("{},", person.0.simple())).collect();
    format!(",{ids}")
}

impl Picked {
    fn of(
        platform: &Platform,
        filter: &Filter,
        countries: Option<&[String]>,
        between: Option<(DateTime<Utc>, DateTime<Utc>)>,
        now: DateTime<Utc>,
    ) -> Self {
        let zone = platform.config.zone();
        let first = filter.from.and_then(|day| start_of(day, zone));
        let after = filter.to.and_then(|day| start_of(day.checked_add_days(Days::new(1))?, zone));
        let last = after.map(|after| after - chrono::TimeDelta::microseconds(1)).map_or(now, |last| last.min(now));
        Self {
            course: filter.course.as_ref().map(ToString::to_string),
            country: filter.country.map(|country| country.code().to_owned()),
            countries: countries.map(<[String]>::to_vec),
            institution: filter.institution.clone(),
            from: filter.from,
            to: filter.to,
            since: between.map(|(oldest, _)| oldest).or(first),
            until: Some(between.map_or(last, |(_, newest)| newest)),
        }
    }

    /// Whether a line of the ledger was in what was asked for: the same rule as [`Filter`]'s, over one line.
    fn includes(&self, line: &completion::Model) -> bool {
        let is = |asked: &Option<String>, own: &str| asked.as_ref().is_none_or(|asked| asked == own);
        is(&self.course, &line.course_code)
            && is(&self.country, &line.country)
            && self.countries.as_ref().is_none_or(|countries| countries.contains(&line.country))
            && self.institution.as_ref().is_none_or(|part| line.institution_folded.contains(&plain(part)))
            && self.since.is_none_or(|since| line.completed_at >= since)
            && self.until.is_none_or(|until| line.completed_at <= until)
    }
}
