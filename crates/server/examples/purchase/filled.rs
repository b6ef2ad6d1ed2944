//! Organizations that can buy, with a session each; and orders that wait for a transfer.

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use membership_bank::reference;
use membership_domain::Id;
use membership_domain::company::Address;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::purchase::profile::BillingProfile;
use membership_domain::roles::{Grant, Role};
use membership_server::clock::Clock;
use membership_store::audit::{Action, Entry, Salt};
use membership_store::evidence::{self, Change, Expected};
use membership_store::grants::{self, Given};
use membership_store::orders::{self, Order};
use membership_store::organizations::{self, Organization};
use membership_store::sessions::{self, Session};
use membership_store::users::{self, User};
use membership_store::{Store, Write, billing, members, operators, second_factors};
use sha2::{Digest as _, Sha256};

use crate::buyers::Buyer;
use crate::client::Caller;

/// Whose evidence each buyer has.
const LIKE: &str = "global-admin@northwind.example";
/// The number of the operator, which no buyer has.
const OPERATOR: usize = 9_999_999;
/// From here on the audit log has the numbers of those who pay by transfer.
const PAYERS: usize = 1_000_000;
/// Organizations in a transaction.
const BATCH: usize = 200;

/// A kind of thing, so that no two have one id.
#[derive(Clone, Copy)]
enum Of {
    Buyer = 1,
    Payer = 2,
    User = 3,
    Order = 4,
    Audit = 5,
}

fn id<T>(of: Of, number: usize) -> Id<T> {
    Id::from_u128((number as u128) | (0x7 << 76) | (0x8 << 60) | ((of as u128) << 100))
}

/// Adds organizations that can buy. Each has a Global admin in a session.
pub async fn buyers(store: &Store, address: &str, many: usize) -> Result<Vec<Buyer>> {
    let real = Clock::system().real();
    let like = users::by_email(store.db(), LIKE).await?.context("a demo")?;
    let of = grants::of_user(store.db(), like.id).await?;
    let like = of.into_keys().next().context("its organization")?;
    let known = organizations::by_id(store.db(), like).await?;
    let known = known.context("its organization")?;
    let mut parts = Vec::new();
    for (part, document) in evidence::all(store.db(), like).await? {
        parts.push((part, document.json()?.into_owned()));
    }
    let mut buyers = Vec::new();
    let numbers: Vec<usize> = (0..many).collect();
    for some in numbers.chunks(BATCH) {
        let write = store.write().await?;
        for &number in some {
            let organization = added(&write, &known, Of::Buyer, number, real).await?;
            let changes = parts.iter().map(|(part, json)| {
                let change = Change::between(None, json.clone())?;
                anyhow::Ok((part.clone(), change))
            });
            let changes = changes.collect::<Result<_>>()?;
            let at = known.created_at;
            evidence::replace(&write, organization, Expected::Whole(0), &changes, at).await?;
            let user = account(&write, number, real).await?;
            members::add(&write, organization, &user, real).await?;
            let given = Given {
                grant: Grant::everywhere(Role::GlobalAdmin),
                by: None,
                at: real,
            };
            grants::give(&write, user.id, organization, given).await?;
            let token = session(&write, user.id, number, real).await?;
            let caller = Caller::in_session(address, &token, organization);
            buyers.push(Buyer {
                caller: Arc::new(caller),
            });
        }
        write.commit(entry(some[0], real)).await?;
    }
    Ok(buyers)
}

/// Adds an organization with a billing profile.
async fn added(
    write: &Write,
    like: &Organization,
    of: Of,
    number: usize,
    at: DateTime<Utc>,
) -> Result<OrganizationId> {
    let organization = Organization {
        id: id(of, number),
        partner_id: format!("{}{number:06}", of as u8 + 4),
        name: format!("{} {number}", like.name),
        ..like.clone()
    };
    let id = organization.id;
    organizations::insert(write, organization).await?;
    let profile = BillingProfile {
        sold_to: Address {
            street: "Lindenstraße 5".to_owned(),
            city: "Berlin".to_owned(),
            postal_code: Some("10969".to_owned()),
            region: None,
        },
        bill_to: None,
        tax_id: None,
        email: format!("billing{number}@northwind.example"),
    };
    billing::put(write, id, &profile, at).await?;
    Ok(id)
}

/// Adds an operator with two-step sign-in, in a session.
pub async fn operator(store: &Store, address: &str) -> Result<Caller> {
    let (real, number) = (Clock::system().real(), OPERATOR);
    let write = store.write().await?;
    let user = account(&write, number, real).await?;
    operators::add(&write, user.id, real).await?;
    second_factors::begin(&write, user.id, String::new(), real).await?;
    second_factors::confirm(&write, user.id, real).await?;
    let token = session(&write, user.id, number, real).await?;
    write.commit(entry(number, real)).await?;
    Ok(Caller::in_session(address, &token, OrganizationId::nil()))
}

async fn account(write: &Write, number: usize, at: DateTime<Utc>) -> Result<User> {
    let user = User {
        id: id(Of::User, number),
        email: format!("buyer{number}@northwind.example"),
        name: format!("Buyer {number}"),
        password_hash: String::new(),
        created_at: at,
        disabled_at: None,
    };
    users::insert(write, user.clone()).await?;
    Ok(user)
}

/// Begins a session: its token.
async fn session(write: &Write, user: UserId, number: usize, at: DateTime<Utc>) -> Result<String> {
    let token = format!("{number:064x}");
    let hash = Sha256::digest(&token);
    let session = Session {
        token_hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        user,
        created_at: at,
        seen_at: at,
        expires_at: at + Duration::days(1),
        proved_at: Some(at),
        device: None,
        address: None,
    };
    sessions::insert(write, session).await?;
    Ok(token)
}

/// Adds organizations with an order each that is like another one, and waits for a transfer: the
/// references.
pub async fn payers(store: &Store, like: &Order, many: usize) -> Result<Vec<String>> {
    let real = Clock::system().real();
    let known = organizations::by_id(store.db(), like.organization).await?;
    let known = known.context("the organization of an order")?;
    let mut references = Vec::new();
    let numbers: Vec<usize> = (0..many).collect();
    for some in numbers.chunks(BATCH) {
        let write = store.write().await?;
        for &number in some {
            let organization = added(&write, &known, Of::Payer, number, real).await?;
            let digits = format!("20231101{number:06}");
            let reference = reference::make(&digits).context("a reference")?;
            let order = Order {
                id: id(Of::Order, number),
                organization,
                number: Some(format!("20231101-{number:06}")),
                reference: Some(reference.clone()),
                ..like.clone()
            };
            orders::insert(&write, &order).await?;
            references.push(reference);
        }
        write.commit(entry(some[0] + PAYERS, real)).await?;
    }
    Ok(references)
}

fn entry(number: usize, at: DateTime<Utc>) -> Entry {
    let salt = Salt::of([7; 32]);
    Entry::of(id(Of::Audit, number), at, Action::DemoSeed, "buyers", salt)
}
