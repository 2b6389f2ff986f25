//! The island of a quiz: stores each answer when it is chosen. Without it the form stores them all when it is sent.

#![expect(missing_docs, reason = "the macros make structs of arguments; the functions say what they are")]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An answer on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Made here, so that a repeat is known as one.
    pub id: String,
    /// Key of the question.
    pub question: String,
    /// Grows with each answer of this page.
    pub sequence: i64,
    /// Keys of the options chosen.
    pub options: Vec<String>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Whether it is on the server's disk.
    pub is_stored: bool,
    /// What to tell the learner: when it was stored.
    pub words: String,
}

/// Stores one answer of the reader's own attempt.
///
/// # Errors
/// When the reader is not signed in, the attempt is not theirs, or the server cannot store it.
#[server(prefix = "/api/island", endpoint = "quizzes/save", input = server_fn::codec::Json)]
pub async fn save_answer(attempt: String, answer: Sent) -> Result<Stored, ServerFnError> {
    super::take::save_one(&attempt, answer).await.map_err(|_| ServerFnError::new("not stored"))
}

/// The line that says whether the last answer is stored. `sequence` is the highest one stored so far.
#[island]
pub fn AnswerSaver(attempt: String, sequence: i64, saved: Option<String>, saving: String, not_saved: String) -> impl IntoView {
    let status = RwSignal::new(saved.unwrap_or_default());
    #[cfg(feature = "hydrate")]
    browser::store_each_choice(attempt, sequence, status, saving, not_saved);
    #[cfg(not(feature = "hydrate"))]
    let _ = (attempt, sequence, saving, not_saved);
    view! { <p class="saved" role="status">{move || status.get()}</p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    //! What only a browser has: the form, chance, tasks.

    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use leptos::web_sys::{Event, HtmlInputElement};
    use wasm_bindgen::JsCast;

    use super::{Sent, save_answer};

    /// Listens to the page's form; every change sends the whole answer to its question. What was chosen before the island
    /// woke is sent at once.
    pub(super) fn store_each_choice(attempt: String, sequence: i64, status: RwSignal<String>, saving: String, not_saved: String) {
        let last = Rc::new(Cell::new(sequence));
        let send = move |question: String| {
            let sequence = last.get() + 1;
            last.set(sequence);
            let answer = Sent { id: new_id(), sequence, options: chosen(&question), question };
            status.set(saving.clone());
            let (attempt, not_saved, last) = (attempt.clone(), not_saved.clone(), Rc::clone(&last));
            spawn_local(async move {
                let words = match save_answer(attempt, answer).await {
                    Ok(stored) if stored.is_stored => stored.words,
                    _ => not_saved,
                };
                // A later answer speaks for itself.
                if last.get() == sequence {
                    status.set(words);
                }
            });
        };
        for question in changed_already() {
            send(question);
        }
        let listener = window_event_listener(leptos::ev::change, move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input.filter(|input| matches!(input.type_().as_str(), "radio" | "checkbox")) {
                send(input.name());
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Options of `question` that are ticked now.
    fn chosen(question: &str) -> Vec<String> {
        inputs(&format!("#page-form input[name='{question}']:checked")).map(|input| input.value()).collect()
    }

    /// Questions whose options are not as the server sent them.
    fn changed_already() -> Vec<String> {
        let mut questions: Vec<String> = inputs("#page-form fieldset input")
            .filter(|input| input.checked() != input.default_checked())
            .map(|input| input.name())
            .collect();
        questions.dedup();
        questions
    }

    fn inputs(selector: &str) -> impl Iterator<Item = HtmlInputElement> + use<> {
        let found = document().query_selector_all(selector).ok();
        let count = found.as_ref().map_or(0, leptos::web_sys::NodeList::length);
        (0..count).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
    }

    /// A random UUID.
    fn new_id() -> String {
        let mut bytes = [0; 16];
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}
