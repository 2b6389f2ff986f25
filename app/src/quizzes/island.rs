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

    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use leptos::web_sys::{Event, HtmlInputElement};
    use wasm_bindgen::JsCast;

    use super::{Sent, save_answer};

    /// Listens to the page's form; every change sends the whole answer to its question.
    pub(super) fn store_each_choice(attempt: String, sequence: i64, status: RwSignal<String>, saving: String, not_saved: String) {
        let last = Cell::new(sequence);
        let listener = window_event_listener(leptos::ev::change, move |event: Event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
            if !matches!(input.type_().as_str(), "radio" | "checkbox") {
                return;
            }
            let question = input.name();
            last.set(last.get() + 1);
            let answer = Sent { id: new_id(), sequence: last.get(), options: chosen(&question), question };
            status.set(saving.clone());
            let (attempt, not_saved) = (attempt.clone(), not_saved.clone());
            spawn_local(async move {
                match save_answer(attempt, answer).await {
                    Ok(stored) if stored.is_stored => status.set(stored.words),
                    _ => status.set(not_saved),
                }
            });
        });
        on_cleanup(move || listener.remove());
    }

    /// Options of `question` that are ticked now.
    fn chosen(question: &str) -> Vec<String> {
        let Ok(inputs) = document().query_selector_all(&format!("input[name='{question}']:checked")) else { return Vec::new() };
        (0..inputs.length()).filter_map(|at| inputs.item(at)?.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value()).collect()
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
