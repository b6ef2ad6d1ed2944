//! Requests: what people of an organization asked for, and what was decided.

use chrono::{DateTime, Utc};
use membership_domain::id::{OrganizationId, RequestId, UserId};
use membership_domain::request::{RequestKind, RequestState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::optional_id;
use crate::entities::request::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{StoreError, Write};

/// More than one person, or one location, can have waiting: each role and each location once.
pub const MOST_WAITING: u64 = 10_000;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// UUIDv7.
    pub id: RequestId,
    /// In which organization.
    pub organization: OrganizationId,
    /// What is asked for.
    pub kind: RequestKind,
    /// A role's code, or the id of a location.
    pub subject: String,
    /// Why, in the words of who asks.
    pub reason: String,
    /// Who asks.
    pub asked_by: UserId,
    /// When, by the business day.
    pub asked_at: DateTime<Utc>,
    /// How far it is.
    pub state: RequestState,
    /// Who decided, where a person of the organization did.
    pub decided_by: Option<UserId>,
    /// When it was decided or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// What was said with the decision.
    pub note: String,
}

/// Adds a request. The same one of the same person that is pending is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: Request) -> Result<(), StoreError> {
    Entity::insert(row(new))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Keeps a request as it is now.
pub async fn update(write: &Write, changed: Request) -> Result<(), StoreError> {
    Entity::update(row(changed))
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The request of an organization.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: RequestId,
) -> Result<Option<Request>, StoreError> {
    let key = (Key(organization), Key(id));
    let row = Entity::find_by_id(key).one(db).await?;
    row.map(Request::try_from).transpose()
}

/// Erases the words in the requests of a person; that they asked stays.
pub async fn forget(
    write: &Write,
    organization: OrganizationId,
    user: UserId,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Reason, Expr::value(""))
        .col_expr(Column::Note, Expr::value(""))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::AskedBy.eq(Key(user)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// Which requests of an organization.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'w> {
    /// Of this kind.
    pub kind: Option<RequestKind>,
    /// Of this person.
    pub asked_by: Option<UserId>,
    /// About one of these; anything where there are none.
    pub subjects: &'w [&'w str],
    /// Those that wait.
    pub pending: bool,
}

/// The requests of an organization, newest first, at most `limit`.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    wanted: Wanted<'_>,
    limit: u64,
) -> Result<Vec<Request>, StoreError> {
    let mut find = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(kind) = wanted.kind {
        find = find.filter(Column::Kind.eq(kind.code()));
    }
    if let Some(person) = wanted.asked_by {
        find = find.filter(Column::AskedBy.eq(Key(person)));
    }
    if !wanted.subjects.is_empty() {
        find = find.filter(Column::Subject.is_in(wanted.subjects.iter().copied()));
    }
    if wanted.pending {
        find = find.filter(Column::State.eq(RequestState::Pending.code()));
    }
    let rows = find.all(db).await?;
    rows.into_iter().map(Request::try_from).collect()
}

/// The requests of this kind that wait, of all organizations, those that wait longest first.
pub async fn pending(
    db: &impl ConnectionTrait,
    kind: RequestKind,
) -> Result<Vec<Request>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Kind.eq(kind.code()))
        .filter(Column::State.eq(RequestState::Pending.code()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Request::try_from).collect()
}

fn row(request: Request) -> ActiveModel {
    ActiveModel {
        organization_id: Set(Key(request.organization)),
        id: Set(Key(request.id)),
        kind: Set(request.kind.code().to_owned()),
        subject: Set(request.subject),
        reason: Set(request.reason),
        asked_by: Set(Key(request.asked_by)),
        asked_at: Set(request.asked_at),
        state: Set(request.state.code().to_owned()),
        decided_by: Set(request.decided_by.map(|id| id.to_string())),
        decided_at: Set(request.decided_at),
        note: Set(request.note),
    }
}

impl TryFrom<Model> for Request {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let unreadable = |what, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            kind: RequestKind::from_code(&row.kind)
                .ok_or_else(|| unreadable("kind of a request", &row.kind))?,
            subject: row.subject,
            reason: row.reason,
            asked_by: row.asked_by.0,
            asked_at: row.asked_at,
            state: RequestState::from_code(&row.state)
                .ok_or_else(|| unreadable("state of a request", &row.state))?,
            decided_by: optional_id(row.decided_by)?,
            decided_at: row.decided_at,
            note: row.note,
        })
    }
}
