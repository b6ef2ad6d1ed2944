//! The job that sends one mail.
//!
//! Mail servers are told at least once: where one took a mail and nobody could write that down, it
//! gets the mail again, with the same `Message-ID`.

use anyhow::Context as _;
use membership_domain::id::MailId;
use membership_store::audit::{Action, Entry};
use membership_store::jobs::{self as stored, Claim};
use membership_store::mails::{self, Mail, MailState};

use super::delivery::Delivered;
use super::{Params, link, message};
use crate::random::NoRandomness;
use crate::write::{Tx, write};
use crate::{App, jobs};

/// What became of an attempt that did not fail.
struct Outcome {
    state: MailState,
    action: Action,
    refusal: Option<String>,
}

/// Sends the mail that the job names, unless that was done.
pub async fn run(app: &App, claim: &Claim) -> anyhow::Result<()> {
    let id: MailId = claim.key.parse().context("the job names no mail")?;
    let mail = mails::by_id(app.store.db(), id).await?;
    let mail = mail.filter(|mail| mail.state == MailState::Queued);
    let outcome = match &mail {
        Some(mail) => send(app, mail).await?,
        None => dropped("it was not waiting to be sent"),
    };
    write(&app.store, async |write: Tx| {
        // First, so that nobody else begins with it meanwhile.
        stored::finish(&write, claim).await?;
        let (now, refusal) = (app.clock.now(), outcome.refusal.clone());
        mails::settle(&write, id, outcome.state, now, refusal).await?;
        let entry = told(app, claim, outcome.action, mail.as_ref())?;
        anyhow::Ok(((), Some(entry)))
    })
    .await
}

/// The audit entry of what became of a mail.
fn told(
    app: &App,
    claim: &Claim,
    action: Action,
    mail: Option<&Mail>,
) -> Result<Entry, NoRandomness> {
    let Some(mail) = mail else {
        return jobs::entry(&app.clock, claim.kind, action, "a mail that is gone");
    };
    let subject = mail.purpose.replace('_', " ");
    Ok(Entry {
        organization: mail.organization,
        about: mail.user,
        detail: serde_json::json!({"mail": mail.id, "document": mail.document}),
        ..jobs::entry(&app.clock, claim.kind, action, subject)?
    })
}

async fn send(app: &App, mail: &Mail) -> anyhow::Result<Outcome> {
    let params: Params = serde_json::from_str(&mail.params).context("its words")?;
    let public_url = &app.settings.mail.public_url;
    let opens = match mail.link {
        Some(id) => match link::token(app, id).await? {
            Some(token) => format!("{public_url}/link#{token}"),
            None => return Ok(dropped("its link no longer works")),
        },
        None => format!("{public_url}{}", params.page.unwrap_or_default()),
    };
    let message = match message::compose(app, mail, &params.about.words(), &opens) {
        Ok(message) => message,
        Err(message::Fault::Recipient) => {
            return Ok(refused("This address can't receive email.".to_owned()));
        }
        Err(message::Fault::Other(error)) => return Err(error),
    };
    match app.delivery.deliver(&message).await? {
        Delivered::Taken => Ok(Outcome {
            state: MailState::Sent,
            action: Action::MailSend,
            refusal: None,
        }),
        Delivered::Refused(said) => Ok(refused(said)),
    }
}

fn refused(said: String) -> Outcome {
    Outcome {
        state: MailState::Refused,
        action: Action::MailRefuse,
        refusal: Some(said),
    }
}

fn dropped(why: &str) -> Outcome {
    Outcome {
        state: MailState::Dropped,
        action: Action::MailDrop,
        refusal: Some(why.to_owned()),
    }
}
