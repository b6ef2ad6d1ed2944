//! What a write of evidence changes: everything, one part, or rows by a file.

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use membership_contract::refusal::Refusal;
use membership_contract::text::en;
use membership_domain::Evidence;
use membership_domain::evidence::{Authority, authority_of_change};
use membership_domain::id::ImportId;
use membership_import::Changes;
use membership_store::Write;
use membership_store::audit::{Action, FieldChange};
use membership_store::imports::{self as history, Import};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::Snapshot;
use super::faults::within;
use crate::change::{Done, json};
use crate::guard::Member;
use crate::http::body::{invalid_at, parse};
use crate::http::problem::{Answer, ApiError};

/// What is written.
#[derive(Debug)]
pub enum Edit {
    /// All parts, as JSON that was not looked at yet.
    Whole(Bytes),
    /// All parts, with what a file adds, and what is remembered of that.
    Import(Box<Evidence>, Import),
    /// What there is, without what an import changed, as it is remembered.
    Undo {
        /// The import's id.
        import: ImportId,
        /// What it changed, as JSON.
        changes: String,
        /// When it is undone.
        at: DateTime<Utc>,
    },
    /// One part, as JSON that was not looked at yet.
    Part(String, Bytes),
}

/// What the history of imports keeps of an import.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// What it changes, as JSON.
    changes: String,
    /// See [`Import::authority`].
    authority: Authority,
}

impl Edit {
    /// The one part that it is about.
    pub fn part(&self) -> Option<&str> {
        match self {
            Self::Whole(_) | Self::Import(..) | Self::Undo { .. } => None,
            Self::Part(part, _) => Some(part),
        }
    }

    /// The evidence as it would be then.
    pub(super) fn applied(&self, known: &Snapshot, before: &Evidence) -> Answer<Evidence> {
        match self {
            Self::Whole(bytes) => parse(bytes),
            Self::Import(evidence, _) => Ok((**evidence).clone()),
            Self::Undo { changes, .. } => {
                let changes: Changes = serde_json::from_str(changes).map_err(ApiError::internal)?;
                let undone = changes.undo(before);
                undone.map_err(|why| Refusal::NotUndone(en::not_undone(&why)).into())
            }
            Self::Part(part, bytes) => {
                let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)?;
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

    /// What has to be remembered to undo it; nothing of what is not undone.
    pub(super) fn changes(&self, before: &Evidence, after: &Evidence) -> Answer<Remembered> {
        match self {
            Self::Import(..) => Ok(Remembered {
                changes: json(&Changes::between(before, after))?,
                authority: authority_of_change(after, before),
            }),
            Self::Whole(_) | Self::Undo { .. } | Self::Part(..) => Ok(Remembered::default()),
        }
    }

    /// The refusal of it, where the evidence that it leads to is refused with these faults.
    pub(super) fn refused(&self, refused: ApiError) -> ApiError {
        match (self, refused.errors().first()) {
            (Self::Undo { .. }, Some(first)) => {
                // What is left would not hold together, or has rows that are not the writer's.
                let detail = match first.code.as_str() {
                    "authority" | "confirmed" | "made_here" => en::UNDO_OF_OTHERS.to_owned(),
                    _ => en::depended_on(&first.detail),
                };
                Refusal::NotUndone(detail).into()
            }
            _ => refused,
        }
    }

    /// Whether somebody did it already, as the writer sees it who holds the lock.
    pub(super) async fn is_done(&self, write: &Write) -> Answer<bool> {
        match self {
            Self::Undo { import, .. } => Ok(history::is_undone(write, *import).await?),
            Self::Whole(_) | Self::Import(..) | Self::Part(..) => Ok(false),
        }
    }

    /// Tells the history of imports of it.
    pub(super) async fn remember(
        &self,
        write: &Write,
        by: &Member,
        known: &Remembered,
    ) -> Answer<()> {
        match self {
            Self::Import(_, import) => {
                let import = Import {
                    authority: known.authority,
                    ..import.clone()
                };
                let changes = known.changes.clone();
                history::insert(write, by.organization, import, changes).await?;
            }
            Self::Undo { import, at, .. } => {
                history::mark_undone(write, *import, by.id(), *at).await?;
            }
            Self::Whole(_) | Self::Part(..) => {}
        }
        Ok(())
    }

    /// For the audit log: what is done to what.
    pub(super) fn told(&self, mut changes: Vec<FieldChange>, detail: Value) -> Done {
        let done = match self {
            Self::Import(_, import) => {
                let file = import.name.as_str();
                changes.insert(0, FieldChange::of("file", Value::Null, file));
                Done::of(Action::EvidenceImport, import.id)
            }
            Self::Undo { import, .. } => Done::of(Action::EvidenceUndo, import),
            Self::Whole(_) => Done::of(Action::EvidenceReplace, "all"),
            Self::Part(part, _) => Done::of(Action::EvidenceReplace, part),
        };
        Done {
            changes,
            detail,
            ..done
        }
    }
}
