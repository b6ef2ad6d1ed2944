//! The audit log: who changed what, when, by which request. Entries are only ever added.

use chrono::{DateTime, Utc};
use membership_domain::id::{EntryId, OrganizationId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::StoreError;
use crate::entities::audit_entry::{ActiveModel, Column, Entity, Model};
use crate::entities::optional_id;
use crate::key::Key;

membership_domain::codes! {
    /// What was done. A code that was stored once keeps its meaning for good.
    Action {
        /// A session began.
        SignIn = "sign_in",
        /// A person ended a session.
        SignOut = "sign_out",
        /// A sign-in failed.
        SignInFail = "sign_in.fail",
        /// Something else ended a session: time, another sign-in, the command line.
        SessionEnd = "session.end",
        /// Something was refused to a role, to a stranger, or to another site.
        AccessRefuse = "access.refuse",
        /// Evidence left in a form for other programs.
        EvidenceExport = "evidence.export",
        /// Evidence was replaced, as a whole or a part of it.
        EvidenceReplace = "evidence.replace",
        /// A file was imported.
        EvidenceImport = "evidence.import",
        /// An import was undone.
        EvidenceUndo = "evidence.undo",
        /// Company data changed.
        OrganizationChange = "organization.change",
        /// A location was added.
        LocationAdd = "location.add",
        /// A location changed.
        LocationChange = "location.change",
        /// A location was removed.
        LocationRemove = "location.remove",
        /// The clock of a demo was set.
        ClockSet = "clock.set",
        /// An account was added.
        AccountAdd = "account.add",
        /// An account was disabled.
        AccountDisable = "account.disable",
        /// An account was enabled.
        AccountEnable = "account.enable",
        /// An account got another password.
        AccountPassword = "account.password",
        /// An account that was there got roles.
        RoleAdd = "role.add",
        /// An account's roles changed.
        RoleChange = "role.change",
        /// A mail was handed to the mail server.
        MailSend = "mail.send",
        /// The mail server refused a mail for good.
        MailRefuse = "mail.refuse",
        /// A mail was not sent, because what it is about had ended.
        MailDrop = "mail.drop",
        /// Old mails were removed.
        MailClean = "mail.clean",
        /// Jobs that were given up, or wait, are done again.
        JobRetry = "job.retry",
        /// The database became a demo's or one for real data.
        DatabaseDeclare = "database.declare",
        /// A demo was filled in.
        DemoSeed = "demo.seed",
    }
}

impl PartialEq<&str> for Action {
    fn eq(&self, code: &&str) -> bool {
        self.code() == *code
    }
}

/// One change, as it is told afterwards. No secrets and no email addresses in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// UUIDv7.
    pub id: EntryId,
    /// By the server's clock.
    pub at: DateTime<Utc>,
    /// Who; none for the server itself.
    pub user: Option<UserId>,
    /// Whose thing was changed, if it is an organization's.
    pub organization: Option<OrganizationId>,
    /// What was done.
    pub action: Action,
    /// To what: an id or a name.
    pub subject: String,
    /// More facts, as JSON.
    pub detail: serde_json::Value,
    /// The request that did it.
    pub request_id: String,
}

pub(crate) async fn append(tx: &DatabaseTransaction, entry: Entry) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(Key(entry.id)),
        at: Set(entry.at),
        user_id: Set(entry.user.map(|id| id.to_string())),
        organization_id: Set(entry.organization.map(|id| id.to_string())),
        action: Set(entry.action.code().to_owned()),
        subject: Set(entry.subject),
        detail: Set(entry.detail.to_string()),
        request_id: Set(entry.request_id),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The newest entries of an organization, newest first, at most `limit`.
pub async fn of_organization(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(organization.to_string()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The newest entries of all, newest first, at most `limit`.
pub async fn newest(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Entry>, StoreError> {
    let rows = Entity::find()
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// Whether there is an entry of this action.
pub async fn has(db: &impl ConnectionTrait, action: Action) -> Result<bool, StoreError> {
    let found = Entity::find()
        .filter(Column::Action.eq(action.code()))
        .one(db);
    Ok(found.await?.is_some())
}

fn entry(row: Model) -> Result<Entry, StoreError> {
    let detail = serde_json::from_str(&row.detail).map_err(|_| StoreError::Unreadable {
        what: "audit detail",
        value: row.id.0.to_string(),
    })?;
    let action = Action::from_code(&row.action).ok_or_else(|| StoreError::Unreadable {
        what: "audit action",
        value: row.action.clone(),
    })?;
    Ok(Entry {
        id: row.id.0,
        at: row.at,
        user: optional_id(row.user_id)?,
        organization: optional_id(row.organization_id)?,
        action,
        subject: row.subject,
        detail,
        request_id: row.request_id,
    })
}
