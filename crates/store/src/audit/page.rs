//! Pages of an organization's log: found by who, what, for whom, to what and when, newest first.

use chrono::{DateTime, Utc};
use membership_domain::audit::Actor;
use membership_domain::id::{EntryId, OrganizationId, SessionId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde_json::Value;

use super::entry::{actor, parsed};
use super::personal::{Personal, of_entries};
use crate::StoreError;
use crate::entities::audit_entry::{Column, Entity, Model};
use crate::entities::optional_id;
use crate::key::Key;

/// What is asked for: entries for which all of it is true.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Who did it.
    pub user: Option<UserId>,
    /// For whom it was done.
    pub about: Option<UserId>,
    /// The code of what was done.
    pub action: Option<String>,
    /// To what, exactly.
    pub subject: Option<String>,
    /// Not before this.
    pub from: Option<DateTime<Utc>>,
    /// Before this.
    pub until: Option<DateTime<Utc>>,
}

/// Where an entry is in the order of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When it was.
    pub at: DateTime<Utc>,
    /// Which one of those of that moment.
    pub id: EntryId,
}

/// An entry as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Where it is.
    pub place: Place,
    /// What did it.
    pub actor: Actor,
    /// The id of a token, the kind of a job.
    pub by: Option<String>,
    /// Who.
    pub user: Option<UserId>,
    /// In which session.
    pub session: Option<SessionId>,
    /// For whom.
    pub about: Option<UserId>,
    /// The code of what was done: of another version, too.
    pub action: String,
    /// To what.
    pub subject: String,
    /// More facts.
    pub detail: Value,
    /// The array of changes. A personal value stands in it as its hash.
    pub changes: Value,
    /// Personal values that were not erased.
    pub personal: Vec<Personal>,
    /// The request.
    pub request_id: String,
}

/// At most `limit` entries of an organization, or of none, behind a place.
pub async fn page(
    db: &impl ConnectionTrait,
    organization: Option<OrganizationId>,
    sought: &Sought,
    behind: Option<Place>,
    limit: u64,
) -> Result<Vec<Shown>, StoreError> {
    let mut rows = found(sought, db.get_database_backend()).filter(match organization {
        Some(id) => Column::OrganizationId.eq(id.to_string()),
        None => Column::OrganizationId.is_null(),
    });
    if let Some(Place { at, id }) = behind {
        let place = Expr::tuple([Expr::col(Column::At), Expr::col(Column::Id)]);
        let known = Expr::tuple([Expr::value(at), Expr::value(Key(id))]);
        rows = rows.filter(place.lt(known));
    }
    let newest = rows.order_by_desc(Column::At).order_by_desc(Column::Id);
    let rows = newest.limit(limit).all(db).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id.0).collect();
    let mut personal = of_entries(db, &ids).await?;
    let shown = |row: Model| {
        let beside = personal.remove(&row.id.0).unwrap_or_default();
        shown(row, beside)
    };
    rows.into_iter().map(shown).collect()
}

/// What is asked for, by one index, which has the other columns too. SQLite does not count its rows
/// and could choose a worse one: there the others are compared in a way that no index is found by.
fn found(sought: &Sought, backend: DbBackend) -> Select<Entity> {
    let text = |id: Option<UserId>| id.map(|id| id.to_string());
    let conditions = [
        (Column::Subject, sought.subject.clone()),
        (Column::AboutId, text(sought.about)),
        (Column::UserId, text(sought.user)),
        (Column::Action, sought.action.clone()),
    ];
    let (mut rows, mut indexed) = (Entity::find(), false);
    for (column, value) in conditions {
        let Some(value) = value else { continue };
        rows = if indexed && backend == DbBackend::Sqlite {
            let known = Func::coalesce([Expr::col(column), Expr::value("")]);
            rows.filter(Expr::from(known).eq(value))
        } else {
            rows.filter(column.eq(value))
        };
        indexed = true;
    }
    if let Some(from) = sought.from {
        rows = rows.filter(Column::At.gte(from));
    }
    match sought.until {
        Some(until) => rows.filter(Column::At.lt(until)),
        None => rows,
    }
}

fn shown(row: Model, personal: Vec<Personal>) -> Result<Shown, StoreError> {
    let id = row.id.0;
    Ok(Shown {
        place: Place { at: row.at, id },
        actor: actor(&row),
        by: row.by_id,
        user: optional_id(row.user_id)?,
        session: optional_id(row.session_id)?,
        about: optional_id(row.about_id)?,
        action: row.action,
        subject: row.subject,
        detail: parsed(id, &row.detail)?,
        changes: row
            .changes
            .map_or(Ok(Value::Null), |text| parsed(id, &text))?,
        personal,
        request_id: row.request_id,
    })
}
