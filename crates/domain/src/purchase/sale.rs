//! What is sold to whom for how much: frozen in a quote, and the same in its order and its bills.

use serde::{Deserialize, Serialize};

use crate::company::Address;
use crate::money::{Currency, Money, share};

/// One side of a sale, as it was when it was quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SaleParty))]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Legal name.
    pub name: String,
    /// Postal address.
    pub address: Address,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Tax id, without spaces; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// Number in a company register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
}

/// Something that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaleLine {
    /// What it is.
    pub description: String,
    /// A second line, in smaller letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How many; at least one.
    pub quantity: u32,
    /// Price of one, in minor units, without tax.
    pub unit_price: i64,
    /// What is taken off the line, in minor units.
    #[serde(default)]
    pub discount: i64,
}

impl SaleLine {
    /// Price times quantity, without the discount, in minor units, without tax.
    #[must_use]
    pub fn net(&self) -> i64 {
        (self.unit_price.saturating_mul(i64::from(self.quantity))).saturating_sub(self.discount)
    }
}

crate::codes! {
    /// How a sale is taxed.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    TaxCategory {
        /// At the rate of the buyer's country.
        Standard = "standard",
        /// The buyer owes the tax.
        ReverseCharge = "reverse_charge",
        /// The buyer is exempt, as documents showed.
        Exempt = "exempt",
        /// The buyer is outside of where the seller's tax is due.
        Export = "export",
        /// No rate is known, so no tax is charged.
        NotCalculated = "not_calculated",
    }
}

/// How all lines of a sale are taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SaleTax))]
#[serde(deny_unknown_fields)]
pub struct Tax {
    /// How.
    pub category: TaxCategory,
    /// Its name: `VAT`.
    pub name: String,
    /// In hundredths of a percent; 0 unless the category is standard.
    pub rate: u32,
    /// Why none is charged, as bills say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Who sells what to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sale {
    /// The selling entity, by its id in the catalog.
    pub seller_id: String,
    /// Who sells.
    pub seller: Party,
    /// Who buys: sold to.
    pub buyer: Party,
    /// Who gets the bill, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill_to: Option<Party>,
    /// ISO 4217 code of every amount.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// What is sold.
    pub lines: Vec<SaleLine>,
    /// How it is taxed.
    pub tax: Tax,
}

impl Sale {
    /// All lines before discounts, in minor units, without tax.
    #[must_use]
    pub fn gross(&self) -> i64 {
        (self.lines.iter()).fold(0, |sum, line| {
            sum.saturating_add(line.net().saturating_add(line.discount))
        })
    }

    /// All discounts, in minor units.
    #[must_use]
    pub fn discount(&self) -> i64 {
        (self.lines.iter()).fold(0, |sum, line| sum.saturating_add(line.discount))
    }

    /// All lines, in minor units, without tax.
    #[must_use]
    pub fn net(&self) -> i64 {
        (self.lines.iter()).fold(0, |sum, line| sum.saturating_add(line.net()))
    }

    /// The tax on all lines together, in minor units.
    #[must_use]
    pub fn tax_amount(&self) -> i64 {
        share(self.net(), self.tax.rate)
    }

    /// What is to be paid.
    #[must_use]
    pub fn total(&self) -> Money {
        let total = self.net().saturating_add(self.tax_amount());
        Money::new(total, self.currency)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A sale of one line to Contoso in Germany.
    pub(in crate::purchase) fn sale(unit_price: i64, rate: u32) -> Sale {
        let party = |name: &str| Party {
            name: name.to_owned(),
            address: Address::default(),
            country: "DE".to_owned(),
            tax_id: None,
            register: None,
        };
        Sale {
            seller_id: "de".to_owned(),
            seller: party("Membership Operations GmbH"),
            buyer: party("Contoso GmbH"),
            bill_to: None,
            currency: "EUR".parse().expect("a currency"),
            lines: vec![SaleLine {
                description: "Solutions Partner designation".to_owned(),
                detail: None,
                quantity: 1,
                unit_price,
                discount: 0,
            }],
            tax: Tax {
                category: TaxCategory::Standard,
                name: "VAT".to_owned(),
                rate,
                note: None,
            },
        }
    }

    #[test]
    fn totals_add_up_in_whole_minor_units() {
        let one = sale(380_000, 1_900);
        assert_eq!((one.net(), one.tax_amount()), (380_000, 72_200));
        assert_eq!(one.total().amount, 452_200);
        let mut several = sale(333, 775);
        several.lines[0].quantity = 3;
        several.lines[0].discount = 99;
        assert_eq!((several.gross(), several.discount()), (999, 99));
        assert_eq!((several.net(), several.tax_amount()), (900, 70));
        assert_eq!(several.total().amount, several.net() + several.tax_amount());
    }
}
