//! Mails: one row for a document, a purpose and a recipient, so that nobody gets one twice for the
//! same thing. The words are made when it is sent, and what opens a link is not in here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use membership_domain::id::{LinkId, MailId, OrganizationId, UserId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::entities::mail::{ActiveModel, Column, Entity, Model};
use crate::entities::optional_id;
use crate::key::Key;
use crate::{StoreError, Write};

membership_domain::codes! {
    /// What became of a mail.
    MailState {
        /// It waits for its turn, or for the mail server.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server refused it for good.
        Refused = "refused",
        /// It was not sent: what it is about had ended by then.
        Dropped = "dropped",
    }
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// UUIDv7.
    pub id: MailId,
    /// What it is about: the id of an invitation, of a request.
    pub document: String,
    /// The code of what it is for.
    pub purpose: String,
    /// The address, as it is compared.
    pub recipient: String,
    /// Who gets it, if that is somebody with an account.
    pub user: Option<UserId>,
    /// In whose name it is sent, if that is an organization.
    pub organization: Option<OrganizationId>,
    /// The one-time link that it brings.
    pub link: Option<LinkId>,
    /// What its words say, as JSON; no secrets.
    pub params: String,
    /// What became of it.
    pub state: MailState,
    /// Business time.
    pub queued_at: DateTime<Utc>,
    /// Business time.
    pub sent_at: Option<DateTime<Utc>>,
    /// What the mail server said, without control characters.
    pub refusal: Option<String>,
}

/// Queues a mail, unless there is one for this document, purpose and recipient: its id, and whether
/// it is new.
pub async fn insert(write: &Write, mail: Mail) -> Result<(MailId, bool), StoreError> {
    let id = mail.id;
    let same = Column::Document
        .eq(mail.document.as_str())
        .and(Column::Purpose.eq(mail.purpose.as_str()))
        .and(Column::Recipient.eq(mail.recipient.as_str()));
    let row = ActiveModel {
        id: Set(Key(mail.id)),
        document: Set(mail.document),
        purpose: Set(mail.purpose),
        recipient: Set(mail.recipient),
        user_id: Set(mail.user.map(|id| id.to_string())),
        organization_id: Set(mail.organization.map(|id| id.to_string())),
        link_id: Set(mail.link.map(|id| id.to_string())),
        params: Set(mail.params),
        state: Set(mail.state.code().to_owned()),
        queued_at: Set(mail.queued_at),
        sent_at: Set(mail.sent_at),
        refusal: Set(mail.refusal),
    };
    let once = [Column::Document, Column::Purpose, Column::Recipient];
    let once = OnConflict::columns(once).do_nothing().to_owned();
    let insert = Entity::insert(row).on_conflict(once);
    if insert.exec_without_returning(write.tx()).await? > 0 {
        return Ok((id, true));
    }
    let there = Entity::find().filter(same).one(write.tx()).await?;
    let there = there.ok_or(StoreError::NotFound("mail"))?;
    Ok((there.id.0, false))
}

/// A mail by its id.
pub async fn by_id(db: &impl ConnectionTrait, id: MailId) -> Result<Option<Mail>, StoreError> {
    let found = Entity::find_by_id(Key(id)).one(db).await?;
    found.map(mail).transpose()
}

/// The mails about a document, newest first.
pub async fn of_document(
    db: &impl ConnectionTrait,
    document: &str,
) -> Result<Vec<Mail>, StoreError> {
    let about = Column::Document.eq(document);
    let found = Entity::find().filter(about).order_by_desc(Column::Id);
    found.all(db).await?.into_iter().map(mail).collect()
}

/// The last mails of an organization to an address, newest first: for the page of a person, with
/// what the mail server refused.
pub async fn to_recipient(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    recipient: &str,
    most: u64,
) -> Result<Vec<Mail>, StoreError> {
    let to = Column::Recipient
        .eq(recipient)
        .and(Column::OrganizationId.eq(organization.to_string()));
    let found = Entity::find().filter(to).order_by_desc(Column::Id);
    let found = found.limit(most).all(db).await?;
    found.into_iter().map(mail).collect()
}

