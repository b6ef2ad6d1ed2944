//! Organizations and their locations.

use membership_domain::company::{Address, Company, Contact, Effects, Verified, effects};
use membership_domain::evidence::Verification;
use membership_domain::id::{LocationId, OrganizationId};
use membership_domain::roles::Role;
use membership_domain::text::trimmed;
use membership_domain::verification::Suspended;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Faults};
use crate::problem::FieldError;

/// So many characters a name of a company, a location or a person has.
pub(crate) const LONGEST_NAME: usize = 200;

/// So many characters an address in one line has.
pub const LONGEST_LINE: usize = 300;

/// So many characters a street has.
const LONGEST_STREET: usize = 200;

/// So many characters a city or a region has.
const LONGEST_CITY: usize = 100;

/// So many characters a postal code has.
const LONGEST_POSTAL_CODE: usize = 20;

/// A line of the list of the user's organizations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganizationSummary {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrganizationId,
    /// The PartnerID of the partner global account.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// The user's roles here.
    pub roles: Vec<Role>,
}

/// A partner global account with its locations. Its `ETag` is that of the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrganizationId,
    /// The PartnerID of the partner global account.
    pub partner_id: String,
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Absent until it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub address: Option<Address>,
    /// Absent until it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub contact: Option<Contact>,
    /// How far the verification of the account is.
    pub verification: Verification,
    /// What a change has verified again, while it is not decided; empty where everything is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_verification: Vec<Verified>,
    /// In the order of their creation; a new organization has none.
    pub locations: Vec<Location>,
}

/// A partner location account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Location {
    /// UUIDv7.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: LocationId,
    /// Its own PartnerID.
    pub partner_id: String,
    /// The name of the business at this address.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Postal address, one line.
    pub address: String,
}

/// A change of company data. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganizationChange {
    /// Legal name, as on record: 1 to 200 Western European characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2; a location must exist there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The whole address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The whole contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

impl Organization {
    /// What is verified of it.
    #[must_use]
    pub fn company(&self) -> Company {
        Company {
            name: self.name.clone(),
            country: self.country.clone(),
            address: self.address.clone(),
            contact: self.contact.clone(),
        }
    }
}

impl OrganizationChange {
    /// The company's data with the change, without the spaces that nobody sees.
    #[must_use]
    pub fn applied(&self, before: &Company) -> Company {
        let text = |text: &String| trimmed(text).to_owned();
        let mut after = before.clone();
        if let Some(name) = &self.name {
            after.name = text(name);
        }
        if let Some(country) = &self.country {
            after.country.clone_from(country);
        }
        if let Some(address) = &self.address {
            after.address = Some(Address {
                street: text(&address.street),
                city: text(&address.city),
                postal_code: address.postal_code.as_ref().map(text),
                region: address.region.as_ref().map(text),
            });
        }
        if let Some(contact) = &self.contact {
            after.contact = Some(Contact {
                name: text(&contact.name),
                email: text(&contact.email),
                phone: contact.phone.as_ref().map(text),
            });
        }
        after
    }

    /// What the change causes.
    ///
    /// # Errors
    /// [`Suspended`]: nothing can be changed then.
    pub fn effects(&self, now: &Organization) -> Result<Effects, Suspended> {
        let before = now.company();
        let after = self.applied(&before);
        effects(&before, &after, now.verification, &now.in_verification)
    }

    /// What [`Check`] cannot know: whether the change fits what there is.
    #[must_use]
    pub fn check_against(&self, now: &Organization) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if let Some(country) = &self.country {
            let mut places = now.locations.iter();
            if *country != now.country && !places.any(|place| place.country == *country) {
                let detail = "The organization has no location in that country. Add one first.";
                faults.add("/country", "no_location", detail);
            }
        }
        faults.found()
    }
}

/// An address that stands at a pointer.
pub(crate) fn check_address(faults: &mut Faults, at: &str, address: &Address) {
    faults.text(&format!("{at}/street"), &address.street, LONGEST_STREET);
    faults.text(&format!("{at}/city"), &address.city, LONGEST_CITY);
    if let Some(code) = &address.postal_code {
        faults.text(&format!("{at}/postal_code"), code, LONGEST_POSTAL_CODE);
    }
    if let Some(region) = &address.region {
        faults.text(&format!("{at}/region"), region, LONGEST_CITY);
    }
}

impl Check for OrganizationChange {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if let Some(name) = &self.name {
            faults.text("/name", name, LONGEST_NAME);
        }
        if let Some(country) = &self.country {
            faults.country("/country", country);
        }
        if let Some(address) = &self.address {
            check_address(&mut faults, "/address", address);
        }
        if let Some(contact) = &self.contact {
            faults.text("/contact/name", &contact.name, LONGEST_NAME);
            faults.email("/contact/email", &contact.email);
            if let Some(phone) = &contact.phone {
                faults.phone("/contact/phone", phone);
            }
        }
        faults.found()
    }
}

/// A location to add; it gets its own PartnerID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLocation {
    /// 1 to 200 Western European characters.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// 1 to 300 Western European characters.
    pub address: String,
}

impl Check for NewLocation {
    fn check(&self) -> Vec<FieldError> {
        let change = LocationChange {
            name: Some(self.name.clone()),
            country: Some(self.country.clone()),
            address: Some(self.address.clone()),
        };
        change.check()
    }
}

/// A change of a location, which keeps its PartnerID. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LocationChange {
    /// 1 to 200 Western European characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// 1 to 300 Western European characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Check for LocationChange {
    fn check(&self) -> Vec<FieldError> {
        let mut faults = Faults::default();
        if let Some(name) = &self.name {
            faults.text("/name", name, LONGEST_NAME);
        }
        if let Some(country) = &self.country {
            faults.country("/country", country);
        }
        if let Some(address) = &self.address {
            faults.text("/address", address, LONGEST_LINE);
        }
        faults.found()
    }
}
