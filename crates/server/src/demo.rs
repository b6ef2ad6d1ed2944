//! The demo: three fictional organizations, and a user for each role.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use membership_domain::Evidence;
use membership_domain::roles::Role;
use membership_store::evidence::Expected;
use membership_store::organizations::{Location, Organization};
use membership_store::users::User;
use membership_store::{audit, evidence, grants, organizations, users};
use serde_json::Value;
use uuid::Uuid;

use crate::{App, chance, conversions};

/// The password of every demo account.
pub const PASSPHRASE: &str = "walk the harbor wall";

/// When a demo takes place unless told otherwise: most programs can be seen at work then.
pub const CLOCK: DateTime<Utc> = match DateTime::from_timestamp(1_700_038_800, 0) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

/// What is known about each organization, in the form of any evidence file.
const ORGANIZATIONS: [&str; 3] = [
    include_str!("../demo/contoso.json"),
    include_str!("../demo/northwind.json"),
    include_str!("../demo/tailspin.json"),
];

/// Locations by organization; each account has at least one.
const LOCATIONS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "Contoso",
        "4200002",
        "Contoso Seattle",
        "US",
        "400 Pine Street, Seattle, WA 98101",
    ),
    (
        "Contoso",
        "4200003",
        "Contoso Toronto",
        "CA",
        "12 Front Street West, Toronto, ON M5J 1A1",
    ),
    (
        "Northwind",
        "4300002",
        "Northwind Bristol",
        "GB",
        "3 Harbourside, Bristol BS1 5TX",
    ),
    (
        "Tailspin",
        "4100002",
        "Tailspin Denver",
        "US",
        "77 Larimer Street, Denver, CO 80202",
    ),
];

/// An account of the demo.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Signs in with it and [`PASSPHRASE`].
    pub email: &'static str,
    /// A fictional person.
    pub name: &'static str,
    /// In which organizations.
    pub organizations: &'static [&'static str],
    /// With which role in each of them.
    pub role: Role,
}

const fn at(
    organizations: &'static [&'static str],
    email: &'static str,
    name: &'static str,
    role: Role,
) -> Account {
    Account {
        email,
        name,
        organizations,
        role,
    }
}

const CONTOSO: &[&str] = &["Contoso"];
const NORTHWIND: &[&str] = &["Northwind"];
const TAILSPIN: &[&str] = &["Tailspin"];

/// Every account, those to begin with first.
#[rustfmt::skip]
pub const ACCOUNTS: &[Account] = &[
    at(CONTOSO, "mpn-partner-admin@contoso.example", "Mara Lindqvist", Role::MpnPartnerAdmin),
    at(CONTOSO, "global-admin@contoso.example", "Greta Okafor", Role::GlobalAdmin),
    at(NORTHWIND, "mpn-partner-admin@northwind.example", "Noor Haddad", Role::MpnPartnerAdmin),
    at(NORTHWIND, "global-admin@northwind.example", "Owen Pryce", Role::GlobalAdmin),
    at(TAILSPIN, "mpn-partner-admin@tailspin.example", "Tess Moreau", Role::MpnPartnerAdmin),
    at(TAILSPIN, "global-admin@tailspin.example", "Theo Brandt", Role::GlobalAdmin),
    at(&["Contoso", "Northwind"], "advisor@fabrikam.example", "Femi Adeyemi", Role::MpnPartnerAdmin),
    at(CONTOSO, "account-admin@contoso.example", "Arlo Jensen", Role::AccountAdmin),
    at(CONTOSO, "user-admin@contoso.example", "Una Castell", Role::UserAdmin),
    at(CONTOSO, "billing-admin@contoso.example", "Bela Novak", Role::BillingAdmin),
    at(CONTOSO, "admin-agent@contoso.example", "Anouk Visser", Role::AdminAgent),
    at(CONTOSO, "helpdesk-agent@contoso.example", "Hana Sato", Role::HelpdeskAgent),
    at(CONTOSO, "sales-agent@contoso.example", "Silvio Greco", Role::SalesAgent),
    at(CONTOSO, "business-profile-admin@contoso.example", "Birgit Holm", Role::BusinessProfileAdmin),
    at(CONTOSO, "referrals-admin@contoso.example", "Rosa Iglesias", Role::ReferralsAdmin),
    at(CONTOSO, "referrals-user@contoso.example", "Ravi Menon", Role::ReferralsUser),
    at(CONTOSO, "incentives-admin@contoso.example", "Imre Szabo", Role::IncentivesAdmin),
    at(CONTOSO, "incentives-user@contoso.example", "Isla Grant", Role::IncentivesUser),
    at(CONTOSO, "co-sell-solution-admin@contoso.example", "Cora Duval", Role::CoSellSolutionAdmin),
    at(CONTOSO, "executive-report-viewer@contoso.example", "Elif Demir", Role::ExecutiveReportViewer),
    at(CONTOSO, "report-viewer@contoso.example", "Ruben Costa", Role::ReportViewer),
    at(CONTOSO, "owner@contoso.example", "Odile Martin", Role::Owner),
    at(CONTOSO, "manager@contoso.example", "Milan Petrov", Role::Manager),
    at(CONTOSO, "default-user@contoso.example", "Dara Quinn", Role::DefaultUser),
    at(CONTOSO, "guest@contoso.example", "Gil Navarro", Role::Guest),
];

