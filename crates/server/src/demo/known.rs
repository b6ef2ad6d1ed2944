//! What is known about whom.

use membership_domain::Evidence;
use membership_domain::company::{Address, Contact};
use membership_domain::evidence::Profile;
use membership_domain::roles::Role;
use membership_samples::Size;

use super::accounts::ACCOUNTS;

/// The organization that is made by rule, as large as is wanted.
pub const LARGEST: &str = "Fabrikam";

/// What is known about each organization, in the form of any evidence file.
const TOLD: [&str; 3] = [
    include_str!("../../demo/contoso.json"),
    include_str!("../../demo/northwind.json"),
    include_str!("../../demo/tailspin.json"),
];

/// Locations by organization; each has at least one.
pub const LOCATIONS: [(&str, &str, &str, &str, &str); 5] = [
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
        LARGEST,
        "4400002",
        "Fabrikam Chicago",
        "US",
        "233 South Wacker Drive, Chicago, IL 60606",
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

/// Legal address of each organization: street, city, postal code, region.
const ADDRESSES: [(&str, [&str; 4]); 4] = [
    ("Contoso", ["400 Pine Street", "Seattle", "98101", "WA"]),
    (
        LARGEST,
        ["233 South Wacker Drive", "Chicago", "60606", "IL"],
    ),
    ("Northwind", ["3 Harbourside", "Bristol", "BS1 5TX", ""]),
    ("Tailspin", ["77 Larimer Street", "Denver", "80202", "CO"]),
];

/// The legal address of an organization.
pub fn address(organization: &str) -> Option<Address> {
    let (_, [street, city, postal_code, region]) =
        ADDRESSES.iter().find(|(name, _)| *name == organization)?;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Some(Address {
        street: (*street).to_owned(),
        city: (*city).to_owned(),
        postal_code: some(postal_code),
        region: some(region),
    })
}

/// The primary contact of an organization: its first Global admin.
pub fn contact(organization: &str) -> Option<Contact> {
    let first = ACCOUNTS
        .iter()
        .find(|one| one.role == Role::GlobalAdmin && one.organizations.contains(&organization))?;
    Some(Contact {
        name: first.name.to_owned(),
        email: first.email.to_owned(),
        phone: Some("+1 425 555 0100".to_owned()),
    })
}

/// All organizations; `largest` says how large the one is that is made by rule, if it is wanted.
///
/// # Errors
/// A file that is no evidence.
pub fn all(largest: Option<Size>) -> serde_json::Result<Vec<Evidence>> {
    let mut all = (TOLD.iter())
        .map(|json| serde_json::from_str(json))
        .collect::<serde_json::Result<Vec<Evidence>>>()?;
    all.extend(largest.map(made));
    Ok(all)
}

fn made(size: Size) -> Evidence {
    let made = membership_samples::organization(size);
    let profile = Profile {
        name: LARGEST.to_owned(),
        partner_id: Some("4400001".to_owned()),
        country: Some("US".to_owned()),
        ..made.profile
    };
    Evidence { profile, ..made }
}

#[cfg(test)]
mod tests {
    use membership_contract::check::Check;
    use membership_contract::organization::OrganizationChange;
    use membership_domain::evidence::check;
    use membership_samples::USUAL;

    use super::*;
    use crate::testing::Outcome;

    #[test]
    fn the_evidence_can_be_used() -> Outcome {
        let catalog = membership_catalog::builtin().map_err(|faults| format!("{faults:?}"))?;
        for known in all(Some(USUAL))? {
            let faults = check(&known, &catalog);
            assert!(faults.is_empty(), "{}: {faults:?}", known.profile.name);
            let places = LOCATIONS
                .iter()
                .filter(|place| place.0 == known.profile.name);
            assert!(places.count() > 0 && known.profile.partner_id.is_some());
            let change = OrganizationChange {
                address: Some(address(&known.profile.name).ok_or("an address")?),
                contact: Some(contact(&known.profile.name).ok_or("a contact")?),
                ..OrganizationChange::default()
            };
            assert_eq!(change.check(), []);
        }
        Ok(())
    }
}
