//! The demo: fictional organizations, and a user for each role.

mod accounts;
pub mod clock;
mod known;

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use membership_domain::id::OrganizationId;
use membership_domain::roles::Grant;
use membership_samples::Size;
use membership_store::audit::Action;
use membership_store::evidence::Expected;
use membership_store::grants::{self, Given};
use membership_store::organizations::{Location, Organization};
use membership_store::users::User;
use membership_store::{audit, evidence, members, organizations, users};

use self::known::{LOCATIONS, address, all, contact};
use crate::evidence::parts;
use crate::{App, random, trail};

pub use self::accounts::{ACCOUNTS, Account};

/// The password of every demo account.
pub const PASSPHRASE: &str = "walk the harbor wall";

/// The action under which the audit log tells that a demo was filled in.
pub const SEEDED: Action = Action::DemoSeed;

/// When a demo takes place at first, unless told otherwise: most programs can be seen at work then.
pub const CLOCK: DateTime<Utc> = match DateTime::from_timestamp(1_700_038_800, 0) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

/// Evidence that JSON cannot say.
#[derive(Debug, thiserror::Error)]
#[error("the demo's evidence cannot be written as JSON")]
struct Unsaid;

/// Fills an empty database; one that has users is left as it is. `largest` adds an organization
/// of that size. Gives the accounts that are there afterwards: none in a database of other people.
pub async fn seed(app: &App, largest: Option<Size>) -> anyhow::Result<Vec<&'static Account>> {
    let db = app.store.db();
    if users::is_empty(db).await? {
        match fill(app, largest).await {
            // Another server was faster, and this one wrote nothing.
            Err(_) if !users::is_empty(db).await? => {}
            filled => return filled,
        }
    }
    let mut there = Vec::new();
    for account in ACCOUNTS {
        let known = users::by_email(db, account.email).await?;
        there.extend(known.map(|_| account));
    }
    Ok(there)
}

/// All of it in one write.
async fn fill(app: &App, largest: Option<Size>) -> anyhow::Result<Vec<&'static Account>> {
    let mut there = Vec::new();
    let now = app.clock.now();
    // One salt for all of them: their password is public anyway, and a first start is quicker.
    let password_hash = app.passwords.hash(PASSPHRASE.to_owned()).await?;
    let write = app.store.write().await?;
    let mut ids: BTreeMap<String, OrganizationId> = BTreeMap::new();
    for known in all(largest)? {
        let profile = &known.profile;
        let organization = Organization {
            id: random::id(app.clock.real())?,
            partner_id: profile.partner_id.clone().unwrap_or_default(),
            name: profile.name.clone(),
            country: profile.country.clone().unwrap_or_default(),
            address: address(&profile.name),
            contact: contact(&profile.name),
            pending: Vec::new(),
            verification: profile.verification,
            revision: 1,
            created_at: now,
        };
        let (id, name) = (organization.id, organization.name.clone());
        organizations::insert(&write, organization).await?;
        let places = LOCATIONS.iter().filter(|place| place.0 == name);
        for (number, (_, partner_id, name, country, address)) in (1..).zip(places) {
            // One after the other, which is the order in which they are shown.
            let made_at = app.clock.real() + Duration::milliseconds(number);
            let place = Location {
                id: random::id(made_at)?,
                partner_id: (*partner_id).to_owned(),
                name: (*name).to_owned(),
                country: (*country).to_owned(),
                address: (*address).to_owned(),
                created_at: now,
            };
            let current = organizations::lock(&write, id).await?;
            organizations::add_location(&write, &current, place).await?;
        }
        let mut changes = BTreeMap::new();
        for (part, json) in parts::documents(&known, None).map_err(|_| Unsaid)? {
            changes.insert(part, evidence::Change::between(None, json)?);
        }
        evidence::replace(&write, id, Expected::Whole(0), &changes, now).await?;
        ids.insert(name, id);
    }
    for account in ACCOUNTS {
        let known = |name: &&str| ids.get(*name).copied();
        let organizations: Vec<OrganizationId> =
            account.organizations.iter().filter_map(known).collect();
        if organizations.is_empty() {
            continue;
        }
        let id = random::id(app.clock.real())?;
        let user = User {
            id,
            email: account.email.to_owned(),
            name: account.name.to_owned(),
            password_hash: password_hash.clone(),
            created_at: now,
            disabled_at: None,
        };
        users::insert(&write, user.clone()).await?;
        for organization in organizations {
            members::add(&write, organization, &user, now).await?;
            let given = Given {
                grant: Grant::everywhere(account.role),
                by: None,
                at: now,
            };
            grants::give(&write, id, organization, given).await?;
        }
        there.push(account);
    }
    let entry = audit::Entry {
        detail: serde_json::json!({"organizations": ids.len(), "users": there.len()}),
        ..trail::entry(&app.clock, SEEDED, "demo")?
    };
    write.commit(entry).await?;
    Ok(there)
}

#[cfg(test)]
mod tests {
    use membership_samples::USUAL;

    use membership_store::testing::TestStore;
    use membership_store::{Store, StoreError};

    use super::known::LARGEST;
    use super::*;
    use crate::app::Settings;
    use crate::clock::Clock;
    use crate::testing::{Outcome, TestApp};

    #[test]
    fn the_clock_is_right() {
        assert_eq!(CLOCK.to_rfc3339(), "2023-11-15T09:00:00+00:00");
    }

    /// Both find it empty.
    #[tokio::test]
    async fn two_servers_that_start_at_once_fill_it_once() -> Outcome {
        TestStore::each_pair(async |one, another| -> Result<(), StoreError> {
            let start = async |store: &Store| {
                let catalog = membership_catalog::builtin().expect("the catalog");
                let clock = Clock::still(CLOCK);
                let app = App::new(store.clone(), catalog, clock, Settings::default());
                seed(&app.expect("an app"), None).await
            };
            let (first, second) = tokio::join!(start(one), start(another));
            for there in [first, second] {
                let there = there.expect("both start");
                assert!(there.len() > 20, "the accounts are there");
            }
            let seeds = audit::newest(one.db(), 10).await?;
            assert_eq!(seeds.len(), 1);
            Ok(())
        })
        .await?;
        Ok(())
    }

    #[tokio::test]
    async fn a_second_start_leaves_everything() -> Outcome {
        TestApp::each(async |app| {
            let before = app.organization("Contoso").await?;
            let there = seed(&app.app, Some(USUAL)).await?;
            assert!(there.len() > 20, "the accounts are there");
            assert!(
                !there.iter().any(|one| one.organizations.contains(&LARGEST)),
                "and what was not asked for at first is not"
            );
            assert_eq!(app.organization("Contoso").await?, before);
            Ok(())
        })
        .await
    }
}
