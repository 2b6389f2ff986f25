//! The browser's half of the island: answers go into the outbox before anything is claimed, and from there to the server, as
//! often as it takes.

mod form;
mod outbox;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::{Either, select};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{Event, HtmlElement, SubmitEvent};

use super::island::{Reply, Saver, Sent, Settled, Shown, save_answers};
use outbox::{Item, Outbox};

/// How often the outbox tries by itself.
const RETRY: Duration = Duration::from_secs(15);
/// Pauses between its tries once a link is there again: devices say so before they can use it.
const ONCE_BACK_MS: [i32; 3] = [0, 1_000, 3_000];
/// How long a text rests before it is kept.
const TYPING: Duration = Duration::from_millis(600);
/// Longest wait for an answer of the server; then the outbox tries again.
const PATIENCE_MS: i32 = 20_000;
/// Longest wait for the outbox before a form is submitted all the same.
const BEFORE_SUBMITTING_MS: i32 = 5_000;
/// Minutes left at which the page says so aloud.
const WARNINGS: [i64; 2] = [5, 1];
/// Most answers of one call, and most of their text: the server takes no more at once.
const AT_ONCE: usize = 50;
const MOST_TEXT: usize = 64_000;

/// Everything the listeners share.
struct Saving {
    saver: Saver,
    shown: Shown,
    outbox: Outbox,
    /// What was kept last for each question: nothing is kept twice.
    kept: RefCell<BTreeMap<String, String>>,
    /// Texts that are being typed, with how often they were touched.
    typing: RefCell<BTreeMap<String, u32>>,
    is_sending: Cell<bool>,
    /// Whether something came while a call was under way.
    has_more: Cell<bool>,
    /// Whether the form may be submitted without waiting for the outbox.
    may_submit: Cell<bool>,
}

/// What the page's buttons do.
pub(super) struct Handles {
    /// Sends what waits.
    pub(super) drain: Box<dyn Fn()>,
    /// Forgets what was refused.
    pub(super) forget: Box<dyn Fn()>,
}

/// Wakes the island.
pub(super) fn start(saver: Saver, shown: Shown) -> Handles {
    let saving = Rc::new(Saving {
        outbox: Outbox::of(saver.person.clone()),
        saver,
        shown,
        kept: RefCell::default(),
        typing: RefCell::default(),
        is_sending: Cell::new(false),
        has_more: Cell::new(false),
        may_submit: Cell::new(false),
    });
    if saving.saver.attempt.is_some() {
        listen(&saving);
    }
    let waking = Rc::clone(&saving);
    // Once the page is awake: what is shown before that, nobody sees.
    spawn_local(async move {
        if waking.saver.attempt.is_some() {
            waking.restore().await;
        }
        waking.drain(false).await;
        if let Some(seconds) = waking.saver.seconds_left {
            keep_time(&waking, seconds);
        }
    });
    let drain = {
        let saving = Rc::clone(&saving);
        move |is_asked: bool| {
            let saving = Rc::clone(&saving);
            spawn_local(async move { saving.drain(is_asked).await });
        }
    };
    for event in ["online", "focus", "pageshow"] {
        let saving = Rc::clone(&saving);
        let listener = window_event_listener_untyped(event, move |_| {
            let saving = Rc::clone(&saving);
            spawn_local(async move {
                for pause in ONCE_BACK_MS {
                    form::pause(pause).await;
                    saving.drain(false).await;
                }
            });
        });
        on_cleanup(move || listener.remove());
    }
    let by_timer = drain.clone();
    let _ = set_interval_with_handle(move || by_timer(false), RETRY);
    let forgetting = Rc::clone(&saving);
    let forget = move || {
        let saving = Rc::clone(&forgetting);
        spawn_local(async move {
            saving.outbox.forget_refused().await;
            saving.tell().await;
        });
    };
    Handles { drain: Box::new(move || drain(true)), forget: Box::new(forget) }
}

