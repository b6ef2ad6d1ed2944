//! How long pages of the people of an organization with 10,000 users take, by each filter and order,
//! at the beginning and at the end; and of its invitations, tokens and requests.
//!
//! `cargo run --profile server -p membership-server --example people`, after
//! `cargo build --profile server -p membership-server`; `MEMBERSHIP_SERVER_BIN` names another
//! build, `DATABASE_URL` an empty database (SQLite in a temporary folder).

#[allow(dead_code, reason = "compressed answers are for the load")]
#[path = "../load/client.rs"]
mod client;
#[path = "../load/pages.rs"]
mod pages;
#[allow(dead_code, reason = "the bare route, and memory, are for the load")]
#[path = "../load/running.rs"]
mod running;

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::invitation::InvitationState;
use membership_domain::roles::{Grant, Role};
use membership_store::audit::{Action, Entry, Salt};
use membership_store::grants::{self, Given};
use membership_store::invitations::{self, Invitation};
use membership_store::users::{self, User};
use membership_store::{Store, Write, members};

use client::{Caller, Client};
use running::Running;

/// So many people.
const MANY: u32 = 10_000;
/// People in a transaction.
const BATCH: u32 = 500;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| running::url(folder.path()));
    let server = Running::server_on(&url)?;
    let caller = Caller::sign_in(&server.address, "account-admin@contoso.example").await?;
    let caller = Arc::new(caller);
    let store = Store::connect(&url).await?;
    let begin = Instant::now();
    fill(&store, caller.organization).await?;
    println!("{MANY} people and invitations in {:.1?}", begin.elapsed());

    let mut client = Client::new(Arc::clone(&caller)).await?;
    println!("\n| asked | rows | p50, p95 ms of the first pages | of the last ones |");
    println!("|---|---|---|---|");
    for (name, query) in [
        ("people by name", ""),
        ("people by name, last first", "&order=desc"),
        ("people by email", "&sort=email"),
        ("people by last sign-in", "&sort=signed_in"),
        ("a usual role", "&role=report_viewer"),
        ("a rare role", "&role=global_admin"),
        ("deactivated ones", "&state=deactivated"),
        ("a word of all", "&search=contoso"),
        ("a word of one", "&search=person00042"),
        ("a word of nobody", "&search=zebra"),
    ] {
        pages::pages(&mut client, &caller, "users", name, query).await?;
    }
    pages::pages(&mut client, &caller, "invitations", "invitations", "").await
}

async fn fill(store: &Store, organization: OrganizationId) -> Result<()> {
    let begin = DateTime::from_timestamp(1_690_000_000, 0).unwrap_or_default();
    let inviter = grants::holders(store.db(), organization, Role::ALL).await?;
    let inviter = inviter.into_keys().next().unwrap_or(UserId::nil());
    let mut number = 0;
    while number < MANY {
        let write = store.write().await?;
        for number in number..number + BATCH {
            one(&write, organization, inviter, number, begin).await?;
        }
        let id = Id::from_u128(u128::from(number) | (0x7 << 76) | (0x8 << 60));
        let salt = Salt::of([7; 32]);
        let entry = Entry::of(id, begin, Action::DemoSeed, "people", salt);
        write.commit(entry).await?;
        number += BATCH;
    }
    Ok(())
}

async fn one(
    write: &Write,
    organization: OrganizationId,
    inviter: UserId,
    number: u32,
    begin: DateTime<Utc>,
) -> Result<()> {
    let id = UserId::from_u128(u128::from(number) | (0x7 << 76) | (0x8 << 60) | (1 << 100));
    let at = begin + Duration::minutes(i64::from(number));
    let user = User {
        id,
        email: format!("person{number:05}@contoso.example"),
        name: format!("Person{:05} Number", MANY - number),
        password_hash: String::new(),
        created_at: at,
        disabled_at: None,
    };
    users::insert(write, user.clone()).await?;
    members::add(write, organization, &user, at).await?;
    members::signed_in(write, id, at).await?;
    let role = match number % 100 {
        0 => Role::MpnPartnerAdmin,
        one if one < 50 => Role::ReportViewer,
        _ => Role::ReferralsUser,
    };
    let given = Given {
        grant: Grant::everywhere(role),
        by: Some(inviter),
        at,
    };
    grants::give(write, id, organization, given).await?;
    if number.is_multiple_of(20) {
        members::set_deactivated(write, organization, id, Some((at, inviter))).await?;
    }
    let invitation = Invitation {
        id: Id::from_u128(u128::from(number) | (0x7 << 76) | (0x8 << 60) | (2 << 100)),
        organization,
        email: user.email,
        grants: vec![Grant::everywhere(role)],
        invited_by: inviter,
        invited_at: at,
        sent_at: at,
        expires_at: at,
        sendings: 1,
        state: InvitationState::Accepted,
        decided_at: Some(at),
        decided_by: None,
    };
    Ok(invitations::insert(write, &invitation).await?)
}
