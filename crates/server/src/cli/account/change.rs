//! The commands that change an account that is there: each says how many sessions it ended.

use anyhow::ensure;
use clap::Args;
use membership_contract::text::{Plain, Words, en};
use membership_domain::roles::Role;
use membership_store::Store;
use membership_store::organizations::Organization;
use membership_store::sessions::Session;

use super::typed;
use crate::accounts::change::{self, RoleChange};
use crate::cli::idle::Idle;
use crate::clock::Clock;

/// Whose account.
#[derive(Debug, Args)]
pub struct Who {
    /// Email that the account signs in with
    #[arg(long, value_parser = typed::email)]
    email: String,
}

/// Whose roles, where, and what changes.
#[derive(Debug, Args)]
pub struct Roles {
    #[command(flatten)]
    who: Who,
    /// Legal name of the organization; needed where the account has roles in several
    #[arg(long, value_parser = typed::organization)]
    organization: Option<String>,
    /// Which of several organizations with the same name
    #[arg(long, value_parser = typed::partner_id, requires = "organization")]
    partner_id: Option<String>,
    /// Role to add; may be repeated
    #[arg(long, value_name = "CODE", value_parser = typed::roles())]
    add: Vec<Role>,
    /// Role to remove; may be repeated
    #[arg(long, value_name = "CODE", value_parser = typed::roles())]
    remove: Vec<Role>,
}

/// Whose sessions, and whether they end.
#[derive(Debug, Args)]
pub struct Sessions {
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    idle: Idle,
    /// End all of them
    #[arg(long)]
    end: bool,
}

/// `account disable`
pub async fn disable(store: &Store, clock: &Clock, who: Who) -> anyhow::Result<String> {
    let email = &who.email;
    Ok(match change::disable(store, clock, email).await? {
        Some(ended) => format!("Disabled the account {email}. {}", ended_sentence(ended)),
        None => format!("The account {email} is already disabled. Nothing was changed."),
    })
}

/// `account enable`
pub async fn enable(store: &Store, clock: &Clock, who: Who) -> anyhow::Result<String> {
    let email = &who.email;
    Ok(match change::enable(store, clock, email).await? {
        true => format!("Enabled the account {email}. Its password stays the same."),
        false => format!("The account {email} isn't disabled. Nothing was changed."),
    })
}

/// `account second-factor-off`
pub async fn second_factor_off(store: &Store, clock: &Clock, who: Who) -> anyhow::Result<String> {
    let email = &who.email;
    Ok(
        match change::remove_second_factor(store, clock, email).await? {
            Some(ended) => format!(
                "Turned off two-step sign-in for the account {email}. {}",
                ended_sentence(ended)
            ),
            None => format!("The account {email} has no two-step sign-in. Nothing was changed."),
        },
    )
}

/// `account password`
pub async fn password(store: &Store, clock: &Clock, who: Who) -> anyhow::Result<String> {
    let email = &who.email;
    let ended = change::password(store, clock, email, typed::ask).await?;
    let ended = ended_sentence(ended);
    Ok(format!(
        "Changed the password of the account {email}. {ended}"
    ))
}

/// `account roles`
pub async fn roles(store: &Store, clock: &Clock, options: Roles) -> anyhow::Result<String> {
    let email = options.who.email;
    let both = options
        .add
        .iter()
        .find(|role| options.remove.contains(role));
    ensure!(
        both.is_none(),
        "--remove: a role can't be added and removed at once; choose one"
    );
    let lists = options.add.is_empty() && options.remove.is_empty();
    let wanted = RoleChange {
        email: email.clone(),
        organization: options.organization.map(|name| (name, options.partner_id)),
        add: options.add,
        remove: options.remove,
    };
    if lists {
        let held = change::roles(store, &wanted).await?;
        let lines: Vec<_> = held
            .iter()
            .map(|(at, roles)| held_line(at, roles))
            .collect();
        return Ok(match lines.is_empty() {
            true => format!("The account {email} has no roles there."),
            false => lines.join("\n"),
        });
    }
    let changed = change::change_roles(store, clock, wanted).await?;
    let line = held_line(&changed.organization, &changed.held);
    Ok(match changed.ended {
        Some(ended) => format!(
            "Changed the roles of {email}. {line}\n{}",
            ended_sentence(ended)
        ),
        None => format!("{line} Nothing was changed."),
    })
}

/// `account sessions`
pub async fn sessions(store: &Store, clock: &Clock, options: Sessions) -> anyhow::Result<String> {
    let email = &options.who.email;
    if options.end {
        let ended = change::end_sessions(store, clock, email).await?;
        return Ok(ended_sentence(ended));
    }
    let open = change::sessions(store, clock, email, options.idle.duration()).await?;
    let lines: Vec<_> = open.iter().map(session_line).collect();
    Ok(match lines.is_empty() {
        true => format!("The account {email} has no sessions."),
        false => lines.join("\n"),
    })
}

fn held_line(at: &Organization, roles: &[Role]) -> String {
    let names: Vec<_> = roles
        .iter()
        .map(|role| en::role(*role).to_owned())
        .collect();
    let names = match names.is_empty() {
        true => "no role".to_owned(),
        false => Plain.list(&names),
    };
    format!("{}, PartnerID {}: {names}.", at.name, at.partner_id)
}

/// A session has no name that could be told: its token is a secret.
fn session_line(session: &Session) -> String {
    let at = |instant: chrono::DateTime<chrono::Utc>| instant.format("%Y-%m-%d %H:%M UTC");
    format!(
        "Signed in at {}, last used at {}, ends at {}.",
        at(session.created_at),
        at(session.seen_at),
        at(session.expires_at)
    )
}

fn ended_sentence(ended: u64) -> String {
    match ended {
        0 => "No sessions were open.".to_owned(),
        1 => "1 session ended.".to_owned(),
        more => format!("{more} sessions ended."),
    }
}
