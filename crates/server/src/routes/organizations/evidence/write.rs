//! Writing evidence: what is brought is read and checked before anything is locked, and written if
//! what it was checked against is still what there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use membership_contract::problem::code;
use membership_domain::evidence::Writer;
use membership_domain::{Catalog, Evidence};
use membership_import::Changes;
use membership_store::audit::Action;
use membership_store::evidence::{self as stored, Change, Expected};
use membership_store::imports::{self as history, Import};
use membership_store::{audit, organizations};
use serde::de::IgnoredAny;
use serde_json::Value;
use uuid::Uuid;

use super::parts::{differing, documents};
use super::refused::{refuse_faults, within};
use super::{Known, digest};
use crate::guard::Member;
use crate::http::body::{invalid_at, parse};
use crate::http::observe::RequestId;
use crate::http::problem::{Answer, ApiError};
use crate::routes::organizations::imports;
use crate::turns::{Turn, Watch};
use crate::{App, sessions};

/// Somebody else may write another part meanwhile; then it is checked with that once more.
const ATTEMPTS: usize = 5;

/// What a write brings: everything, or one part with its name.
pub enum Brought {
    /// All parts, as JSON that was not looked at yet.
    Whole(Bytes),
    /// All parts, with what a file adds, and what is remembered of that.
    Import(Box<Evidence>, Import),
    /// What there is, without what an import changed, as it is remembered.
    Undo(Uuid, String),
    /// One part, as JSON that was not looked at yet.
    Part(String, Bytes),
}

impl Brought {
    fn part(&self) -> Option<&str> {
        match self {
            Self::Whole(_) | Self::Import(..) | Self::Undo(..) => None,
            Self::Part(part, _) => Some(part),
        }
    }

    /// The evidence as it would be then.
    fn applied(&self, known: &Known, before: &Evidence) -> Answer<Evidence> {
        match self {
            Self::Whole(bytes) => parse(bytes),
            Self::Import(evidence, _) => Ok((**evidence).clone()),
            Self::Undo(_, changes) => {
                let changes: Changes = serde_json::from_str(changes).map_err(ApiError::internal)?;
                let undone = changes.undo(before);
                undone.map_err(|why| imports::not_undone(&why))
            }
            Self::Part(part, bytes) => {
                let text = std::str::from_utf8(bytes).map_err(|_| no_text())?;
                // One value and nothing behind it, before it is put among the others.
                let _: IgnoredAny = parse(bytes)?;
                let whole = known.json(Some((part, text)))?;
                parse(whole.as_bytes()).map_err(|refused| match refused.errors().first() {
                    Some(error) => invalid_at(within(part, &error.pointer), &error.detail),
                    None => refused,
                })
            }
        }
    }

    /// For the audit log: what is done to what.
    fn told(&self) -> (Action, String) {
        match self {
            Self::Import(_, import) => (Action::EvidenceImport, import.id.to_string()),
            Self::Undo(import, _) => (Action::EvidenceUndo, import.to_string()),
            Self::Whole(_) => (Action::EvidenceReplace, "all".to_owned()),
            Self::Part(part, _) => (Action::EvidenceReplace, part.clone()),
        }
    }
}

/// Replaces evidence, if the writer knows the present state and the result can be used, in a turn
/// that ends with the write: nobody waits for a client that takes its answer slowly.
pub async fn replace(
    app: &App,
    member: &Member,
    request_id: &RequestId,
    headers: &HeaderMap,
    mut turn: Turn,
    brought: Brought,
) -> Answer<Known> {
    // An import is undone row by row, and each row says itself whether it was changed since.
    let undo = matches!(brought, Brought::Undo(..));
    let brought = Arc::new(brought);
    for _ in 0..ATTEMPTS {
        let known = Known::read(app, member).await?;
        if let Some(part) = brought.part() {
            // An address that there is not is told before anything else.
            known.part(part)?;
        }
        if !undo {
            known.expect(headers, brought.part())?;
        }
        let (served, write) = (Arc::clone(&app.catalog), Arc::clone(&brought));
        let most = app.settings.evidence;
        let writer = member.writer();
        let work = move |watch: &Watch| {
            let ready = prepare(&known, &write, writer, &served.catalog, most, watch);
            ready.map(|ready| (known, ready))
        };
        let (still, done) = turn.run(work).await?;
        turn = still;
        let (known, ready) = match done {
            Err(refused) if undo && !refused.errors().is_empty() => {
                return Err(imports::depended_on(refused));
            }
            done => done?,
        };
        let (action, subject) = brought.told();
        let (user, id) = (member.caller.user.id, Some(member.organization));
        let mut entry = sessions::entry(app, request_id, user, id, action, subject)?;
        entry.detail = ready.replaced.clone();
        if let Some(known) = keep(app, known, &brought, ready, entry).await? {
            return Ok(known);
        }
    }
    let detail = "Others change this evidence at the same time, so nothing was changed. Try again.";
    let refused = ApiError::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY, detail);
    Err(refused.with_header(header::RETRY_AFTER, "1"))
}

