//! Data of a company that its verification is about, and what a change of it causes. The page says
//! it before anything is saved, and the server does it: both ask [`effects`].

use serde::{Deserialize, Serialize};

use crate::evidence::Verification;
use crate::verification::{Suspended, after_legal_change};

/// A postal address, as on record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CompanyAddress))]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number: 1 to 200 Western European characters.
    pub street: String,
    /// 1 to 100 Western European characters.
    pub city: String,
    /// 1 to 20 Western European characters; absent where a country has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// State, province or region: 1 to 100 Western European characters, where addresses have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// The person whom the verification asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PrimaryContact))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 1 to 200 Western European characters.
    pub name: String,
    /// The company's address of this person: the mail of the verification goes there.
    pub email: String,
    /// With the country's code: at most 20 digits, spaces and signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// What is verified of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Absent until it was entered.
    pub address: Option<Address>,
    /// Absent until it was entered.
    pub contact: Option<Contact>,
}

crate::codes! {
    /// Something that is verified by itself.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = VerifiedData))]
    Verified {
        /// The legal name.
        LegalName = "legal_name",
        /// The address with its country.
        Address = "address",
        /// The primary contact.
        PrimaryContact = "primary_contact",
    }
}

/// What a change causes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CompanyEffects))]
pub struct Effects {
    /// What the change itself has verified again; empty where nothing changes, and before the first
    /// verification, which is about everything.
    pub verifies: Vec<Verified>,
    /// Everything that is being verified then.
    pub pending: Vec<Verified>,
    /// The verification's state then.
    pub verification: Verification,
    /// Whether buying and renewing stops with the change: it was possible until then. What was
    /// bought stays.
    pub stops_buying: bool,
}

/// What becomes of the verification when the company's data changes. `pending` is what is being
/// verified already.
///
/// # Errors
/// [`Suspended`]: nothing can be changed then.
pub fn effects(
    before: &Company,
    after: &Company,
    verification: Verification,
    pending: &[Verified],
) -> Result<Effects, Suspended> {
    let same = |part: Verified| match part {
        Verified::LegalName => before.name == after.name,
        Verified::Address => before.address == after.address && before.country == after.country,
        Verified::PrimaryContact => before.contact == after.contact,
    };
    let changed: Vec<Verified> = all().filter(|part| !same(*part)).collect();
    if changed.is_empty() {
        return Ok(Effects {
            verifies: Vec::new(),
            pending: pending.to_vec(),
            verification,
            stops_buying: false,
        });
    }
    let then = after_legal_change(verification)?;
    let verifies = match verification {
        Verification::NotStarted => Vec::new(),
        _ => changed,
    };
    let pending = all().filter(|part| pending.contains(part) || verifies.contains(part));
    Ok(Effects {
        pending: pending.collect(),
        verifies,
        verification: then,
        stops_buying: verification == Verification::Accepted,
    })
}

fn all() -> impl Iterator<Item = Verified> {
    Verified::ALL.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contoso() -> Company {
        Company {
            name: "Contoso".to_owned(),
            country: "US".to_owned(),
            address: None,
            contact: None,
        }
    }

    fn changes() -> [(Company, Verified); 4] {
        let (mut name, mut country, mut address, mut contact) =
            (contoso(), contoso(), contoso(), contoso());
        name.name.push('!');
        country.country = "CA".to_owned();
        address.address = Some(Address::default());
        contact.contact = Some(Contact::default());
        [
            (name, Verified::LegalName),
            (country, Verified::Address),
            (address, Verified::Address),
            (contact, Verified::PrimaryContact),
        ]
    }

    #[test]
    fn only_what_changed_is_verified_again_and_what_was_bought_stays() {
        for (after, part) in changes() {
            for state in [Verification::Accepted, Verification::Rejected] {
                let effects = effects(&contoso(), &after, state, &[]).expect("allowed");
                assert_eq!(effects.verifies, [part]);
                assert_eq!(effects.pending, [part]);
                assert_eq!(effects.verification, Verification::Pending);
                assert_eq!(effects.stops_buying, state == Verification::Accepted);
            }
        }
    }

    #[test]
    fn what_is_being_verified_stays_so_and_is_named_once() {
        let pending = [Verified::PrimaryContact];
        for (after, part) in changes() {
            let effects = effects(&contoso(), &after, Verification::Pending, &pending);
            let effects = effects.expect("allowed");
            assert_eq!(effects.verifies, [part]);
            assert!(effects.pending.contains(&part) && effects.pending.contains(&pending[0]));
            let contacts = effects.pending.iter().filter(|one| **one == pending[0]);
            assert_eq!(contacts.count(), 1);
            assert!(!effects.stops_buying, "it was not possible before");
        }
    }

    #[test]
    fn nothing_is_caused_by_no_change_or_before_the_first_verification() {
        for state in [Verification::Accepted, Verification::Suspended] {
            let effects = effects(&contoso(), &contoso(), state, &[]).expect("no change");
            assert_eq!((effects.verifies, effects.verification), (vec![], state));
        }
        for (after, _) in changes() {
            let fresh = effects(&contoso(), &after, Verification::NotStarted, &[]);
            let fresh = fresh.expect("allowed");
            assert_eq!(fresh.verification, Verification::NotStarted);
            assert!(fresh.verifies.is_empty() && fresh.pending.is_empty());
            let suspended = effects(&contoso(), &after, Verification::Suspended, &[]);
            assert_eq!(suspended, Err(Suspended));
        }
    }
}