/// What the mail server said where it refused the mail about one of these documents, by document.
pub async fn refusals(
    db: &impl ConnectionTrait,
    documents: &[String],
) -> Result<HashMap<String, String>, StoreError> {
    let refused = Entity::find()
        .filter(Column::Document.is_in(documents))
        .filter(Column::State.eq(MailState::Refused.code()));
    let rows = refused.all(db).await?.into_iter();
    let said = rows.map(|row| (row.document, row.refusal.unwrap_or_default()));
    Ok(said.collect())
}

/// Says what became of a queued mail. Whether it was still queued.
pub async fn settle(
    write: &Write,
    id: MailId,
    state: MailState,
    at: DateTime<Utc>,
    refusal: Option<String>,
) -> Result<bool, StoreError> {
    let sent = (state == MailState::Sent).then_some(at);
    let row = ActiveModel {
        state: Set(state.code().to_owned()),
        sent_at: Set(sent),
        refusal: Set(refusal),
        ..Default::default()
    };
    let queued = Column::State.eq(MailState::Queued.code());
    let update = Entity::update_many().set(row).filter(queued);
    let update = update.filter(Column::Id.eq(Key(id)));
    Ok(update.exec(write.tx()).await?.rows_affected > 0)
}

/// The mails to an address, newest first.
pub async fn of_recipient(
    db: &impl ConnectionTrait,
    recipient: &str,
) -> Result<Vec<Mail>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Recipient.eq(recipient))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(mail).collect()
}

/// Removes mails that were queued before an instant and are not queued any longer: how many.
pub async fn clean(write: &Write, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let old = Entity::delete_many()
        .filter(Column::QueuedAt.lt(before))
        .filter(Column::State.ne(MailState::Queued.code()));
    Ok(old.exec(write.tx()).await?.rows_affected)
}

/// Removes the mails to an address, also those that wait: nobody is there to read them, and they
/// name the person. How many.
pub async fn forget(write: &Write, recipient: &str) -> Result<u64, StoreError> {
    let theirs = Entity::delete_many().filter(Column::Recipient.eq(recipient));
    Ok(theirs.exec(write.tx()).await?.rows_affected)
}

/// Removes the mails of an organization that name somebody, also those that wait.
pub async fn forget_named(
    write: &Write,
    organization: OrganizationId,
    name: &str,
) -> Result<u64, StoreError> {
    // As it stands in what the words are made of.
    let quoted = serde_json::Value::from(name).to_string();
    let theirs = Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization.to_string()))
        .filter(Column::Params.contains(quoted));
    Ok(theirs.exec(write.tx()).await?.rows_affected)
}

/// How many mails there are in each state.
pub async fn tally(db: &impl ConnectionTrait) -> Result<Vec<(MailState, u64)>, StoreError> {
    let counted: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "many")
        .group_by(Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let one = |(code, many): (String, i64)| Ok((state(code)?, u64::try_from(many).unwrap_or(0)));
    counted.into_iter().map(one).collect()
}

fn state(value: String) -> Result<MailState, StoreError> {
    MailState::from_code(&value).ok_or(StoreError::Unreadable {
        what: "mail state",
        value,
    })
}

fn mail(row: Model) -> Result<Mail, StoreError> {
    Ok(Mail {
        id: row.id.0,
        document: row.document,
        purpose: row.purpose,
        recipient: row.recipient,
        user: optional_id(row.user_id)?,
        organization: optional_id(row.organization_id)?,
        link: optional_id(row.link_id)?,
        params: row.params,
        state: state(row.state)?,
        queued_at: row.queued_at,
        sent_at: row.sent_at,
        refusal: row.refusal,
    })
}