/// Every change of the form goes into the outbox; a text also while it is typed, and when the page is left.
fn listen(saving: &Rc<Saving>) {
    let changing = Rc::clone(saving);
    let changed = window_event_listener(ev::change, move |event: Event| {
        if let Some(question) = form::question_of(&event) {
            changing.soon(question);
        }
    });
    let typing = Rc::clone(saving);
    let typed = window_event_listener(ev::input, move |event| {
        let Some(question) = form::question_of(&event).filter(|_| form::is_text(&event)) else { return };
        typing.shown.status.set(typing.saver.words.saving.clone());
        let turn = {
            let mut all = typing.typing.borrow_mut();
            let turn = all.entry(question.clone()).or_default();
            *turn = turn.wrapping_add(1);
            *turn
        };
        let typing = Rc::clone(&typing);
        set_timeout(
            move || {
                let rests = typing.typing.borrow().get(&question) == Some(&turn);
                if rests {
                    typing.soon(question);
                }
            },
            TYPING,
        );
    });
    let leaving = ["visibilitychange", "pagehide"].map(|event| {
        let saving = Rc::clone(saving);
        window_event_listener_untyped(event, move |_| saving.flush())
    });
    let submitting = Rc::clone(saving);
    let sent = window_event_listener(ev::submit, move |event| submitting.before_submitting(&event));
    on_cleanup(move || {
        changed.remove();
        typed.remove();
        sent.remove();
        leaving.into_iter().for_each(WindowListenerHandle::remove);
    });
}

impl Saving {
    /// Keeps the answer to `question` as it stands in the form now, if it is another than was kept before. From here on the page
    /// no longer calls saved what is not.
    fn soon(self: &Rc<Self>, question: String) {
        self.typing.borrow_mut().remove(&question);
        let Some(response) = form::answer(&question) else { return };
        let before = self.kept.borrow_mut().insert(question.clone(), response.clone());
        if before.unwrap_or_else(|| form::drawn(&question)) == response {
            // Typed and taken back: nothing is under way for it.
            if !self.is_sending.get() && self.shown.status.get_untracked() == self.saver.words.saving {
                self.shown.status.set(self.saver.saved.clone());
            }
            return;
        }
        form::touch(&question);
        self.shown.status.set(self.saver.words.saving.clone());
        let saving = Rc::clone(self);
        spawn_local(async move { saving.keep(question, response).await });
    }

    /// Keeps every text that is being typed.
    fn flush(self: &Rc<Self>) {
        let typed: Vec<String> = self.typing.borrow().keys().cloned().collect();
        for question in typed {
            self.soon(question);
        }
    }

    /// Puts answers that only this device has back into the form: after a reload, or after signing in again. Not over what was
    /// touched meanwhile, and not over what was chosen later on another device.
    async fn restore(self: &Rc<Self>) {
        let waiting = self.outbox.waiting().await;
        let touched = form::changed_already();
        for item in waiting.into_iter().filter(|item| Some(&item.attempt) == self.saver.attempt.as_ref()) {
            self.kept.borrow_mut().insert(item.question.clone(), item.response.clone());
            if !touched.contains(&item.question) && form::is_newer(&item.question, item.age_ms()) {
                form::fill(&item.question, &item.response);
            }
        }
        for question in touched {
            self.soon(question);
        }
    }

    /// Keeps an answer, then sends it.
    async fn keep(&self, question: String, response: String) {
        let Some(attempt) = &self.saver.attempt else { return };
        self.outbox.add(attempt, &question, &response).await;
        self.shown.status.set(self.waiting_words());
        self.tell().await;
        self.drain(true).await;
    }

    /// Where an answer is that the server does not have: on the device, or, where that keeps nothing, on this page only.
    fn waiting_words(&self) -> String {
        if self.outbox.is_kept() { self.saver.words.on_device.clone() } else { self.saver.words.not_saved.clone() }
    }

    /// Sends what waits, in order, until nothing does or the server cannot be reached. `is_asked` = by somebody, who is told.
    async fn drain(&self, is_asked: bool) {
        if self.is_sending.replace(true) {
            self.has_more.set(true);
            return;
        }
        loop {
            self.has_more.set(false);
            let waiting = self.outbox.waiting().await;
            if waiting.is_empty() {
                if self.shown.must_sign_in.get_untracked() || !self.shown.notice.get_untracked().is_empty() {
                    self.shown.must_sign_in.set(false);
                    self.shown.notice.set(String::new());
                }
                break;
            }
            if is_asked {
                self.shown.status.set(self.saver.words.saving.clone());
            }
            let sent = batch(&waiting);
            match self.send(sent).await {
                Some(Reply::Settled(settled)) if !settled.is_empty() => {
                    if !self.settle(settled).await {
                        break;
                    }
                }
                reply => {
                    self.shown.must_sign_in.set(reply == Some(Reply::SignedOut));
                    self.shown.status.set(self.waiting_words());
                    break;
                }
            }
        }
        self.is_sending.set(false);
        self.tell().await;
        if self.has_more.get() {
            Box::pin(self.drain(is_asked)).await;
        }
    }

