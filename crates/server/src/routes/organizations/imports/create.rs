//! `POST /api/v1/organizations/{organization}/imports`: imports a file.

use std::mem;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_domain::evidence::Authority;
use membership_import::Kind;
use membership_store::imports::Import;

use super::{Asked, report};
use crate::change::{Change, Keyed, json, sent};
use crate::evidence::Snapshot;
use crate::evidence::edit::Edit;
use crate::evidence::write::{Promised, Writing, replace};
use crate::hash::sha256;
use crate::http::body::File;
use crate::http::if_match::IfMatch;
use crate::http::problem::{Answer, ApiError};
use crate::random;
use crate::turns::{Turn, Watch};

/// Imports everything in a file that is not refused, or nothing. Needs the tag of the whole
/// evidence.
///
/// A file that leaves something open, or changes nothing, is reported and not imported.
#[utoipa::path(
    post, path = paths::IMPORTS, tag = "imports", operation_id = "create_import",
    responses((status = 200, body = ImportReport, headers(("ETag" = String)))),
)]
pub async fn create_import(
    by: Keyed,
    if_match: Answer<IfMatch>,
    asked: Asked,
    File(file): File,
) -> Answer<Response> {
    let change = Change {
        by,
        if_match: if_match?,
    };
    let (app, member) = (&change.by.app, &change.by.member);
    let (place, bytes) = app.turns.receive(member, app.clock.real(), file).await?;
    let turn = app.turns.files.turn(place).await?;
    let (turn, hash) = match change.by.has_key() {
        false => (turn, String::new()),
        true => {
            let bytes = bytes.clone();
            turn.run(move |_| sha256(bytes)).await?
        }
    };
    let once = change.by.once(&(&asked.pairs.0, hash))?;
    if let Some(kept) = once.given_before().await? {
        return Ok(sent(kept, true));
    }
    let known = Snapshot::read(app, member).await?;
    // Also for a file that changes nothing: a writer says what they have read.
    if let Err(stale) = known.expect(&change.if_match, None) {
        // The same request may have been done since it was looked for.
        let kept = once.given_before().await?;
        return kept.map(|kept| sent(kept, true)).ok_or(stale);
    }
    let tag = known.tag(None);
    let name = asked.name.clone();
    let served = app.catalog.clone();
    let work = move |watch: &Watch| -> Answer<_> {
        let mut plan = asked.plan(&bytes, &known, &served.catalog, watch)?;
        let changes = plan.changes_something();
        let evidence = changes.then(|| mem::take(&mut plan.evidence));
        Ok((evidence, report(&plan, changes)))
    };
    let (turn, read) = turn.run(work).await?;
    let (evidence, report) = read?;
    let Some(evidence) = evidence else {
        return Ok(([(header::ETAG, tag)], Json(report)).into_response());
    };
    let import = Import {
        id: random::id(app.clock.real())?,
        name,
        kind: code(report.kind)?,
        counts: json(&report.counts)?,
        imported_by: member.id(),
        imported_at: app.clock.now(),
        undone: None,
        // Found with what it changes.
        authority: Authority::Claimed,
    };
    let promised = Promised {
        once,
        body: json(&report)?,
    };
    let edit = Edit::Import(Box::new(evidence), import);
    written(&change, turn, edit, &promised).await
}

/// Writes what the file changes, and answers as promised.
async fn written(
    change: &Change,
    turn: Turn,
    edit: Edit,
    promised: &Promised<'_>,
) -> Answer<Response> {
    let writing = Writing {
        app: &change.by.app,
        member: &change.by.member,
        if_match: Some(&change.if_match),
        promised: Some(promised),
    };
    let response = replace(writing, turn, edit).await?.response(promised);
    response.ok_or_else(|| ApiError::internal("an import is not done by somebody else"))
}

/// The kind as it is stored, and as the API tells it.
fn code(kind: Kind) -> Answer<String> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        other => Err(ApiError::internal(format!(
            "the kind is no text: {other:?}"
        ))),
    }
}
