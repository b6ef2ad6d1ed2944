//! Writing evidence: what is sent is read and checked before anything is locked, and written if
//! what it was checked against is still what there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use membership_contract::refusal::Refusal;
use membership_domain::Catalog;
use membership_domain::evidence::Writer;
use membership_store::audit::FieldChange;
use membership_store::evidence::{self as stored, Change, Expected};
use membership_store::idempotency::Kept;
use membership_store::{Write, organizations};
use serde_json::Value;

use super::edit::{Edit, Remembered};
use super::faults::refuse_faults;
use super::parts::{differing, documents};
use super::{Snapshot, replaced};
use crate::App;
use crate::change::{Once, sent};
use crate::guard::Member;
use crate::http::if_match::IfMatch;
use crate::http::problem::Answer;
use crate::turns::{Turn, Watch};
use crate::write::{Tx, write};

/// Somebody else may write another part meanwhile; then it is checked with that once more.
const ATTEMPTS: usize = 5;

/// Who writes evidence, and what they know.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'w> {
    /// See [`App`].
    pub app: &'w App,
    /// Who writes, and for which organization.
    pub member: &'w Member,
    /// The state that they know; `None` where each row says itself whether it was changed since.
    pub if_match: Option<&'w IfMatch>,
    /// What is answered and kept, where the request can be sent again.
    pub promised: Option<&'w Promised<'w>>,
}

/// The answer to a write that can be sent again, as far as it is known before the write.
#[derive(Clone, Debug)]
pub struct Promised<'k> {
    /// The request.
    pub once: Once<'k>,
    /// JSON.
    pub body: String,
}

impl Promised<'_> {
    fn answer(&self, tag: String) -> Kept {
        self.once.answer(StatusCode::OK, tag, self.body.clone())
    }
}

/// How a write ended.
#[derive(Debug)]
pub enum Written {
    /// It was done, and this is there now.
    Done(Box<Snapshot>),
    /// The same request was answered before, and so.
    Before(Kept),
    /// Somebody else had done it.
    Already,
}

impl Written {
    /// The answer that was promised; nothing where somebody else was quicker.
    pub fn response(self, promised: &Promised<'_>) -> Option<Response> {
        match self {
            Self::Done(now) => Some(sent(promised.answer(now.tag(None)), false)),
            Self::Before(kept) => Some(sent(kept, true)),
            Self::Already => None,
        }
    }
}

/// Writes evidence, if the writer knows the present state and the result can be used, in a turn
/// that ends with the write: nobody waits for a client that takes its answer slowly.
pub async fn replace(writing: Writing<'_>, mut turn: Turn, edit: Edit) -> Answer<Written> {
    let (app, member) = (writing.app, writing.member);
    let edit = Arc::new(edit);
    for _ in 0..ATTEMPTS {
        let known = Snapshot::read(app, member).await?;
        if let Some(part) = edit.part() {
            // An address that there is not is told before anything else.
            known.part(part)?;
        }
        if let Some(if_match) = writing.if_match {
            known.expect(if_match, edit.part())?;
        }
        let (served, ours) = (Arc::clone(&app.catalog), Arc::clone(&edit));
        let (most, writer) = (app.settings.evidence, member.writer());
        let work = move |watch: &Watch| {
            let ready = prepare(&known, &ours, writer, &served.catalog, most, watch);
            ready.map(|ready| (known, ready))
        };
        let (still, done) = turn.run(work).await?;
        turn = still;
        let (known, ready) = done.map_err(|refused| edit.refused(refused))?;
        if let Some(written) = keep(writing, known, &edit, ready).await? {
            return Ok(written);
        }
    }
    Err(Refusal::Overtaken.into())
}

/// What is ready to be written.
struct Ready {
    /// The parts that are written.
    parts: BTreeMap<String, Change>,
    /// What an import changes.
    changes: Remembered,
    /// For the audit log: how many rows there are then.
    counted: Vec<FieldChange>,
    /// For the audit log: what is replaced.
    replaced: Value,
}

/// Everything that takes long. Nobody is kept waiting by it.
fn prepare(
    known: &Snapshot,
    edit: &Edit,
    writer: Writer,
    catalog: &Catalog,
    most: usize,
    watch: &Watch,
) -> Answer<Ready> {
    let before = known.evidence(watch)?;
    let after = edit.applied(known, &before)?;
    watch.expect()?;
    refuse_faults(known, &before, &after, writer, catalog, edit.part())?;
    let parts = documents(&after, edit.part())?;
    let others = known.documents.iter();
    let others = others.filter(|(part, _)| !parts.contains_key(*part));
    let size = others.map(|(_, other)| other.size()).sum::<usize>()
        + parts.values().map(String::len).sum::<usize>();
    if size > most {
        let megabytes = most / (1024 * 1024);
        return Err(Refusal::EvidenceTooLarge { megabytes }.into());
    }
    let replaced = replaced::told(&known.documents, &parts)?;
    Ok(Ready {
        changes: edit.changes(&before, &after)?,
        parts: differing(&known.documents, parts)?,
        counted: replaced::counted(&before, &after),
        replaced,
    })
}

/// How a transaction found what it was to write.
enum Found {
    /// As it was made ready for: it is written.
    Same,
    /// Written by somebody since.
    Changed,
    /// Done by somebody already.
    Done,
    /// Answered before.
    Answered(Kept),
}

/// Writes it. `None` where the evidence has changed since it was made ready.
async fn keep(
    writing: Writing<'_>,
    mut known: Snapshot,
    edit: &Edit,
    ready: Ready,
) -> Answer<Option<Written>> {
    let entry = edit.told(ready.counted.clone(), ready.replaced.clone());
    let entry = entry.entry(writing.app, writing.member)?;
    let work = async |write: Tx| {
        let found = put(writing, &write, &known, edit, &ready).await?;
        let told = matches!(found, Found::Same).then(|| entry.clone());
        Answer::Ok((found, told))
    };
    Ok(match write(&writing.app.store, work).await? {
        Found::Changed => None,
        Found::Done => Some(Written::Already),
        Found::Answered(kept) => Some(Written::Before(kept)),
        Found::Same => {
            let written = ready.parts.into_iter();
            let written = written.map(|(part, change)| (part, change.into_document()));
            known.documents.extend(written);
            Some(Written::Done(Box::new(known)))
        }
    })
}

/// The same within a transaction, which can be done again.
async fn put(
    writing: Writing<'_>,
    write: &Write,
    known: &Snapshot,
    edit: &Edit,
    ready: &Ready,
) -> Answer<Found> {
    let (id, parts) = (known.organization.id, &ready.parts);
    let organization = organizations::lock(write, id).await?;
    if let Some(promised) = writing.promised
        && let Some(kept) = promised.once.given(write).await?
    {
        return Ok(Found::Answered(kept));
    }
    if edit.is_done(write).await? {
        return Ok(Found::Done);
    }
    let revision = stored::revision(&known.documents);
    let same = stored::revision_of(write.tx(), id).await? == revision;
    if !same || organization.revision != known.organization.revision {
        return Ok(Found::Changed);
    }
    let (expected, now) = (Expected::Whole(revision), writing.app.clock.now());
    stored::replace(write, id, expected, parts, now).await?;
    edit.remember(write, writing.member, &ready.changes).await?;
    if let Some(promised) = writing.promised {
        let answer = promised.answer(known.tag_with(parts));
        promised.once.keep(write, answer).await?;
    }
    Ok(Found::Same)
}
