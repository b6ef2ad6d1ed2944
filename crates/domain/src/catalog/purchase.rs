//! The periods of buying.

use super::Catalog;

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
