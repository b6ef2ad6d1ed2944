//! What is sold, for how much, and the periods of buying.

use chrono::NaiveDate;

use super::{Catalog, Fee, MembershipOffer, in_force, price_in};
use crate::money::Currency;

/// The limits of the catalog that orders depend on, each above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaseLimits {
    /// An order by transfer expires so many days after it was placed.
    pub wire_order_days: u32,
    /// A price is held for so many minutes.
    pub quote_hold_minutes: u32,
    /// A purchase can be canceled for so many days.
    pub refund_days: u32,
    /// A proof of payment has at most so many megabytes.
    pub proof_megabytes: u32,
}

impl PurchaseLimits {
    /// What the catalog must have for it, in the order of the fields.
    pub const LIMITS: [&str; 4] = [
        "wire-order-days",
        "quote-hold-minutes",
        "refund-days",
        "payment-proof-max-megabytes",
    ];
}

impl Catalog {
    /// The offer with this id.
    #[must_use]
    pub fn offer(&self, id: &str) -> Option<&MembershipOffer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// The offer that gives a program.
    #[must_use]
    pub fn offer_of(&self, program: &str) -> Option<&MembershipOffer> {
        let gives = |offer: &&MembershipOffer| offer.programs.iter().any(|one| one == program);
        self.offers.iter().find(gives)
    }

    /// What a program costs, in US dollars: as it is offered, or as its own file says.
    #[must_use]
    pub fn fee(&self, program: &str, day: NaiveDate) -> Option<&Fee> {
        match self.offer_of(program) {
            Some(offer) => price_in(&offer.prices, Currency::USD, day),
            None => in_force(&self.program(program)?.fees, day),
        }
    }

    /// The currency of a country: of its price list, else US dollars.
    #[must_use]
    pub fn currency_of(&self, country: &str) -> Currency {
        let lists = self.billing.price_lists.iter();
        let list = lists
            .clone()
            .find(|list| list.countries.iter().any(|one| one == country));
        list.map_or(Currency::USD, |list| list.currency)
    }

    /// The limits of buying; nothing where one of [`PurchaseLimits::LIMITS`] is missing, which no
    /// checked catalog lacks.
    #[must_use]
    pub fn purchase_limits(&self) -> Option<PurchaseLimits> {
        let [orders, quotes, refunds, proofs] =
            PurchaseLimits::LIMITS.map(|id| self.limit(id).filter(|value| *value > 0));
        Some(PurchaseLimits {
            wire_order_days: orders?,
            quote_hold_minutes: quotes?,
            refund_days: refunds?,
            proof_megabytes: proofs?,
        })
    }
}