/// What is ready to be written.
struct Ready {
    /// The parts that are written.
    parts: BTreeMap<String, Change>,
    /// What an import changes, as JSON.
    changes: String,
    /// For the audit log: what is replaced.
    replaced: Value,
}

/// Everything that takes long. Nobody is kept waiting by it.
fn prepare(
    known: &Known,
    brought: &Brought,
    writer: Writer,
    catalog: &Catalog,
    most: usize,
    watch: &Watch,
) -> Answer<Ready> {
    let before = known.evidence(watch)?;
    let after = brought.applied(known, &before)?;
    watch.expect()?;
    refuse_faults(known, &before, &after, writer, catalog, brought.part())?;
    let parts = documents(&after, brought.part())?;
    let others = known.documents.iter();
    let others = others.filter(|(part, _)| !parts.contains_key(*part));
    let size = others.map(|(_, other)| other.size()).sum::<usize>()
        + parts.values().map(String::len).sum::<usize>();
    if size > most {
        return Err(too_large(most));
    }
    let changes = match brought {
        Brought::Import(..) => serde_json::to_string(&Changes::between(&before, &after)),
        Brought::Whole(_) | Brought::Undo(..) | Brought::Part(..) => Ok(String::new()),
    };
    let changes = changes.map_err(ApiError::internal)?;
    let replaced = digest::replaced(&known.documents, &parts)?;
    let parts = differing(&known.documents, parts)?;
    Ok(Ready {
        parts,
        changes,
        replaced,
    })
}

/// Writes it. `None` where the evidence has changed since it was made ready.
async fn keep(
    app: &App,
    known: Known,
    brought: &Brought,
    ready: Ready,
    entry: audit::Entry,
) -> Answer<Option<Known>> {
    let (id, now) = (known.organization.id, app.clock.now());
    let write = app.store.write().await?;
    let organization = organizations::lock(&write, id).await?;
    if let Brought::Undo(import, _) = brought
        && history::is_undone(&write, *import).await?
    {
        // Somebody else was quicker: it is done once.
        return Ok(Some(known));
    }
    let revision = stored::revision(&known.documents);
    let same = stored::revision_of(write.tx(), id).await? == revision;
    if !same || organization.revision != known.organization.revision {
        return Ok(None);
    }
    let expected = Expected::Whole(revision);
    let written = stored::replace(&write, id, expected, ready.parts, now).await?;
    let mut documents = known.documents;
    documents.extend(written);
    match brought {
        Brought::Import(_, import) => {
            history::insert(&write, id, import.clone(), ready.changes).await?;
        }
        Brought::Undo(import, _) => {
            let by = entry.user.unwrap_or_default();
            history::mark_undone(&write, *import, by, now).await?;
        }
        Brought::Whole(_) | Brought::Part(..) => {}
    }
    write.commit(entry).await?;
    Ok(Some(Known {
        organization,
        documents,
    }))
}

fn no_text() -> ApiError {
    let detail = "The body isn't valid JSON: it isn't in UTF-8. Nothing was changed.";
    ApiError::new(StatusCode::BAD_REQUEST, code::MALFORMED, detail)
}

/// 413: with what is there already.
fn too_large(most: usize) -> ApiError {
    let detail = format!(
        "The evidence would be larger than {} MB; nothing was changed. Remove what you no longer \
         need, such as usage from years that no rule uses.",
        most / (1024 * 1024)
    );
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, detail)
}
