//! Companies that can buy, and an operator, before anybody comes.

use std::collections::BTreeMap;

use membership_domain::evidence::Profile;
use membership_domain::id::OrganizationId;
use membership_domain::roles::{Grant, Role};
use membership_server::clock::Clock;
use membership_server::{cli, demo, random};
use membership_store::audit::{Entry, Salt};
use membership_store::evidence::{Change, Expected};
use membership_store::grants::{self, Given};
use membership_store::organizations::{self, Organization};
use membership_store::{evidence, members, users};

use super::Outcome;
use super::server::opened;

/// Who buys for all of them.
pub const BUYER: &str = "global-admin@northwind.example";

/// Who imports statements.
pub const OPERATOR: &str = "petra@program.example";

/// Of the operator.
pub const PASSWORD: &str = "a lighthouse in the fog";

/// Adds the operator, and companies like Northwind of which nothing is known but that they joined
/// and are verified: every second one in another country, so that there are two currencies.
pub async fn settle(url: &str, companies: u64) -> Outcome<Vec<OrganizationId>> {
    let store = opened(url).await?;
    let clock = Clock::system();
    let db = store.db();
    let buyer = users::by_email(db, BUYER).await?.ok_or("no buyer")?;
    let model = organizations::by_name(db, "Northwind").await?;
    let model = model.into_iter().next().ok_or("no organization")?;
    let known = evidence::part(db, model.id, "profile").await?;
    let profile = known.ok_or("nothing is known of it")?;
    let profile: Profile = serde_json::from_str(&profile.json()?)?;
    let (now, mut all) = (clock.real(), Vec::new());
    let write = store.write().await?;
    for number in 0..companies {
        let id: OrganizationId = random::id(now)?;
        let told = Profile {
            name: format!("Company {number}"),
            partner_id: Some(format!("{}", 7_000_000 + number)),
            country: Some(["GB", "US"][usize::from(number % 2 == 1)].to_owned()),
            ..profile.clone()
        };
        let company = Organization {
            id,
            partner_id: told.partner_id.clone().unwrap_or_default(),
            name: told.name.clone(),
            country: told.country.clone().unwrap_or_default(),
            ..model.clone()
        };
        organizations::insert(&write, company).await?;
        let change = Change::between(None, serde_json::to_string(&told)?)?;
        let parts = BTreeMap::from([("profile".to_owned(), change)]);
        evidence::replace(&write, id, Expected::Whole(0), &parts, now).await?;
        members::add(&write, id, &buyer, now).await?;
        let given = Given {
            grant: Grant::everywhere(Role::GlobalAdmin),
            by: None,
            at: now,
        };
        grants::give(&write, buyer.id, id, given).await?;
        all.push(id);
    }
    let salt = Salt::of(random::bytes()?);
    let entry = Entry::of(random::id(now)?, now, demo::SEEDED, "companies", salt);
    write.commit(entry).await?;
    let password = || Ok(PASSWORD.to_owned());
    cli::operator::add(&store, &clock, OPERATOR, "Petra Falk", password).await?;
    store.db().clone().close().await?;
    Ok(all)
}
