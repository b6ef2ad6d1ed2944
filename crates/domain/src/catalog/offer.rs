//! Membership offers: what is sold under one price.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Cite, Fee};
use crate::money::{Currency, Money};

/// What an order of an offer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// Its programs.
    All,
    /// Those of its programs that the buyer qualifies for, now and until the first one ends.
    Qualified,
}

/// Something that partners buy or enroll in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MembershipOffer {
    /// Short id, also in its address: `solutions-partner`.
    pub id: String,
    /// Its name, as on bills.
    pub name: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The programs it gives, by id.
    pub programs: Vec<String>,
    /// Which of them.
    pub gives: Gives,
    /// The benefits that a buyer chooses between, where there is a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<BenefitsOption>,
    /// What it costs for a term, without tax, by currency and date.
    pub prices: Vec<Fee>,
}

/// Benefits that a buyer may choose for a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BenefitsOption {
    /// Short id: `new`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means, in a sentence.
    pub summary: String,
    /// Who may choose it: everybody, or who held a program on a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_on: Option<HeldOn>,
    /// What it costs in place of the offer's prices, by currency and date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Fee>,
    /// Where this is from.
    pub cite: Cite,
}

/// That a program was held on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = OptionHeldOn))]
#[serde(deny_unknown_fields)]
pub struct HeldOn {
    /// The program, by id.
    pub program: String,
    /// The day.
    pub day: NaiveDate,
}

impl MembershipOffer {
    /// Its prices, with an option's own ones where that has some.
    #[must_use]
    pub fn prices(&self, option: Option<&str>) -> &[Fee] {
        let chosen = self
            .options
            .iter()
            .find(|one| Some(one.id.as_str()) == option);
        match chosen {
            Some(option) if !option.prices.is_empty() => &option.prices,
            _ => &self.prices,
        }
    }

    /// The price in force on a day: in this currency, else in US dollars. None where no price is
    /// published.
    #[must_use]
    pub fn price(&self, option: Option<&str>, currency: Currency, day: NaiveDate) -> Option<&Fee> {
        let prices = self.prices(option);
        price_in(prices, currency, day).or_else(|| price_in(prices, Currency::USD, day))
    }
}

/// The price in force on a day, in a currency.
#[must_use]
pub fn price_in(prices: &[Fee], currency: Currency, day: NaiveDate) -> Option<&Fee> {
    (prices.iter())
        .filter(|price| price.currency == currency.code() && price.effective_from <= day)
        .max_by_key(|price| price.effective_from)
}

impl Fee {
    /// As money, where an amount is published.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        Some(Money::new(self.amount?, self.currency.parse().ok()?))
    }
}
