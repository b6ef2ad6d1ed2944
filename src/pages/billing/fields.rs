//! The fields of the billing profile, and the request that they make.

use membership_contract::organization::Organization;
use membership_domain::company::Address;
use membership_domain::purchase::profile::{BillTo, BillingProfile};

use crate::form::{Field, Kind, Shape, TYPED, Values};
use crate::text::{billing as words, company as of_company};

const STREET: &str = "sold_to/street";
const CITY: &str = "sold_to/city";
const POSTAL_CODE: &str = "sold_to/postal_code";
const REGION: &str = "sold_to/region";
const OTHER_STREET: &str = "bill_to/address/street";
const OTHER_CITY: &str = "bill_to/address/city";
const OTHER_POSTAL_CODE: &str = "bill_to/address/postal_code";
const OTHER_REGION: &str = "bill_to/address/region";

/// Whether bills go elsewhere.
pub const BILL_TO: &str = "bill_to";
/// Who gets them then.
pub const NAME: &str = "bill_to/name";
/// In which country.
pub const COUNTRY: &str = "bill_to/country";
/// The tax id.
pub const TAX_ID: &str = "tax_id";
/// Where copies of bills are sent.
pub const EMAIL: &str = "email";
/// To whom things are sold.
pub const ADDRESS: [&str; 4] = [STREET, CITY, POSTAL_CODE, REGION];
/// Where bills go, if elsewhere.
pub const BILL_TO_ADDRESS: [&str; 4] = [OTHER_STREET, OTHER_CITY, OTHER_POSTAL_CODE, OTHER_REGION];

/// The form.
pub static SHAPE: Shape = Shape {
    id: "billing",
    version: 1,
    fields: &[
        Field::new(STREET, of_company::STREET, Kind::Text).autocomplete("street-address"),
        Field::new(CITY, of_company::CITY, Kind::Text),
        Field::new(POSTAL_CODE, of_company::POSTAL_CODE, Kind::Short),
        Field::new(REGION, of_company::REGION, Kind::Text),
        Field::new(TAX_ID, words::TAX_ID_LABEL, Kind::Text)
            .hint(words::TAX_ID_HINT)
            .longest(40),
        Field::check(BILL_TO, words::BILL_TO_OTHER),
        Field::new(NAME, words::BILL_TO_NAME, Kind::Text).autocomplete("organization"),
        Field::new(OTHER_STREET, of_company::STREET, Kind::Text),
        Field::new(OTHER_CITY, of_company::CITY, Kind::Text),
        Field::new(OTHER_POSTAL_CODE, of_company::POSTAL_CODE, Kind::Short),
        Field::new(OTHER_REGION, of_company::REGION, Kind::Text),
        Field::new(COUNTRY, of_company::COUNTRY, Kind::Choice).autocomplete("country"),
        Field::new(EMAIL, words::EMAIL, Kind::Email),
    ],
    groups: &[],
    typed: TYPED,
    stale: words::STALE,
};

/// What the form shows: what is linked, else what is known of the company.
pub fn values(profile: Option<&BillingProfile>, company: Option<&Organization>) -> Values {
    let sold_to = match profile {
        Some(profile) => Some(&profile.sold_to),
        None => company.and_then(|company| company.address.as_ref()),
    };
    let bill_to = profile.and_then(|profile| profile.bill_to.as_ref());
    let email = match profile {
        Some(profile) => Some(&profile.email),
        None => company.and_then(|company| Some(&company.contact.as_ref()?.email)),
    };
    let tax_id = profile.and_then(|profile| profile.tax_id.clone());
    let yes = bill_to.map(|_| Field::YES.to_owned());
    let mut all = vec![
        (TAX_ID, tax_id.unwrap_or_default()),
        (BILL_TO, yes.unwrap_or_default()),
        (NAME, bill_to.map(|to| to.name.clone()).unwrap_or_default()),
        (
            COUNTRY,
            bill_to.map(|to| to.country.clone()).unwrap_or_default(),
        ),
        (EMAIL, email.cloned().unwrap_or_default()),
    ];
    all.extend(ADDRESS.into_iter().zip(parts(sold_to)));
    let other = bill_to.map(|to| &to.address);
    all.extend(BILL_TO_ADDRESS.into_iter().zip(parts(other)));
    Values::of(&all)
}

/// Street, city, postal code and region.
fn parts(address: Option<&Address>) -> [String; 4] {
    let Some(address) = address.cloned() else {
        return Default::default();
    };
    [
        address.street,
        address.city,
        address.postal_code.unwrap_or_default(),
        address.region.unwrap_or_default(),
    ]
}

/// What is typed.
pub fn read(typed: &Values) -> BillingProfile {
    let address = |[street, city, postal_code, region]: [&str; 4]| Address {
        street: typed.text(street).to_owned(),
        city: typed.text(city).to_owned(),
        postal_code: typed.optional(postal_code),
        region: typed.optional(region),
    };
    let bill_to = (!typed.text(BILL_TO).is_empty()).then(|| BillTo {
        name: typed.text(NAME).to_owned(),
        address: address(BILL_TO_ADDRESS),
        country: typed.text(COUNTRY).to_owned(),
    });
    BillingProfile {
        sold_to: address(ADDRESS),
        bill_to,
        tax_id: typed.optional(TAX_ID),
        email: typed.text(EMAIL).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use membership_contract::check::Check as _;

    #[test]
    fn what_is_shown_is_what_is_read() {
        let profile = BillingProfile {
            sold_to: Address {
                street: "1 Quay".to_owned(),
                city: "Leeds".to_owned(),
                postal_code: Some("LS1".to_owned()),
                region: None,
            },
            bill_to: Some(BillTo {
                name: "Accounts".to_owned(),
                address: Address::default(),
                country: "GB".to_owned(),
            }),
            tax_id: Some("GB980780684".to_owned()),
            email: "bills@northwind.example".to_owned(),
        };
        assert_eq!(read(&values(Some(&profile), None)), profile);
        let without = BillingProfile {
            bill_to: None,
            tax_id: None,
            ..profile
        };
        assert_eq!(read(&values(Some(&without), None)), without);
    }

    #[test]
    fn each_pointer_of_a_refusal_is_a_field() {
        let mut typed = values(None, None);
        for field in SHAPE.fields {
            let bad = "\u{1f980}".repeat(400);
            typed.fields.insert(field.name.to_owned(), bad);
        }
        for error in read(&typed).check() {
            let mut fields = SHAPE.fields.iter();
            let found = fields.any(|one| format!("/{}", one.name) == error.pointer);
            assert!(found, "{}", error.pointer);
        }
    }
}
