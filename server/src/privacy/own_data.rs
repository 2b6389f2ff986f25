//! Everything the campus keeps of one person, read by the inventory: a column that is the person's cannot be forgotten.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use courses::id::{CourseId, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use super::accesses::{Access, accesses};
use super::inventory::{Column, Kind, TABLES, Table, Whose, table};
use crate::Platform;
use crate::access::Confirmed;
use crate::catalogue::entity::course;
use crate::certificates;
use crate::enrolments::entity as enrolment;

/// Everything kept of one person.
#[derive(Clone, Debug)]
pub struct OwnData {
    /// When it was read.
    pub made_at: DateTime<Utc>,
    /// What each table of the inventory holds of them; empty ones too.
    pub topics: Vec<Topic>,
    /// Who saw their record, newest first.
    pub accesses: Vec<Access>,
    /// Their certificates: file name and PDF.
    pub papers: Vec<(String, Vec<u8>)>,
}

/// What one table holds of a person.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Name of the table.
    pub table: &'static str,
    /// The columns they take along, in order.
    pub columns: Vec<&'static Column>,
    /// Values, in the order of the columns.
    pub rows: Vec<Vec<Value>>,
    /// Code of the course each row is about, where there is one.
    pub courses: Vec<Option<String>>,
}

/// Everything kept of whoever asks.
///
/// # Errors
/// When the database does not answer.
pub async fn own_data(platform: &Platform, confirmed: Confirmed) -> Result<OwnData, DbErr> {
    let person = confirmed.person();
    let mut topics = Vec::new();
    for table in TABLES.iter().filter(|table| table.whose != Whose::Unknown) {
        topics.push(topic(platform, table, person).await?);
    }
    name_courses(platform, person, &mut topics).await?;
    Ok(OwnData {
        made_at: platform.clock.now(),
        topics,
        accesses: accesses(platform, confirmed.learner(), usize::MAX).await?,
        papers: papers(platform, confirmed).await?,
    })
}

async fn topic(platform: &Platform, table: &'static Table, person: PersonId) -> Result<Topic, DbErr> {
    let columns: Vec<&'static Column> = table.theirs().collect();
    let names = columns.iter().map(|column| column.name);
    let query = Query::select().columns(names).from(table.name).and_where(theirs(table, person)).order_by("id", sea_orm::Order::Asc).take();
    let found = platform.storage.reader().query_all(&query).await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        rows.push(columns.iter().map(|column| value(row, column)).collect::<Result<Vec<Value>, DbErr>>()?);
    }
    let courses = vec![None; rows.len()];
    Ok(Topic { table: table.name, columns, rows, courses })
}

/// Whether a row of `table` is the person's.
fn theirs(table: &Table, person: PersonId) -> SimpleExpr {
    match table.whose {
        Whose::Own(column) => Expr::col(column).eq(person.0),
        Whose::Through(column, above) => match self::table(above) {
            Some(above) => {
                let ids = Query::select().column("id").from(above.name).and_where(theirs(above, person)).take();
                Expr::col(column).in_subquery(ids)
            }
            None => Expr::value(false),
        },
        Whose::Unknown => Expr::value(false),
    }
}

fn value(row: &QueryResult, column: &Column) -> Result<Value, DbErr> {
    let name = column.name;
    Ok(match column.kind {
        Kind::Text => row.try_get::<Option<String>>("", name)?.map_or(Value::Null, Value::from),
        Kind::Id => row.try_get::<Option<Uuid>>("", name)?.map_or(Value::Null, |id| Value::from(id.to_string())),
        Kind::Time => row.try_get::<Option<DateTime<Utc>>>("", name)?.map_or(Value::Null, |at| Value::from(written(at))),
        Kind::Flag => row.try_get::<Option<bool>>("", name)?.map_or(Value::Null, Value::from),
        Kind::Number => row.try_get::<Option<i32>>("", name)?.map_or(Value::Null, Value::from),
        Kind::Long => row.try_get::<Option<i64>>("", name)?.map_or(Value::Null, Value::from),
    })
}

fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Says of which course enrolments, visits, attempts, answers and surveys are.
async fn name_courses(platform: &Platform, person: PersonId, topics: &mut [Topic]) -> Result<(), DbErr> {
    let database = platform.storage.reader();
    let enrolments = enrolment::Entity::find().filter(enrolment::Column::PersonId.eq(person)).all(database).await?;
    let ids = enrolments.iter().map(|enrolment| enrolment.course_id);
    let courses = course::Entity::find().filter(course::Column::Id.is_in(ids)).all(database).await?;
    let codes: HashMap<CourseId, String> = courses.into_iter().map(|course| (course.id, course.code)).collect();
    let mut known: HashMap<String, String> =
        enrolments.into_iter().filter_map(|enrolment| Some((enrolment.id.to_string(), codes.get(&enrolment.course_id)?.clone()))).collect();
    for topic in topics {
        let place = |name: &str| topic.columns.iter().position(|column| column.name == name);
        let own = place("id");
        let Some(above) = place("enrolment_id").or_else(|| place("attempt_id")).or(own) else { continue };
        for (row, course) in topic.rows.iter().zip(&mut topic.courses) {
            let id_at = |at: usize| row.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
            *course = known.get(&id_at(above)).cloned();
            if let (Some(own), Some(code)) = (own, course.clone()) {
                known.insert(id_at(own), code);
            }
        }
    }
    Ok(())
}

/// The person's certificates on paper; one that cannot be set is in the data all the same.
async fn papers(platform: &Platform, confirmed: Confirmed) -> Result<Vec<(String, Vec<u8>)>, DbErr> {
    let learner = confirmed.learner();
    let mut papers = Vec::new();
    for certificate in certificates::own_certificates(platform, learner).await? {
        let code = certificate.facts.code;
        match certificates::paper(platform, learner, &code).await {
            Ok((facts, pdf)) => papers.push((format!("{}-{}.pdf", facts.course, code), pdf)),
            Err(certificates::PaperError::Storage(error)) => return Err(error),
            Err(_) => tracing::warn!("a certificate is left out of an archive, for it cannot be set"),
        }
    }
    Ok(papers)
}
