//! Mails: queued as a row with its job in the transaction of their cause, and handed to the mail
//! server by that job.
//!
//! A mail says why it came and opens a page. The only secret that it can have is the token of a
//! one-time link, which is made when it is sent and of which only a hash is kept.

pub mod clean;
pub mod delivery;
mod link;
pub mod mailbox;
mod message;
pub mod send;
#[cfg(test)]
pub mod sink;
pub mod smtp;
pub mod words;

use std::path::PathBuf;

use chrono::Duration;
use membership_contract::refusal::Refusal;
use membership_domain::id::{LinkId, MailId, OrganizationId, UserId};
use membership_store::Write;
use membership_store::jobs::Kind;
use membership_store::mails::{self, Mail, MailState};
use membership_store::tries::{self, Bucket, Counted};
use serde::{Deserialize, Serialize};

use crate::hash::sha256;
use crate::http::problem::{Answer, ApiError};
use crate::limiter::Quota;
use crate::{App, jobs, random};

pub use words::About;

/// How mails are sent, and to whom how many.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the pages are, as links have it: `https://app.contoso.example`, without a slash.
    pub public_url: String,
    /// From whom: `Membership <noreply@contoso.example>`.
    pub from: String,
    /// The mail server, if one is named.
    pub smtp: Option<smtp::Address>,
    /// The folder of a developer's mailbox, where there is no mail server.
    pub mailbox: Option<PathBuf>,
    /// Mails that others can cause, to one address.
    pub to_recipient: Quota,
    /// Mails that its people can cause, of one organization.
    pub of_organization: Quota,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:8080".to_owned(),
            from: "Membership <noreply@localhost>".to_owned(),
            smtp: None,
            mailbox: None,
            to_recipient: an_hour(20),
            of_organization: an_hour(1000),
        }
    }
}

impl Settings {
    /// The name of where the pages are.
    pub fn host(&self) -> String {
        let url = url::Url::parse(&self.public_url).ok();
        let host = url.as_ref().and_then(|url| url.host_str());
        host.unwrap_or("localhost").to_owned()
    }
}

fn an_hour(most: u32) -> Quota {
    let refill = Duration::hours(1) / i32::try_from(most).unwrap_or(i32::MAX);
    Quota {
        burst: most,
        refill,
    }
}

/// A mail as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// To which address, as it is compared.
    pub to: String,
    /// Whose address that is, where somebody has an account with it.
    pub user: Option<UserId>,
    /// In whose name it is sent.
    pub organization: Option<OrganizationId>,
    /// What it is about: with the purpose and the address, by which one mail is told from another.
    /// An id; for another sending of the same, see [`again`].
    pub document: String,
    /// What it says.
    pub about: About,
    /// What it opens.
    pub opens: Opens,
}

/// What the one link of a mail opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A one-time link.
    Link(LinkId),
    /// A page of the app, by its path: `/4200001/users`.
    Page(String),
}

/// The document of a mail that is sent once more because somebody asked for it: so that a click that
/// comes twice, with the same number, is one mail.
pub fn again(document: &str, number: u32) -> String {
    format!("{document}/{number}")
}

/// What the words of a mail are made of, as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Params {
    about: About,
    page: Option<String>,
}

/// Queues a mail with what causes it. The same document, purpose and address once more is no second
/// mail: its id is that of the first. 429 where the address or the organization had too many; then
/// the write must not go through, and [`crate::write::write`] sees to that.
pub async fn queue(app: &App, write: &Write, letter: Letter) -> Answer<MailId> {
    let (link, page) = match letter.opens {
        Opens::Link(link) => (Some(link), None),
        Opens::Page(page) => (None, Some(page)),
    };
    let limited = letter.about.is_caused_by_others();
    let purpose = letter.about.purpose();
    let params = Params {
        about: letter.about,
        page,
    };
    let mail = Mail {
        id: random::id(app.clock.real())?,
        document: letter.document,
        purpose: purpose.to_owned(),
        recipient: letter.to.clone(),
        user: letter.user,
        organization: letter.organization,
        link,
        params: serde_json::to_string(&params).map_err(ApiError::internal)?,
        state: MailState::Queued,
        queued_at: app.clock.now(),
        sent_at: None,
        refusal: None,
    };
    let (id, new) = mails::insert(write, mail).await?;
    if !new {
        return Ok(id);
    }
    if limited {
        count(app, write, &letter.to, letter.organization).await?;
    }
    let job = jobs::Task {
        kind: Kind::MailSend,
        key: id.to_string(),
        organization: letter.organization,
        detail: serde_json::json!({}),
        run_at: app.clock.now(),
    };
    jobs::enqueue(app, write, job).await?;
    Ok(id)
}

/// What counts the mails to an address.
const TO: &str = "mail.recipient";
/// What counts the mails of an organization.
const OF: &str = "mail.organization";

async fn count(
    app: &App,
    write: &Write,
    to: &str,
    organization: Option<OrganizationId>,
) -> Answer<()> {
    let settings = &app.settings.mail;
    let bucket = |kind, key, quota: Quota| Bucket {
        kind,
        key,
        burst: quota.burst,
        refill: quota.refill,
    };
    let mut buckets = vec![bucket(TO, sha256(to), settings.to_recipient)];
    if let Some(organization) = organization {
        let key = organization.to_string();
        buckets.push(bucket(OF, key, settings.of_organization));
    }
    let now = app.clock.real();
    let Counted::Refused(place, full_at) = tries::take_within(write, &buckets, now).await? else {
        return Ok(());
    };
    let (whose, quota) = match place {
        0 => ("to this address", settings.to_recipient),
        _ => ("of this organization", settings.of_organization),
    };
    let wait = quota.exhausted(full_at, now).retry_in;
    Err(ApiError::from(Refusal::TooManyMails {
        whose: whose.to_owned(),
        seconds: crate::tries::seconds(wait),
    }))
}

#[cfg(test)]
mod tests;
