//! Who sells, how it is taxed, and under which agreement.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cite, dated, in_force};
use crate::company::Address;
use crate::money::Currency;
use crate::purchase::bill::{BankAccount, PaymentMethod};
use crate::purchase::sale::{Party, TaxCategory};

/// Everything that money needs beside prices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// Which countries have prices in a currency of their own.
    pub price_lists: Vec<PriceList>,
    /// The selling entities.
    pub sellers: Vec<Seller>,
    /// How sales are taxed; the first that fits holds.
    pub taxes: Vec<TaxRule>,
    /// What tax ids look like, by country.
    pub tax_ids: Vec<TaxIdFormat>,
    /// The agreement that buyers accept, by date.
    pub agreements: Vec<Agreement>,
}

/// The countries of a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    /// Where this is from.
    pub cite: Cite,
}

/// A company that sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// Short id: `ireland`.
    pub id: String,
    /// Legal name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Postal address.
    pub address: Address,
    /// Tax id, without spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// Number in a company register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Where it sells, as ISO 3166-1 alpha-2 codes; empty for wherever nobody else does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// What its invoices' numbers begin with: each seller has a series of its own.
    pub invoice_prefix: String,
    /// What its credit notes' numbers begin with.
    pub credit_note_prefix: String,
    /// How it is paid.
    pub methods: Vec<PaymentMethod>,
    /// Its bank accounts, at most one of each currency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<SellerAccount>,
    /// Where this is from.
    pub cite: Cite,
}

/// A bank account of a seller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SellerAccount {
    /// ISO 4217 code.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// The account.
    pub account: BankAccount,
}

impl Seller {
    /// As one side of a sale.
    #[must_use]
    pub fn party(&self) -> Party {
        Party {
            name: self.name.clone(),
            address: self.address.clone(),
            country: self.country.clone(),
            tax_id: self.tax_id.clone(),
            register: self.register.clone(),
        }
    }

    /// Its account in a currency.
    #[must_use]
    pub fn account(&self, currency: Currency) -> Option<&BankAccount> {
        let mut accounts = self.accounts.iter();
        let account = accounts.find(|one| one.currency == currency);
        account.map(|one| &one.account)
    }

    /// Whether an order in a currency can be paid this way: a transfer needs an account.
    #[must_use]
    pub fn takes(&self, method: PaymentMethod, currency: Currency) -> bool {
        let has_account = method != PaymentMethod::Wire || self.account(currency).is_some();
        self.methods.contains(&method) && has_account
    }
}

/// How sales of a seller to buyers of some countries are taxed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaxRule {
    /// The seller, by id.
    pub seller: String,
    /// The buyer's countries; empty for all others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Whether it is for buyers with a tax id of their country only.
    #[serde(default)]
    pub with_tax_id: bool,
    /// How it is taxed, by date.
    pub rates: Vec<TaxRate>,
}

/// A rate of tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaxRate {
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// How the sale is taxed.
    pub category: TaxCategory,
    /// The tax's name: `VAT`.
    pub name: String,
    /// In hundredths of a percent: 1900 is 19 %.
    #[serde(default)]
    pub rate: u32,
    /// What a bill says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

/// What tax ids of a country look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TaxIdFormat {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// What it is called there: `VAT ID`.
    pub name: String,
    /// Its forms: `#` is a digit, `@` a capital, `*` either; all else stands for itself.
    pub forms: Vec<String>,
    /// One that has a right form.
    pub example: String,
    /// Where this is from.
    pub cite: Cite,
}

/// What buyers agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Its version, also in its address: `2023-07-01`.
    pub id: String,
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// Its title.
    pub title: String,
    /// What it says, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Where this is from.
    pub cite: Cite,
}

dated!(TaxRate, Agreement);

impl Billing {
    /// The seller for buyers of a country.
    #[must_use]
    pub fn seller_for(&self, country: &str) -> Option<&Seller> {
        let named = |seller: &&Seller| seller.countries.iter().any(|one| one == country);
        (self.sellers.iter().find(named)).or_else(|| {
            self.sellers
                .iter()
                .find(|seller| seller.countries.is_empty())
        })
    }

    /// The seller with this id.
    #[must_use]
    pub fn seller(&self, id: &str) -> Option<&Seller> {
        self.sellers.iter().find(|seller| seller.id == id)
    }

    /// How a seller's sale to a buyer is taxed on a day; none where the catalog says nothing.
    #[must_use]
    pub fn tax(
        &self,
        seller: &str,
        country: &str,
        has_tax_id: bool,
        day: NaiveDate,
    ) -> Option<&TaxRate> {
        let fits = |rule: &&TaxRule| {
            rule.seller == seller
                && (rule.countries.is_empty() || rule.countries.iter().any(|one| one == country))
                && (has_tax_id || !rule.with_tax_id)
        };
        let mut rules = self.taxes.iter().filter(fits);
        rules.find_map(|rule| in_force(&rule.rates, day))
    }

    /// What tax ids of a country look like, where that is known.
    #[must_use]
    pub fn tax_id_format(&self, country: &str) -> Option<&TaxIdFormat> {
        self.tax_ids.iter().find(|format| format.country == country)
    }

    /// The agreement in force on a day.
    #[must_use]
    pub fn agreement(&self, day: NaiveDate) -> Option<&Agreement> {
        in_force(&self.agreements, day)
    }
}

impl TaxIdFormat {
    /// Whether a tax id has one of the forms.
    #[must_use]
    pub fn takes(&self, id: &str) -> bool {
        let fits = |form: &String| {
            form.chars().count() == id.chars().count()
                && form.chars().zip(id.chars()).all(|(form, one)| match form {
                    '#' => one.is_ascii_digit(),
                    '@' => one.is_ascii_uppercase(),
                    '*' => one.is_ascii_digit() || one.is_ascii_uppercase(),
                    other => one == other,
                })
        };
        self.forms.iter().any(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Certainty;

    #[test]
    fn a_tax_id_has_one_of_the_forms_of_its_country() {
        let format = TaxIdFormat {
            country: "NL".to_owned(),
            name: "VAT ID".to_owned(),
            forms: vec!["NL#########B##".to_owned(), "NL@*".to_owned()],
            example: "NL123456789B01".to_owned(),
            cite: Cite {
                certainty: Certainty::Sample,
                source: "x".into(),
            },
        };
        for right in ["NL123456789B01", "NLA1", "NLAB"] {
            assert!(format.takes(right), "{right}");
        }
        for wrong in [
            "",
            "NL",
            "nla1",
            "NL12345678XB01",
            "NL1234567890B1",
            "NLA١",
            "NLÄ1",
        ] {
            assert!(!format.takes(wrong), "{wrong}");
        }
    }
}
