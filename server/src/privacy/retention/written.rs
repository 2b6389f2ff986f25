//! Texts that learners wrote in quizzes and surveys: emptied after so many months, where the campus is told to. Marks stay as they were given.

use chrono::Months;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::BATCH;
use crate::Platform;
use crate::enrolments::entity as enrolment;
use crate::learning::entity::survey;
use crate::privacy::pseudonym::without_texts;
use crate::quizzes::entity::answer;

/// A written answer that says nothing, as JSON.
const EMPTY: &str = "\"\"";

pub(super) async fn sweep(platform: &Platform, only_counts: bool) -> Result<u64, DbErr> {
    let months = platform.config.retention_texts_months;
    let Some(old) = platform.clock.now().checked_sub_months(Months::new(months)).filter(|_| months > 0) else { return Ok(0) };
    let answers = answer::Entity::find()
        .filter(answer::Column::ReceivedAt.lt(old))
        .filter(answer::Column::Response.starts_with("\""))
        .filter(answer::Column::Response.ne(EMPTY));
    let surveys = survey::Entity::find().filter(survey::Column::AnsweredAt.lt(old));
    Ok(empty_answers(platform, answers, only_counts).await? + empty_surveys(platform, surveys, only_counts).await?)
}

async fn empty_answers(platform: &Platform, old: Select<answer::Entity>, only_counts: bool) -> Result<u64, DbErr> {
    if only_counts {
        return old.count(platform.storage.reader()).await;
    }
    let mut emptied = 0;
    loop {
        let transaction = platform.storage.begin().await?;
        let some = old.clone().limit(BATCH).all(&transaction).await?;
        let done = answer::Entity::update_many()
            .col_expr(answer::Column::Response, Expr::value(EMPTY))
            .filter(answer::Column::Id.is_in(some.iter().map(|answer| answer.id)))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        emptied += done.rows_affected;
        if done.rows_affected < BATCH {
            return Ok(emptied);
        }
    }
}

async fn empty_surveys(platform: &Platform, old: Select<survey::Entity>, only_counts: bool) -> Result<u64, DbErr> {
    let mut emptied = 0;
    let mut last = None;
    loop {
        let transaction = platform.storage.begin().await?;
        let after = last.map(|last| survey::Column::Id.gt(last));
        let some =
            old.clone().filter(Condition::all().add_option(after)).order_by_asc(survey::Column::Id).limit(BATCH).all(&transaction).await?;
        let ids = some.iter().map(|row| row.enrolment_id);
        let enrolments = enrolment::Entity::find().filter(enrolment::Column::Id.is_in(ids)).all(&transaction).await?;
        for row in &some {
            let Some(enrolment) = enrolments.iter().find(|enrolment| enrolment.id == row.enrolment_id) else { continue };
            let kept = without_texts(platform, &transaction, enrolment.version_id, &row.answers).await?;
            if kept == row.answers {
                continue;
            }
            emptied += 1;
            if !only_counts {
                let answers = survey::Entity::update_many().col_expr(survey::Column::Answers, Expr::value(kept));
                answers.filter(survey::Column::Id.eq(row.id)).exec(&transaction).await?;
            }
        }
        transaction.commit().await?;
        last = some.last().map(|row| row.id);
        if last.is_none() {
            return Ok(emptied);
        }
    }
}
