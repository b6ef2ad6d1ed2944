//! The billing profile: to whom things are sold, and where bills go.

use serde::{Deserialize, Serialize};

use super::sale::Party;
use crate::company::Address;
use crate::json::given;

/// What a Global admin links once, and changes for later purchases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BillingProfile {
    /// Sold to: an address in the company's country.
    pub sold_to: Address,
    /// Bill to, where that is another company or address.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub bill_to: Option<BillTo>,
    /// Tax id of the company's country; without it some sales are taxed that otherwise are not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub tax_id: Option<String>,
    /// Where copies of bills are sent.
    pub email: String,
}

/// Who gets the bills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BillTo {
    /// Name of the company or department.
    pub name: String,
    /// Postal address.
    pub address: Address,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl BillTo {
    /// As one side of a sale.
    #[must_use]
    pub fn party(&self) -> Party {
        Party {
            name: self.name.clone(),
            address: self.address.clone(),
            country: self.country.clone(),
            tax_id: None,
            register: None,
        }
    }
}

/// A tax id as it is kept: capitals, without the signs that people put in between.
#[must_use]
pub fn tax_id(typed: &str) -> String {
    (typed.chars())
        .filter(|one| !one.is_whitespace() && !matches!(one, '-' | '.' | '/' | '\u{2011}'))
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_id_is_kept_without_what_people_put_in_between() {
        assert_eq!(tax_id(" de 136.695-976 "), "DE136695976");
        assert_eq!(tax_id("12-3456789"), "123456789");
        assert_eq!(tax_id(""), "");
    }
}
