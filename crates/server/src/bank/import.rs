//! Takes a bank's file: as it came, and each entry of it that no file told of before.

use std::collections::HashSet;
use std::time::Duration;

use chrono::NaiveDate;
use membership_bank::statement::{Direction, Entry as Read, EntryStatus, Statement as Told};
use membership_contract::desk::Imported;
use membership_contract::refusal::Refusal;
use membership_domain::id::UserId;
use membership_domain::purchase::bank::BankEntryState;
use membership_store::audit::{Action, Entry as AuditEntry};
use membership_store::bank::{self, Entry, Statement};

use super::apply;
use crate::hash::sha256;
use crate::http::problem::Answer;
use crate::write::{Tx, write};
use crate::{App, random};

/// Why, of an entry that takes another one back.
const REVERSAL: &str = "reversed by the bank";

/// Reads a file, keeps what is new of it, and gives it to orders, as many as there are within
/// `time`: the job gives the rest. `entry` is how the audit log tells who did it.
///
/// # Errors
/// [`Refusal::BankFile`] where it cannot be read: then nothing of it is kept.
pub async fn import(
    app: &App,
    bytes: Vec<u8>,
    by: Option<UserId>,
    time: Duration,
    entry: impl Fn(Action, &str) -> Answer<AuditEntry>,
) -> Answer<Imported> {
    let digest = sha256(&bytes);
    let (bytes, statements) = tokio::task::spawn_blocking(move || {
        let read = membership_bank::statement::read(&bytes);
        read.map(|statements| (bytes, statements))
    })
    .await
    .map_err(crate::http::problem::ApiError::internal)?
    .map_err(|unreadable| Refusal::BankFile(unreadable.to_string()))?;
    let mut prepared = Vec::new();
    for told in &statements {
        prepared.push(prepare(app, &digest, told)?);
    }
    let (prepared, bytes) = (&prepared, &bytes);
    let imported = write(&app.store, async |write: Tx| {
        let at = app.clock.real();
        let mut imported = Imported::default();
        if !bank::keep_file(&write, &digest, bytes.clone(), by, at).await? {
            imported.is_known = true;
            return Ok((imported, None));
        }
        for (statement, entries) in prepared {
            imported.statements += 1;
            imported.entries += entries.len() as u64;
            if !statement.adds_up {
                imported.not_adding_up += 1;
            }
            bank::insert_statement(&write, statement).await?;
            let new = unknown(&write, entries).await?;
            imported.new += new.len() as u64;
            bank::insert(&write, &new).await?;
        }
        let mut told = entry(Action::BankImport, &digest)?;
        told.detail = serde_json::json!({
            "statements": imported.statements,
            "entries": imported.entries,
            "new": imported.new,
        });
        Answer::Ok((imported, Some(told)))
    });
    let mut imported = imported.await?;
    let outcome = apply::within(app, time).await?;
    imported.matched = outcome.matched;
    imported.waiting = outcome.waiting;
    imported.later = outcome.later;
    Ok(imported)
}

/// Those that no file told of, each once, also within one file: as an entry, or as a part of a batch
/// that was told as a sum, or the other way around.
async fn unknown(write: &Tx, entries: &[Entry]) -> Answer<Vec<Entry>> {
    let mut asked: Vec<String> = Vec::new();
    for entry in entries {
        asked.push(entry.identity.clone());
        asked.extend(entry.batch_identity.clone());
    }
    let known = bank::known(write.tx(), &asked).await?;
    let mut seen = HashSet::new();
    let is_new = |entry: &&Entry| {
        // The parts of a batch share the identity of their sum, which only another file tells.
        let batch = entry.batch_identity.as_ref();
        let is_known =
            known.contains(&entry.identity) || batch.is_some_and(|batch| known.contains(batch));
        !is_known && seen.insert(entry.identity.clone())
    };
    Ok(entries.iter().filter(is_new).cloned().collect())
}

fn prepare(app: &App, file: &str, told: &Told) -> Answer<(Statement, Vec<Entry>)> {
    let at = app.clock.real();
    let balance = told.closing.or(told.opening);
    let booked = (told.entries.iter()).filter(|one| one.status == EntryStatus::Booked);
    let statement = Statement {
        id: random::id(at)?,
        file: file.to_owned(),
        kind: told.kind.code().to_owned(),
        account: told.account.key().to_owned(),
        bank_id: told.id.clone(),
        number: (told.electronic_number.or(told.legal_number))
            .and_then(|number| i64::try_from(number).ok()),
        from: told.from.or(told.opening.map(|balance| balance.on)),
        until: told.to.or(told.closing.map(|balance| balance.on)),
        currency: balance.map(|balance| balance.currency.code().to_owned()),
        opening: told.opening.map(|balance| balance.amount),
        closing: told.closing.map(|balance| balance.amount),
        adds_up: told.adds_up().unwrap_or(true),
        entries: i64::try_from(booked.clone().count()).unwrap_or(i64::MAX),
        imported_at: at,
    };
    let today = app.clock.now().date_naive();
    let mut entries = Vec::new();
    for one in booked {
        entries.push(Entry {
            id: random::id(at)?,
            statement: statement.id,
            ..row(one, told, today)
        });
    }
    Ok((statement, entries))
}

/// An entry as it is kept. What is pending is no money yet, and not kept.
pub(super) fn row(one: &Read, told: &Told, today: NaiveDate) -> Entry {
    let day = one.booked_on.or(one.value_on).or(told.to).unwrap_or(today);
    let party = &one.counterparty;
    let text: Vec<&str> = (one.text.iter())
        .chain(&one.structured_references)
        .chain(&one.additional_info)
        .map(String::as_str)
        .collect();
    Entry {
        id: membership_domain::Id::nil(),
        statement: membership_domain::Id::nil(),
        identity: sha256(one.identity(&told.account)),
        batch_identity: one.batch_identity(&told.account).map(sha256),
        state: BankEntryState::Received,
        is_credit: one.direction == Direction::Credit,
        money: one.money(),
        booked_on: day,
        value_on: one.value_on.unwrap_or(day),
        is_complete: one.complete,
        references: one.references(),
        bank_reference: one.bank_reference.clone().or(one.detail_reference.clone()),
        text: Some(text.join(" ")).filter(|text| !text.is_empty()),
        counterparty: party.ultimate_name.clone().or(party.name.clone()),
        counterparty_account: party.account.clone(),
        returned: came_back(one),
        order: None,
        decided_by: None,
        decided_at: None,
        note: None,
    }
}

/// Why money came back that had left, or left that had come: it pays no order by itself.
fn came_back(one: &Read) -> Option<String> {
    let said = one.returned.as_ref().map(|reason| {
        let said = [&reason.code, &reason.text];
        let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
        said.join(" ")
    });
    said.or_else(|| one.reversal.then(|| REVERSAL.to_owned()))
}
