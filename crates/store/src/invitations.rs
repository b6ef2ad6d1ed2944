//! Invitations: whom somebody asked to join an organization, and with which roles.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use membership_domain::id::{InvitationId, LocationId, OrganizationId, UserId};
use membership_domain::invitation::InvitationState;
use membership_domain::roles::{Grant, Role, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::{Deserialize, Serialize};

use crate::entities::invitation::{ActiveModel, Column, Entity, Model};
use crate::entities::optional_id;
use crate::key::Key;
use crate::{StoreError, Write};

/// An invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// UUIDv7.
    pub id: InvitationId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// Normalized.
    pub email: String,
    /// What the person gets with it.
    pub grants: Vec<Grant>,
    /// Who invited.
    pub invited_by: UserId,
    /// When, by the business day.
    pub invited_at: DateTime<Utc>,
    /// When it was last sent, in real time.
    pub sent_at: DateTime<Utc>,
    /// Until when it can be accepted, in real time.
    pub expires_at: DateTime<Utc>,
    /// How often it was sent.
    pub sendings: i64,
    /// As it was decided; open also where it expired.
    pub state: InvitationState,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom, where that is known.
    pub decided_by: Option<UserId>,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A grant as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locations: Option<BTreeSet<LocationId>>,
}

/// Adds an invitation. Another one of this address that is open is a [`StoreError::Duplicate`].
pub async fn insert(write: &Write, new: &Invitation) -> Result<(), StoreError> {
    Entity::insert(row(new)?)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Keeps an invitation as it is now.
pub async fn update(write: &Write, changed: &Invitation) -> Result<(), StoreError> {
    Entity::update(row(changed)?)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The invitation of an organization.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: InvitationId,
) -> Result<Option<Invitation>, StoreError> {
    let key = (Key(organization), Key(id));
    let row = Entity::find_by_id(key).one(db).await?;
    row.map(Invitation::try_from).transpose()
}

/// The open invitation of an address, however it is written; also an expired one.
pub async fn open(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    email: &str,
) -> Result<Option<Invitation>, StoreError> {
    let row = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Email.eq(crate::users::normalize(email)))
        .filter(Column::State.eq(InvitationState::Open.code()))
        .one(db)
        .await?;
    row.map(Invitation::try_from).transpose()
}

/// The invitations of an organization, newest first, those before `before`, at most `limit`.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: Option<InvitationId>,
    limit: u64,
) -> Result<Vec<Invitation>, StoreError> {
    let mut find = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        find = find.filter(Column::Id.lt(Key(before)));
    }
    let rows = find.all(db).await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Whether an address is invited anywhere, by an invitation that can be accepted at this moment.
pub async fn is_invited(
    db: &impl ConnectionTrait,
    email: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let open = Entity::find()
        .filter(Column::Email.eq(crate::users::normalize(email)))
        .filter(Column::State.eq(InvitationState::Open.code()))
        .filter(Column::ExpiresAt.gt(now));
    Ok(open.count(db).await? > 0)
}

/// The invitations of an organization that can be accepted at this moment.
pub async fn acceptable(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<Vec<Invitation>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::State.eq(InvitationState::Open.code()))
        .filter(Column::ExpiresAt.gt(now))
        .all(db)
        .await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Erases an address in the invitations of an organization, none of which can be accepted any more,
/// nor sent again after this. Which ones those are.
pub async fn forget(
    write: &Write,
    organization: OrganizationId,
    email: &str,
) -> Result<Vec<InvitationId>, StoreError> {
    let over = Condition::all()
        .add(Column::OrganizationId.eq(Key(organization)))
        .add(Column::Email.eq(crate::users::normalize(email)));
    let ids: Vec<Key<membership_domain::id::Invitation>> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(over.clone())
        .into_tuple()
        .all(write.tx())
        .await?;
    let unanswered = [InvitationState::Open, InvitationState::Declined];
    let unanswered = unanswered.map(InvitationState::code);
    Entity::update_many()
        .col_expr(Column::State, Expr::value(InvitationState::Revoked.code()))
        .filter(over.clone())
        .filter(Column::State.is_in(unanswered))
        .exec(write.tx())
        .await?;
    Entity::update_many()
        .col_expr(Column::Email, Expr::value(""))
        .filter(over)
        .exec(write.tx())
        .await?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// How many invitations of an organization nobody has answered, expired ones too.
pub async fn count_open(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<u64, StoreError> {
    let open = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::State.eq(InvitationState::Open.code()));
    Ok(open.count(db).await?)
}

fn row(invitation: &Invitation) -> Result<ActiveModel, StoreError> {
    let stored = |grant: &Grant| Stored {
        role: grant.role,
        locations: grant.scope.locations().cloned(),
    };
    let grants: Vec<Stored> = invitation.grants.iter().map(stored).collect();
    let grants = serde_json::to_string(&grants).map_err(|error| StoreError::Unreadable {
        what: "grants of an invitation",
        value: error.to_string(),
    })?;
    Ok(ActiveModel {
        organization_id: Set(Key(invitation.organization)),
        id: Set(Key(invitation.id)),
        email: Set(invitation.email.clone()),
        grants: Set(grants),
        invited_by: Set(Key(invitation.invited_by)),
        invited_at: Set(invitation.invited_at),
        sent_at: Set(invitation.sent_at),
        expires_at: Set(invitation.expires_at),
        sendings: Set(invitation.sendings),
        state: Set(invitation.state.code().to_owned()),
        decided_at: Set(invitation.decided_at),
        decided_by: Set(invitation.decided_by.map(|id| id.to_string())),
    })
}

impl TryFrom<Model> for Invitation {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let unreadable = |what, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        let state = InvitationState::from_code(&row.state)
            .ok_or_else(|| unreadable("state of an invitation", &row.state))?;
        let grants: Vec<Stored> = serde_json::from_str(&row.grants)
            .map_err(|_| unreadable("grants of an invitation", &row.grants))?;
        let grant = |stored: Stored| Grant {
            role: stored.role,
            scope: match stored.locations {
                None => Scope::Organization,
                Some(all) => Scope::Locations(all),
            },
        };
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            email: row.email,
            grants: grants.into_iter().map(grant).collect(),
            invited_by: row.invited_by.0,
            invited_at: row.invited_at,
            sent_at: row.sent_at,
            expires_at: row.expires_at,
            sendings: row.sendings,
            state,
            decided_at: row.decided_at,
            decided_by: optional_id(row.decided_by)?,
        })
    }
}
