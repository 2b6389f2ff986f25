//! Answers on this device, in IndexedDB, until the server has them. Everybody's lie side by side; each island sees only those of
//! the person it was made for.
//!
//! The format outlives builds: an item is a JSON object with `v: 1`; a later program reads what an earlier one kept.

use std::cell::RefCell;

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Query, TransactionMode};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::super::island::Sent;
use super::form;

const NAME: &str = "campus";
const ANSWERS: &str = "answers";
const DEVICE: &str = "device";
/// Keys of the store [`DEVICE`].
const ID: &str = "id";
const SEQUENCE: &str = "sequence";

/// An answer as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Item {
    v: u8,
    person: String,
    id: String,
    device: String,
    sequence: i64,
    chosen_at: i64,
    pub(super) attempt: String,
    pub(super) question: String,
    pub(super) response: String,
    /// Why the server will never count it.
    #[serde(default)]
    refused: Option<String>,
}

/// The outbox of one person. Where the device keeps nothing, answers wait in memory, and are never called kept.
pub(super) struct Outbox {
    person: String,
    /// The device of answers in memory.
    page: String,
    memory: RefCell<Vec<Item>>,
}

impl Item {
    pub(super) fn sent(&self) -> Sent {
        Sent {
            attempt: self.attempt.clone(),
            id: self.id.clone(),
            question: self.question.clone(),
            device: self.device.clone(),
            sequence: self.sequence,
            age_ms: self.age_ms(),
            response: self.response.clone(),
        }
    }

    /// How long ago it was chosen, in milliseconds.
    pub(super) fn age_ms(&self) -> i64 {
        form::now() - self.chosen_at
    }

    /// The answer and why it was refused, for people to read.
    pub(super) fn line(&self) -> String {
        format!("{}: {} ({})", self.question, self.response, self.refused.as_deref().unwrap_or_default())
    }
}

impl Outbox {
    pub(super) fn of(person: String) -> Self {
        Self { person, page: form::new_id(), memory: RefCell::default() }
    }

    /// Whether everything that waits is on the device.
    pub(super) fn is_kept(&self) -> bool {
        self.memory.borrow().is_empty()
    }

    /// Keeps an answer; returns when it is stored, or is known to be in memory only.
    pub(super) async fn add(&self, attempt: &str, question: &str, response: &str) {
        let mut item = Item {
            v: 1,
            person: self.person.clone(),
            id: form::new_id(),
            device: String::new(),
            sequence: form::now(),
            chosen_at: form::now(),
            attempt: attempt.to_owned(),
            question: question.to_owned(),
            response: response.to_owned(),
            refused: None,
        };
        if store(&mut item).await.is_err() {
            item.device.clone_from(&self.page);
            let mut memory = self.memory.borrow_mut();
            item.sequence = memory.last().map_or(item.sequence, |last| item.sequence.max(last.sequence + 1));
            memory.push(item);
        }
    }

    /// What the server does not have yet, first one first.
    pub(super) async fn waiting(&self) -> Vec<Item> {
        self.own().await.into_iter().filter(|item| item.refused.is_none()).collect()
    }

    /// What the server refused.
    pub(super) async fn refused(&self) -> Vec<Item> {
        self.own().await.into_iter().filter(|item| item.refused.is_some()).collect()
    }

    /// Forgets an answer that the server has; whether that worked.
    pub(super) async fn remove(&self, id: &str) -> bool {
        self.memory.borrow_mut().retain(|item| item.id != id);
        delete(id).await.is_ok()
    }

    /// Marks an answer that the server refused: it stays here too, and is not sent again. Whether that worked.
    pub(super) async fn refuse(&self, id: &str, words: &str) -> bool {
        if let Some(item) = self.memory.borrow_mut().iter_mut().find(|item| item.id == id) {
            item.refused = Some(words.to_owned());
            return true;
        }
        match self.own().await.into_iter().find(|item| item.id == id) {
            Some(mut item) => {
                item.refused = Some(words.to_owned());
                replace(&item).await.is_ok()
            }
            None => true,
        }
    }

    /// Forgets what the server refused.
    pub(super) async fn forget_refused(&self) {
        for item in self.refused().await {
            self.remove(&item.id).await;
        }
    }

    async fn own(&self) -> Vec<Item> {
        let mut items: Vec<Item> = all().await.unwrap_or_default().into_iter().filter(|item| item.person == self.person).collect();
        items.extend(self.memory.borrow().iter().cloned());
        items.sort_by_key(|item| item.sequence);
        items
    }
}

async fn open() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for store in [ANSWERS, DEVICE] {
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    request.await
}

/// Gives the item its device and sequence, and keeps it, in one transaction: two windows never share a sequence.
async fn store(item: &mut Item) -> Result<(), idb::Error> {
    let database = open().await?;
    let transaction = database.transaction(&[ANSWERS, DEVICE], TransactionMode::ReadWrite)?;
    let device = transaction.object_store(DEVICE)?;
    let known = device.get(Query::Key(JsValue::from_str(ID)))?.await?.and_then(|id| id.as_string());
    item.device = match known {
        Some(id) => id,
        None => {
            let id = form::new_id();
            device.put(&JsValue::from_str(&id), Some(&JsValue::from_str(ID)))?.await?;
            id
        }
    };
    let last =
        device.get(Query::Key(JsValue::from_str(SEQUENCE)))?.await?.and_then(|last| last.as_string()).and_then(|last| last.parse().ok());
    item.sequence = last.map_or(item.sequence, |last: i64| item.sequence.max(last + 1));
    device.put(&JsValue::from_str(&item.sequence.to_string()), Some(&JsValue::from_str(SEQUENCE)))?.await?;
    transaction.object_store(ANSWERS)?.put(&written(item), Some(&JsValue::from_str(&item.id)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn replace(item: &Item) -> Result<(), idb::Error> {
    let database = open().await?;
    let transaction = database.transaction(&[ANSWERS], TransactionMode::ReadWrite)?;
    transaction.object_store(ANSWERS)?.put(&written(item), Some(&JsValue::from_str(&item.id)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn delete(id: &str) -> Result<(), idb::Error> {
    let database = open().await?;
    let transaction = database.transaction(&[ANSWERS], TransactionMode::ReadWrite)?;
    transaction.object_store(ANSWERS)?.delete(Query::Key(JsValue::from_str(id)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn all() -> Result<Vec<Item>, idb::Error> {
    let database = open().await?;
    let transaction = database.transaction(&[ANSWERS], TransactionMode::ReadOnly)?;
    let values = transaction.object_store(ANSWERS)?.get_all(None, None)?.await?;
    database.close();
    Ok(values.into_iter().filter_map(|value| serde_json::from_str(&value.as_string()?).ok()).collect())
}

fn written(item: &Item) -> JsValue {
    JsValue::from_str(&serde_json::to_string(item).unwrap_or_default())
}
