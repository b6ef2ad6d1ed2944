//! Tokens for machines: found by the hash of what was shown once.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use membership_domain::id::{LocationId, OrganizationId, TokenId, UserId};
use membership_domain::roles::{FEED, Permission, Scope, TokenGrant, TokenState};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::entities::optional_id;
use crate::entities::token::{ActiveModel, Column, Entity, Model};
use crate::key::Key;
use crate::{Store, StoreError, Write};

/// A token of an organization.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// UUIDv7.
    pub id: TokenId,
    /// For which organization.
    pub organization: OrganizationId,
    /// Hash of the token; the token itself was shown once.
    pub token_hash: String,
    /// How it begins, so that people can tell which one they have.
    pub hint: String,
    /// As people call it.
    pub name: String,
    /// What it may do and where.
    pub grant: TokenGrant,
    /// Who made it: nobody of the organization, where it is a feed of the program owner.
    pub created_by: Option<UserId>,
    /// When, in real time.
    pub created_at: DateTime<Utc>,
    /// Until when it works, in real time.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to within the interval of [`touch`].
    pub used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// By whom, where it was a person.
    pub revoked_by: Option<UserId>,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Token {
    /// How far it is.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> TokenState {
        TokenState::at(now, self.expires_at, self.revoked_at)
    }

    /// Whether what it writes is confirmed: the program owner's.
    #[must_use]
    pub fn is_feed(&self) -> bool {
        self.created_by.is_none()
            && self
                .grant
                .permissions
                .contains(&Permission::ConfirmEvidence)
    }
}

/// What a feed of the program owner has.
#[must_use]
pub fn feed() -> TokenGrant {
    TokenGrant {
        permissions: FEED.iter().copied().collect(),
        scope: Scope::Organization,
    }
}

/// Adds a token.
pub async fn insert(write: &Write, new: &Token) -> Result<(), StoreError> {
    Entity::insert(row(new)?)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// The token with this hash.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<Token>, StoreError> {
    let row = Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .one(db)
        .await?;
    row.map(Token::try_from).transpose()
}

/// The token of an organization.
pub async fn by_id(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: TokenId,
) -> Result<Option<Token>, StoreError> {
    let row = Entity::find_by_id(Key(id))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .one(db)
        .await?;
    row.map(Token::try_from).transpose()
}

/// The tokens of an organization that work, newest first.
pub async fn active(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<Vec<Token>, StoreError> {
    let rows = Entity::find()
        .filter(is_active(organization, now))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Token::try_from).collect()
}

/// Those that ended, newest first, those before `before`, at most `limit`.
pub async fn ended(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    now: DateTime<Utc>,
    before: Option<TokenId>,
    limit: u64,
) -> Result<Vec<Token>, StoreError> {
    let over = Condition::any()
        .add(Column::RevokedAt.is_not_null())
        .add(Column::ExpiresAt.lte(now));
    let mut find = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(over)
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        find = find.filter(Column::Id.lt(Key(before)));
    }
    let rows = find.all(db).await?;
    rows.into_iter().map(Token::try_from).collect()
}

/// How many tokens of an organization work.
pub async fn count_active(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let active = Entity::find().filter(is_active(organization, now));
    Ok(active.count(db).await?)
}

fn is_active(organization: OrganizationId, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::OrganizationId.eq(Key(organization)))
        .add(Column::RevokedAt.is_null())
        .add(Column::ExpiresAt.gt(now))
}

/// What tokens are called, also ended ones.
pub async fn names(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[TokenId],
) -> Result<HashMap<TokenId, String>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Key<membership_domain::id::Token>, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Id.is_in(ids.iter().map(|id| Key(*id))))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// Ends a token. Whether it was not ended before.
pub async fn revoke(
    write: &Write,
    id: TokenId,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(at))
        .col_expr(Column::RevokedBy, Expr::value(by.map(|id| id.to_string())))
        .filter(Column::Id.eq(Key(id)))
        .filter(Column::RevokedAt.is_null())
        .exec(write.tx())
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Notes a use. It is no change that anybody made, and so not told.
pub async fn touch(store: &Store, id: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(at))
        .filter(Column::Id.eq(Key(id)))
        .exec(store.db())
        .await?;
    Ok(())
}

fn row(token: &Token) -> Result<ActiveModel, StoreError> {
    let codes: Vec<&str> = token
        .grant
        .permissions
        .iter()
        .map(|one| one.code())
        .collect();
    let locations = token.grant.scope.locations().map(serde_json::to_string);
    let locations = locations
        .transpose()
        .map_err(|error| StoreError::Unreadable {
            what: "locations of a token",
            value: error.to_string(),
        })?;
    Ok(ActiveModel {
        id: Set(Key(token.id)),
        organization_id: Set(Key(token.organization)),
        token_hash: Set(token.token_hash.clone()),
        hint: Set(token.hint.clone()),
        name: Set(token.name.clone()),
        permissions: Set(codes.join(" ")),
        locations: Set(locations),
        created_by: Set(token.created_by.map(|id| id.to_string())),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
        used_at: Set(token.used_at),
        revoked_at: Set(token.revoked_at),
        revoked_by: Set(token.revoked_by.map(|id| id.to_string())),
    })
}

impl TryFrom<Model> for Token {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let unreadable = |what, value: &str| StoreError::Unreadable {
            what,
            value: value.to_owned(),
        };
        let permission = |code: &str| {
            Permission::from_code(code).ok_or_else(|| unreadable("permission of a token", code))
        };
        let permissions = row.permissions.split_whitespace().map(permission);
        let scope = match &row.locations {
            None => Scope::Organization,
            Some(json) => {
                let read = serde_json::from_str::<BTreeSet<LocationId>>(json);
                Scope::Locations(read.map_err(|_| unreadable("locations of a token", json))?)
            }
        };
        Ok(Self {
            id: row.id.0,
            organization: row.organization_id.0,
            token_hash: row.token_hash,
            hint: row.hint,
            name: row.name,
            grant: TokenGrant {
                permissions: permissions.collect::<Result<_, _>>()?,
                scope,
            },
            created_by: optional_id(row.created_by)?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
            revoked_at: row.revoked_at,
            revoked_by: optional_id(row.revoked_by)?,
        })
    }
}