    /// One call; `None` when the server did not answer in time, or cannot store now.
    async fn send(&self, sent: Vec<Sent>) -> Option<Reply> {
        let call = Box::pin(save_answers(self.saver.person.clone(), sent));
        match select(call, Box::pin(form::pause(PATIENCE_MS))).await {
            Either::Left((reply, _)) => reply.ok(),
            Either::Right(_) => None,
        }
    }

    /// Takes receipts; whether the outbox could take note of all of them.
    async fn settle(&self, settled: Vec<Settled>) -> bool {
        self.shown.must_sign_in.set(false);
        let mut notice = String::new();
        let mut could_note = true;
        for one in settled {
            if one.is_refused {
                could_note &= self.outbox.refuse(&one.id, &one.words).await;
            } else {
                could_note &= self.outbox.remove(&one.id).await;
                if one.is_late {
                    notice.clone_from(&one.words);
                } else {
                    self.shown.status.set(one.words);
                }
            }
        }
        self.shown.notice.set(notice);
        could_note
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

    /// A quiz that is submitted while answers are on their way waits for them, so that none arrives after the end. Without a
    /// link no form is sent into nothing.
    fn before_submitting(self: &Rc<Self>, event: &SubmitEvent) {
        if !form::is_page_form(event) || self.may_submit.get() {
            return;
        }
        if form::is_offline() {
            event.prevent_default();
            let words = &self.saver.words;
            self.shown.notice.set(if self.outbox.is_kept() { words.offline.clone() } else { words.not_saved.clone() });
            return;
        }
        let is_busy = self.is_sending.get() || !self.typing.borrow().is_empty() || self.shown.waiting.get_untracked() > 0;
        let ends = |button: &HtmlElement| button.get_attribute("value").is_some_and(|wish| wish.starts_with("submit"));
        let Some(button) = event.submitter().filter(|button| is_busy && ends(button)) else { return };
        event.prevent_default();
        self.flush();
        let saving = Rc::clone(self);
        spawn_local(async move {
            let until = form::now() + i64::from(BEFORE_SUBMITTING_MS);
            saving.drain(true).await;
            while saving.is_sending.get() && form::now() < until {
                form::pause(100).await;
            }
            saving.may_submit.set(true);
            form::click(&button);
        });
    }
}

/// The first of what waits, as much as fits into a call: one at least.
fn batch(waiting: &[Item]) -> Vec<Sent> {
    let mut text = 0;
    let fits = |item: &&Item| {
        let is_first = text == 0;
        text += item.response.len();
        is_first || text <= MOST_TEXT
    };
    waiting.iter().take(AT_ONCE).take_while(fits).map(Item::sent).collect()
}

/// Counts down by minutes, and sends the form when the time is over: what was saved counts in any case.
fn keep_time(saving: &Rc<Saving>, seconds: i64) {
    if seconds <= 0 {
        saving.shown.time.set(saving.saver.words.time_over.clone());
        return;
    }
    let end = form::now() + seconds.saturating_mul(1_000);
    let saving = Rc::clone(saving);
    let is_sent = Cell::new(false);
    // Whoever opens the page with less left knows it.
    let warned = Cell::new(seconds / 60);
    let tick = move || {
        let left = end - form::now();
        if left > 0 {
            let minutes = (left + 59_999) / 60_000;
            let words = saving.saver.words.minutes_left.replace("{n}", &minutes.to_string());
            if WARNINGS.contains(&minutes) && minutes < warned.get() {
                warned.set(minutes);
                saving.shown.notice.set(words.clone());
            }
            saving.shown.time.set(words);
            return;
        }
        saving.shown.time.set(saving.saver.words.time_over.clone());
        if !form::is_offline() && !is_sent.replace(true) {
            let saving = Rc::clone(&saving);
            spawn_local(async move {
                saving.flush();
                saving.drain(true).await;
                form::send_time_over();
            });
        }
    };
    tick();
    let _ = set_interval_with_handle(tick, Duration::from_secs(1));
}
