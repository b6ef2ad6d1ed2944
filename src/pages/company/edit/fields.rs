//! The fields of company data: what they show of it, and the change that what is typed makes.

use membership_contract::organization::{Organization, OrganizationChange};
use membership_domain::company::{Address, Contact};

use crate::form::{Field, Kind, Shape, TYPED, Values};
use crate::text::company as words;

const STREET: &str = "address/street";
const CITY: &str = "address/city";
const POSTAL_CODE: &str = "address/postal_code";
const REGION: &str = "address/region";
const CONTACT_NAME: &str = "contact/name";
const EMAIL: &str = "contact/email";
const PHONE: &str = "contact/phone";

/// The fields of its address.
pub const ADDRESS: [&str; 4] = [STREET, CITY, POSTAL_CODE, REGION];
/// The fields of its contact.
pub const CONTACT: [&str; 3] = [CONTACT_NAME, EMAIL, PHONE];

/// The form.
pub static SHAPE: Shape = Shape {
    id: "company",
    version: 2,
    fields: &[
        Field::new("name", words::NAME, Kind::Text).autocomplete("organization"),
        Field::new("country", words::COUNTRY, Kind::Choice).autocomplete("country"),
        Field::new(STREET, words::STREET, Kind::Text),
        Field::new(CITY, words::CITY, Kind::Text),
        Field::new(POSTAL_CODE, words::POSTAL_CODE, Kind::Short),
        Field::new(REGION, words::REGION, Kind::Text),
        Field::new(CONTACT_NAME, words::CONTACT_NAME, Kind::Text),
        Field::new(EMAIL, words::CONTACT_EMAIL, Kind::Email),
        Field::new(PHONE, words::CONTACT_PHONE, Kind::Text),
    ],
    groups: &[],
    typed: TYPED,
    stale: words::STALE,
};

/// What the form shows of a company.
pub fn values(company: &Organization) -> Values {
    let (address, contact) = (company.address.as_ref(), company.contact.as_ref());
    let of_address = |get: fn(&Address) -> Option<&String>| address.and_then(get).cloned();
    let of_contact = |get: fn(&Contact) -> Option<&String>| contact.and_then(get).cloned();
    Values::of(&[
        ("name", company.name.clone()),
        ("country", company.country.clone()),
        (
            STREET,
            of_address(|one| Some(&one.street)).unwrap_or_default(),
        ),
        (CITY, of_address(|one| Some(&one.city)).unwrap_or_default()),
        (
            POSTAL_CODE,
            of_address(|one| one.postal_code.as_ref()).unwrap_or_default(),
        ),
        (
            REGION,
            of_address(|one| one.region.as_ref()).unwrap_or_default(),
        ),
        (
            CONTACT_NAME,
            of_contact(|one| Some(&one.name)).unwrap_or_default(),
        ),
        (
            EMAIL,
            of_contact(|one| Some(&one.email)).unwrap_or_default(),
        ),
        (
            PHONE,
            of_contact(|one| one.phone.as_ref()).unwrap_or_default(),
        ),
    ])
}

/// What differs from what is known: the rest stays as it is, whatever others make of it.
pub fn read(typed: &Values, known: &Values) -> OrganizationChange {
    let changed = |names: &[&str]| {
        names
            .iter()
            .any(|name| typed.text(name) != known.text(name))
    };
    let text = |name: &str| typed.text(name).to_owned();
    let address = || Address {
        street: text(STREET),
        city: text(CITY),
        postal_code: typed.optional(POSTAL_CODE),
        region: typed.optional(REGION),
    };
    let contact = || Contact {
        name: text(CONTACT_NAME),
        email: text(EMAIL),
        phone: typed.optional(PHONE),
    };
    OrganizationChange {
        name: changed(&["name"]).then(|| text("name")),
        country: changed(&["country"]).then(|| text("country")),
        address: changed(&ADDRESS).then(address),
        contact: changed(&CONTACT).then(contact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use membership_contract::check::Check as _;

    fn known() -> Values {
        Values::of(&[
            ("name", "Contoso".to_owned()),
            ("country", "US".to_owned()),
            (STREET, "Pine Street 1".to_owned()),
            (CITY, "Seattle".to_owned()),
        ])
    }

    #[test]
    fn what_is_not_changed_is_not_sent() {
        assert_eq!(read(&known(), &known()), OrganizationChange::default());
        let mut typed = known();
        typed
            .fields
            .insert("name".to_owned(), "Contoso GmbH ".to_owned());
        let change = read(&typed, &known());
        assert_eq!(change.name.as_deref(), Some("Contoso GmbH"));
        assert_eq!(
            (change.country, change.address, change.contact),
            (None, None, None)
        );
    }

    #[test]
    fn each_pointer_of_a_refusal_is_a_field() {
        let mut typed = known();
        for field in SHAPE.fields {
            let bad = "\u{1f980}".repeat(400);
            typed.fields.insert(field.name.to_owned(), bad);
        }
        let errors = read(&typed, &known()).check();
        let places: Vec<_> = errors.iter().map(|one| one.pointer.clone()).collect();
        let fields: Vec<_> = SHAPE
            .fields
            .iter()
            .map(|one| format!("/{}", one.name))
            .collect();
        assert_eq!(places, fields);
    }
}
