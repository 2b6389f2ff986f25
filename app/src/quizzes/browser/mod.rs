//! The browser's half of the island: answers go into the outbox before anything is claimed, and from there to the server, as
//! often as it takes.

mod form;
mod outbox;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::Event;

use super::island::{Reply, Saver, Sent, Shown, save_answers};
use outbox::{Item, Outbox};

/// How often the outbox tries by itself.
const RETRY: Duration = Duration::from_secs(15);
/// Most answers of one call.
const AT_ONCE: usize = 50;

/// Everything the listeners share.
struct Saving {
    saver: Saver,
    shown: Shown,
    outbox: Outbox,
    is_sending: Cell<bool>,
    /// Whether something came while a call was under way.
    has_more: Cell<bool>,
}

/// Wakes the island; what is returned sends what waits.
pub(super) fn start(saver: Saver, shown: Shown) -> impl Fn() + Clone + 'static {
    let saving = Rc::new(Saving {
        outbox: Outbox::of(saver.person.clone()),
        saver,
        shown,
        is_sending: Cell::new(false),
        has_more: Cell::new(false),
    });
    let waking = Rc::clone(&saving);
    // Once the page is awake: what is shown before that, nobody sees.
    spawn_local(async move {
        if let Some(seconds) = waking.saver.seconds_left {
            keep_time(&waking, seconds);
        }
        if waking.saver.attempt.is_some() {
            let touched = form::changed_already();
            let restored = waking.restore().await;
            listen(&waking);
            // What was changed before the island woke.
            for question in touched.into_iter().filter(|question| !restored.contains(question)) {
                waking.keep(question).await;
            }
        }
        waking.drain().await;
    });
    let again = Rc::clone(&saving);
    let drain = move || {
        let saving = Rc::clone(&again);
        spawn_local(async move { saving.drain().await });
    };
    for event in ["online", "focus", "pageshow"] {
        let drain = drain.clone();
        let listener = window_event_listener_untyped(event, move |_| drain());
        on_cleanup(move || listener.remove());
    }
    let by_timer = drain.clone();
    let _ = set_interval_with_handle(move || by_timer(), RETRY);
    drain
}

/// Every change of the form goes into the outbox; a text also while it is typed.
fn listen(saving: &Rc<Saving>) {
    let keep = |saving: &Rc<Saving>| {
        let saving = Rc::clone(saving);
        move |event: Event| {
            if let Some(question) = form::question_of(&event) {
                let saving = Rc::clone(&saving);
                spawn_local(async move { saving.keep(question).await });
            }
        }
    };
    let changed = window_event_listener(ev::change, keep(saving));
    let pause = Rc::new(Cell::new(0_u32));
    let typing = Rc::clone(saving);
    let typed = window_event_listener(ev::input, move |event| {
        let Some(question) = form::question_of(&event).filter(|_| form::is_text(&event)) else { return };
        let (saving, pause) = (Rc::clone(&typing), Rc::clone(&pause));
        pause.set(pause.get().wrapping_add(1));
        let turn = pause.get();
        set_timeout(
            move || {
                if pause.get() == turn {
                    spawn_local(async move { saving.keep(question).await });
                }
            },
            Duration::from_millis(600),
        );
    });
    let submitting = Rc::clone(saving);
    let sent = window_event_listener(ev::submit, move |event| {
        if form::is_offline() && form::is_page_form(&event) {
            event.prevent_default();
            submitting.shown.notice.set(submitting.saver.words.offline.clone());
        }
    });
    on_cleanup(move || {
        changed.remove();
        typed.remove();
        sent.remove();
    });
}

impl Saving {
    /// Puts answers that only this device has back into the form: after a reload, or after signing in again. The questions
    /// they answer.
    async fn restore(&self) -> Vec<String> {
        let waiting = self.outbox.waiting().await;
        let own = waiting.into_iter().filter(|item| Some(&item.attempt) == self.saver.attempt.as_ref());
        own.map(|item| {
            form::fill(&item.question, &item.response);
            item.question
        })
        .collect()
    }

    /// Keeps the answer to `question` as it stands in the form, then sends it.
    async fn keep(&self, question: String) {
        let (Some(attempt), Some(response)) = (&self.saver.attempt, form::answer(&question)) else { return };
        match self.outbox.add(attempt, &question, &response).await {
            Ok(()) => self.shown.status.set(self.saver.words.on_device.clone()),
            // No room or no permission to keep it here: then only the server's word counts.
            Err(item) => {
                self.shown.status.set(self.saver.words.saving.clone());
                let reply = save_answers(self.saver.person.clone(), vec![item.sent()]).await;
                let words = match reply {
                    Ok(Reply::Settled(settled)) => settled.into_iter().next().map(|settled| settled.words),
                    _ => None,
                };
                self.shown.status.set(words.unwrap_or_else(|| self.saver.words.not_saved.clone()));
                return;
            }
        }
        self.drain().await;
    }

    /// Sends what waits, in order, until nothing does or the server cannot be reached.
    async fn drain(&self) {
        if self.is_sending.replace(true) {
            self.has_more.set(true);
            return;
        }
        loop {
            self.has_more.set(false);
            let waiting = self.outbox.waiting().await;
            if waiting.is_empty() {
                break;
            }
            self.shown.status.set(self.saver.words.saving.clone());
            let sent: Vec<Sent> = waiting.iter().take(AT_ONCE).map(Item::sent).collect();
            match save_answers(self.saver.person.clone(), sent).await {
                Ok(Reply::Settled(settled)) if !settled.is_empty() => {
                    self.shown.must_sign_in.set(false);
                    self.shown.notice.set(String::new());
                    for one in settled {
                        if one.is_refused {
                            self.outbox.refuse(&one.id, &one.words).await;
                            self.shown.status.set(self.saver.words.attention.clone());
                        } else {
                            self.outbox.remove(&one.id).await;
                            self.shown.status.set(one.words);
                        }
                    }
                }
                Ok(Reply::SignedOut) => {
                    self.shown.must_sign_in.set(true);
                    self.shown.status.set(self.saver.words.on_device.clone());
                    break;
                }
                _ => {
                    self.shown.status.set(self.saver.words.on_device.clone());
                    break;
                }
            }
        }
        self.is_sending.set(false);
        self.tell().await;
        if self.has_more.get() {
            Box::pin(self.drain()).await;
        }
    }

    /// Shows how many wait and which were refused, here and to the server, which asks before signing out.
    async fn tell(&self) {
        let waiting = self.outbox.waiting().await.len();
        let refused = self.outbox.refused().await;
        form::remember_unsent(&self.saver.person, waiting);
        form::offer_download(&refused.iter().map(Item::line).collect::<Vec<_>>().join("\n"));
        self.shown.waiting.set(waiting);
        self.shown.refused.set(refused.iter().map(Item::line).collect());
    }
}

/// Counts down by minutes, and sends the form when the time is over: what was saved counts in any case.
fn keep_time(saving: &Rc<Saving>, seconds: i64) {
    let end = form::now() + seconds.saturating_mul(1_000);
    let saving = Rc::clone(saving);
    let is_sent = Cell::new(false);
    let tick = move || {
        let left = end - form::now();
        if left <= 0 {
            saving.shown.time.set(saving.saver.words.time_over.clone());
            if !is_sent.replace(true) && !form::is_offline() {
                form::submit();
            }
        } else {
            let minutes = (left + 59_999) / 60_000;
            saving.shown.time.set(saving.saver.words.minutes_left.replace("{n}", &minutes.to_string()));
        }
    };
    tick();
    let _ = set_interval_with_handle(tick, Duration::from_secs(1));
}
