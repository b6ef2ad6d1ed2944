//! From the words of a mail to the mail: the same in text and in HTML, to one recipient.

use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use membership_store::mails::Mail;

use super::words::Words;
use crate::App;
use crate::http::html::escaped;

/// A mail as it can be sent and shown.
#[derive(Debug)]
pub struct Composed {
    /// As it goes to a mail server.
    pub message: Message,
    /// To whom.
    pub to: String,
    /// What it says.
    pub words: Words,
    /// What it opens.
    pub opens: String,
    /// Which mail it is.
    pub id: String,
    /// Business time.
    pub at: DateTime<Utc>,
}

/// Why there is no mail.
#[derive(Debug)]
pub enum Fault {
    /// The address is one to which no mail can go.
    Recipient,
    /// Something else, which may pass.
    Other(anyhow::Error),
}

/// Puts a mail together.
pub fn compose(app: &App, mail: &Mail, words: &Words, opens: &str) -> Result<Composed, Fault> {
    let to = mail.recipient.parse().map_err(|_| Fault::Recipient)?;
    let message = built(app, mail, Mailbox::new(None, to), words, opens).map_err(Fault::Other)?;
    Ok(Composed {
        message,
        to: mail.recipient.clone(),
        words: words.clone(),
        opens: opens.to_owned(),
        id: mail.id.to_string(),
        at: app.clock.now(),
    })
}

fn built(
    app: &App,
    mail: &Mail,
    to: Mailbox,
    words: &Words,
    opens: &str,
) -> anyhow::Result<Message> {
    let settings = &app.settings.mail;
    let from: Mailbox = settings.from.parse().context("--mail-from")?;
    let at = u64::try_from(app.clock.real().timestamp()).unwrap_or(0);
    // The same with each attempt, so that a mailbox that got it twice can tell.
    let message_id = format!("<{}@{}>", mail.id, settings.host());
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let parts = MultiPart::alternative()
        .boundary(format!("part-{}", mail.id))
        .singlepart(SinglePart::plain(text(words, opens)))
        .singlepart(SinglePart::html(html(words, opens)));
    let message = Message::builder()
        .from(from)
        .to(to)
        .subject(words.subject.as_str())
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(at))
        .message_id(Some(message_id))
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(parts)?;
    Ok(message)
}

/// As text.
fn text(words: &Words, opens: &str) -> String {
    let mut lines = words.paragraphs.clone();
    lines.push(format!("{}:\n{opens}", words.button));
    lines.push(format!("--\n{}", words.why));
    lines.join("\n\n") + "\n"
}

/// As HTML: nothing in it is fetched.
fn html(words: &Words, opens: &str) -> String {
    let paragraph = |text: &String| format!("<p>{}</p>\n", escaped(text));
    let said: String = words.paragraphs.iter().map(paragraph).collect();
    let (subject, why) = (escaped(&words.subject), escaped(&words.why));
    let (button, opens) = (escaped(words.button), escaped(opens));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{subject}</title>\
         </head>\n<body>\n{said}<p><a href=\"{opens}\">{button}</a></p>\n\
         <p>If the link doesn't open, copy this address: {opens}</p>\n<hr>\n<p>{why}</p>\n\
         </body>\n</html>\n"
    )
}
