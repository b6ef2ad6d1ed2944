//! One-time links, found by the hash of a token. A link has one token for each time that its mail
//! was tried: all of them work until one is used.

use chrono::{DateTime, Utc};
use membership_domain::id::{LinkId, OrganizationId, UserId};
use membership_domain::link::{LinkCommand, LinkEnded, LinkPurpose, LinkTerm};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::entities::link::{ActiveModel, Column, Entity, Model};
use crate::entities::{link_token, optional_id};
use crate::key::Key;
use crate::{StoreError, Write};

/// Removes the links that were sent to an address, and with that ends those that still work.
pub async fn forget(write: &Write, email: &str) -> Result<(), StoreError> {
    let gone = Entity::delete_many().filter(Column::Email.eq(email));
    gone.exec(write.tx()).await?;
    Ok(())
}

/// A link that was issued, whatever became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// UUIDv7.
    pub id: LinkId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whose account it is about, where there is one.
    pub user: Option<UserId>,
    /// Which organization it is about, if it is about one.
    pub organization: Option<OrganizationId>,
    /// To which address it is sent, as [`crate::users::normalize`] has it.
    pub email: String,
    /// What it is about, together with its purpose: the id of the account, the invitation, ...
    pub subject: String,
    /// In real time.
    pub issued_at: DateTime<Utc>,
    /// How long it lasts, and how it ended.
    pub term: LinkTerm,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("id", &self.id)
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}

/// What became of a try to use a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Used {
    /// It is used now, and the caller does what it is for in the same write.
    Now(Link),
    /// It ended before, and nothing was changed.
    Ended(Link, LinkEnded),
    /// No link of this purpose has such a token.
    Unknown,
}

/// Issues a link, and revokes those that were issued before for the same purpose and subject. The
/// caller holds the row that the subject names, so that of two at once the second one sees the
/// first.
pub async fn issue(write: &Write, link: Link) -> Result<(), StoreError> {
    revoke(write, link.purpose, &link.subject, link.issued_at).await?;
    let row = ActiveModel {
        id: Set(Key(link.id)),
        purpose: Set(link.purpose.code().to_owned()),
        user_id: Set(link.user.map(|id| id.to_string())),
        organization_id: Set(link.organization.map(|id| id.to_string())),
        email: Set(link.email),
        subject: Set(link.subject),
        issued_at: Set(link.issued_at),
        expires_at: Set(link.term.expires_at),
        used_at: Set(link.term.used_at),
        revoked_at: Set(link.term.revoked_at),
    };
    Entity::insert(row)
        .exec_without_returning(write.tx())
        .await?;
    Ok(())
}

/// Lets a token open a link from now on. Nobody asks about it later: who sends the mail says so.
pub async fn add_token(
    db: &impl ConnectionTrait,
    link: LinkId,
    token_hash: String,
) -> Result<(), StoreError> {
    let row = link_token::ActiveModel {
        token_hash: Set(token_hash),
        link_id: Set(Key(link)),
    };
    link_token::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The link with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: LinkId) -> Result<Option<Link>, StoreError> {
    let row = Entity::find_by_id(Key(id)).one(db).await?;
    row.map(Link::try_from).transpose()
}

/// The link that this token opens, whether it still works or not.
pub async fn by_hash(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Link>, StoreError> {
    match id_of(db, token_hash).await? {
        Some(id) => by_id(db, id).await,
        None => Ok(None),
    }
}

/// Uses the link that this token opens, for this purpose. Its row is held until the end of the
/// write: of two at once the second one learns that it was used.
pub async fn use_up(
    write: &Write,
    token_hash: &str,
    purpose: LinkPurpose,
    now: DateTime<Utc>,
) -> Result<Used, StoreError> {
    let Some(id) = id_of(write.tx(), token_hash).await? else {
        return Ok(Used::Unknown);
    };
    let row = Entity::find_by_id(Key(id))
        .filter(Column::Purpose.eq(purpose.code()))
        .lock_exclusive();
    let Some(row) = row.one(write.tx()).await? else {
        return Ok(Used::Unknown);
    };
    let mut link = Link::try_from(row)?;
    match link.term.after(LinkCommand::Use, now) {
        Ok((term, _)) => link.term = term,
        Err(ended) => return Ok(Used::Ended(link, ended)),
    }
    keep(write, &link).await?;
    Ok(Used::Now(link))
}

/// Revokes the links of a purpose about a subject that can still be used. How many there were.
pub async fn revoke(
    write: &Write,
    purpose: LinkPurpose,
    subject: &str,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let rows = Entity::find()
        .filter(Column::Purpose.eq(purpose.code()))
        .filter(Column::Subject.eq(subject))
        .filter(Column::UsedAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .lock_exclusive();
    let mut revoked = 0;
    for row in rows.all(write.tx()).await? {
        let mut link = Link::try_from(row)?;
        // Expired ones stay what they are.
        if let Ok((term, _)) = link.term.after(LinkCommand::Revoke, now) {
            link.term = term;
            keep(write, &link).await?;
            revoked += 1;
        }
    }
    Ok(revoked)
}

/// Keeps how a link ended.
async fn keep(write: &Write, link: &Link) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(link.id)),
        used_at: Set(link.term.used_at),
        revoked_at: Set(link.term.revoked_at),
        ..ActiveModel::default()
    };
    Entity::update(row).validate()?.exec(write.tx()).await?;
    Ok(())
}

async fn id_of(db: &impl ConnectionTrait, token_hash: &str) -> Result<Option<LinkId>, StoreError> {
    let token = link_token::Entity::find_by_id(token_hash).one(db).await?;
    Ok(token.map(|token| token.link_id.0))
}

impl TryFrom<Model> for Link {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let purpose = LinkPurpose::from_code(&row.purpose);
        Ok(Self {
            id: row.id.0,
            purpose: purpose.ok_or(StoreError::Unreadable {
                what: "purpose of a link",
                value: row.purpose,
            })?,
            user: optional_id(row.user_id)?,
            organization: optional_id(row.organization_id)?,
            email: row.email,
            subject: row.subject,
            issued_at: row.issued_at,
            term: LinkTerm {
                expires_at: row.expires_at,
                used_at: row.used_at,
                revoked_at: row.revoked_at,
            },
        })
    }
}