/// Fills an empty database; one that has users is left as it is. Whether the demo's accounts are
/// there afterwards, which a database of other people does not have.
pub async fn seed(app: &App) -> anyhow::Result<bool> {
    if !users::is_empty(app.store.read()).await? {
        let first = ACCOUNTS.first().map_or("", |account| account.email);
        return Ok(users::by_email(app.store.read(), first).await?.is_some());
    }
    let now = app.clock.now();
    // One salt for all of them: their password is public anyway, and a first start is quicker.
    let password_hash = app.passwords.hash(PASSPHRASE.to_owned()).await?;
    let write = app.store.write().await?;
    let mut ids: BTreeMap<String, Uuid> = BTreeMap::new();
    for json in ORGANIZATIONS {
        let known: Evidence = serde_json::from_str(json)?;
        let profile = &known.profile;
        let organization = Organization {
            id: chance::id(app.clock.real())?,
            partner_id: profile.partner_id.clone().unwrap_or_default(),
            name: profile.name.clone(),
            country: profile.country.clone().unwrap_or_default(),
            verification: conversions::verification_code(profile.verification).to_owned(),
            revision: 1,
            created_at: now,
        };
        let (id, name) = (organization.id, organization.name.clone());
        organizations::insert(&write, organization).await?;
        let places = LOCATIONS.iter().filter(|place| place.0 == name);
        for (revision, (_, partner_id, name, country, address)) in (1..).zip(places) {
            // One after the other, which is the order in which they are shown.
            let made_at = app.clock.real() + Duration::milliseconds(revision);
            let place = Location {
                id: chance::id(made_at)?,
                partner_id: (*partner_id).to_owned(),
                name: (*name).to_owned(),
                country: (*country).to_owned(),
                address: (*address).to_owned(),
                created_at: now,
            };
            organizations::add_location(&write, id, revision, place).await?;
        }
        let Value::Object(parts) = serde_json::to_value(&known)? else {
            continue;
        };
        let parts = parts
            .into_iter()
            .map(|(part, value)| (part, value.to_string()))
            .collect();
        evidence::replace(&write, id, Expected::Whole(0), parts, now).await?;
        ids.insert(name, id);
    }
    for account in ACCOUNTS {
        let id = chance::id(app.clock.real())?;
        let user = User {
            id,
            email: account.email.to_owned(),
            name: account.name.to_owned(),
            password_hash: password_hash.clone(),
            created_at: now,
        };
        users::insert(&write, user).await?;
        for organization in account
            .organizations
            .iter()
            .filter_map(|name| ids.get(*name))
        {
            grants::insert(&write, id, *organization, account.role, now).await?;
        }
    }
    let entry = audit::Entry {
        id: chance::id(app.clock.real())?,
        at: now,
        user: None,
        organization: None,
        action: "demo.seed".to_owned(),
        subject: "demo".to_owned(),
        detail: serde_json::json!({"organizations": ids.len(), "users": ACCOUNTS.len()}),
        request_id: String::new(),
    };
    write.commit(entry).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use membership_domain::evidence::check;

    use super::*;
    use crate::testing::{Outcome, TestApp};

    #[test]
    fn every_role_has_an_account_at_contoso_and_the_clock_is_right() {
        for role in Role::ALL {
            let held = ACCOUNTS
                .iter()
                .any(|one| one.role == *role && one.organizations == CONTOSO);
            assert!(held, "{role:?}");
        }
        assert_eq!(CLOCK.to_rfc3339(), "2023-11-15T09:00:00+00:00");
    }

    #[test]
    fn the_evidence_can_be_used() -> Outcome {
        let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
        for json in ORGANIZATIONS {
            let known: Evidence = serde_json::from_str(json)?;
            let faults = check(&known, &catalog);
            assert!(faults.is_empty(), "{}: {faults:?}", known.profile.name);
            let places = LOCATIONS
                .iter()
                .filter(|place| place.0 == known.profile.name);
            assert!(places.count() > 0 && known.profile.partner_id.is_some());
        }
        Ok(())
    }

    #[tokio::test]
    async fn a_second_start_leaves_everything() -> Outcome {
        TestApp::each(async |app| {
            let before = app.organization("Contoso").await?;
            assert!(seed(&app.app).await?, "the accounts are there");
            assert_eq!(app.organization("Contoso").await?, before);
            Ok(())
        })
        .await
    }
}
