//! Everything that is kept of an attempt, for its learner to take away: also what came late or was refused.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use courses::id::AttemptId;
use server::quizzes::{self, Outcome};
use server::reports::line;

use super::take::attempt_fault;
use crate::reader::Reader;
use crate::routes::{At, Fault};

/// The answers as CSV, in the order received. No key is in it.
pub(super) async fn download(reader: Reader, At(id): At<AttemptId>) -> Result<Response, Fault> {
    let learner = reader.signed_in()?.learner();
    let kept = quizzes::kept_answers(&reader.platform, learner, id).await.map_err(attempt_fault)?;
    let texts = reader.texts;
    let mut csv = "\u{feff}".as_bytes().to_vec();
    line(&mut csv, [texts.t("kept-question"), texts.t("kept-answer"), texts.t("kept-received"), texts.t("kept-outcome")]);
    for answer in kept {
        let outcome = match answer.outcome {
            Outcome::Stored => texts.t("kept-stored").to_owned(),
            Outcome::Late => texts.t("stored-late").to_owned(),
            Outcome::Refused(refusal) => texts.named(&format!("refused-{}", refusal.name())),
        };
        let received = texts.moment(answer.received_at, reader.zone());
        line(&mut csv, [answer.question.as_str(), &answer.response, &received, &outcome]);
    }
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"answers.csv\"")];
    Ok((headers, csv).into_response())
}
