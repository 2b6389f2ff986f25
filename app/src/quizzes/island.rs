//! The island of a quiz: keeps each answer on the device until the server has it. Without it the form stores them all when it
//! is sent.

#![expect(missing_docs, reason = "the macros make structs of arguments; the functions say what they are")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the island writes into a question's hidden field once it has kept another answer to it.
pub(crate) const TOUCHED: &str = "touched";

/// An answer on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Id of the attempt.
    pub attempt: String,
    /// Made on the device, so that a repeat is known as one.
    pub id: String,
    /// Key of the question.
    pub question: String,
    /// The browser that keeps it.
    pub device: String,
    /// Grows with each answer of the device.
    pub sequence: i64,
    /// How long ago it was chosen, by the device's clock, in milliseconds.
    pub age_ms: i64,
    /// The answer, as JSON.
    pub response: String,
}

/// What became of the answers of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// A receipt for each.
    Settled(Vec<Settled>),
    /// Nobody is signed in, or somebody else is: nothing was stored.
    SignedOut,
}

/// What became of an answer that need not be sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Its id.
    pub id: String,
    /// Whether it can never count.
    pub is_refused: bool,
    /// Whether it came after the end: kept, and does not count.
    pub is_late: bool,
    /// What to tell the learner: when it was stored, or why it was refused.
    pub words: String,
}

/// What an island is given by its page: public, no key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saver {
    /// The attempt whose form is on the page.
    pub attempt: Option<String>,
    /// Whose answers these are.
    pub person: String,
    /// When the last answer was stored, in words.
    pub saved: String,
    /// Time left of the attempt, where it has a limit.
    pub seconds_left: Option<i64>,
    /// Texts.
    pub words: Words,
}

/// Texts of the island, in the reader's language. `{n}` stands for a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Kept on this device.
    pub on_device: String,
    /// On its way.
    pub saving: String,
    /// Refused.
    pub attention: String,
    /// Neither on the device nor on the server.
    pub not_saved: String,
    /// The session is over.
    pub signed_out: String,
    /// Link to sign in.
    pub sign_in: String,
    /// Button.
    pub send_now: String,
    /// How many wait.
    pub waiting: String,
    /// Link to take refused answers away.
    pub download: String,
    /// Button to remove them from this device.
    pub forget: String,
    /// Submitting waits for a link.
    pub offline: String,
    /// Time left.
    pub minutes_left: String,
    /// No time left.
    pub time_over: String,
}

/// Name of the cookie by which the outbox tells how many answers of `person` wait on this device, so that signing out can ask
/// first and any page can send them. One for each person: nobody's outbox changes what another's says.
#[must_use]
pub fn unsent_cookie(person: &str) -> String {
    format!("campus-unsent-{}", person.rsplit('-').next().unwrap_or_default())
}

/// Stores answers of the reader's own attempts; each gets a receipt.
///
/// # Errors
/// When the server cannot store them now; then none is stored, and they can be sent again.
#[server(prefix = "/api/island", endpoint = "quizzes/save", input = server_fn::codec::Json)]
pub async fn save_answers(person: String, sent: Vec<Sent>) -> Result<Reply, ServerFnError> {
    super::saving::save(&person, sent).await.map_err(super::saving::later)
}

/// What the island shows, as its browser half changes it.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) status: RwSignal<String>,
    pub(super) waiting: RwSignal<usize>,
    pub(super) refused: RwSignal<Vec<String>>,
    pub(super) must_sign_in: RwSignal<bool>,
    pub(super) time: RwSignal<String>,
    pub(super) notice: RwSignal<String>,
}

/// The lines that say where the last answer is, how many wait on this device, and how much time is left.
#[island]
pub fn AnswerSaver(saver: Saver) -> impl IntoView {
    let shown = Shown {
        status: RwSignal::new(saver.saved.clone()),
        waiting: RwSignal::new(0),
        refused: RwSignal::new(Vec::new()),
        must_sign_in: RwSignal::new(false),
        time: RwSignal::new(String::new()),
        notice: RwSignal::new(String::new()),
    };
    let words = saver.words.clone();
    let sign_in = saver.attempt.as_ref().map_or_else(|| "/sign-in".to_owned(), |attempt| format!("/sign-in?to=/attempts/{attempt}"));
    #[cfg(feature = "hydrate")]
    let super::browser::Handles { drain, forget } = super::browser::start(saver, shown);
    #[cfg(not(feature = "hydrate"))]
    let (drain, forget) = (move || drop(saver.clone()), || ());
    let waiting = words.waiting.clone();
    view! {
        <div class="outbox">
            <p class="saved" role="status">{move || shown.status.get()}</p>
            <p class="outbox-notice" role="alert" hidden=move || shown.notice.get().is_empty()>{move || shown.notice.get()}</p>
            <p class="time-left" role="timer" hidden=move || shown.time.get().is_empty()>{move || shown.time.get()}</p>
            <p class="outbox-sign-in" role="alert" hidden=move || !shown.must_sign_in.get()>{words.signed_out} " " <a href=sign_in>{words.sign_in}</a></p>
            <p hidden=move || shown.waiting.get() == 0>
                {move || waiting.replace("{n}", &shown.waiting.get().to_string())} " "
                <button type="button" class="button button-quiet" on:click=move |_| drain()>{words.send_now}</button>
            </p>
            <div class="outbox-refused" hidden=move || shown.refused.get().is_empty()>
                <p>{words.attention}</p>
                <ul>{move || shown.refused.get().into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>()}</ul>
                <p>
                    <a class="outbox-download" href="#" download="answers.txt">{words.download}</a> " "
                    <button type="button" class="button button-quiet" on:click=move |_| forget()>{words.forget}</button>
                </p>
            </div>
        </div>
    }
}
