//! Objects of Stripe, as far as anything here depends on them, and what each says of a payment.

use std::collections::BTreeMap;

use membership_domain::money::Currency;
use membership_domain::purchase::attempt::GatewayStatus;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::amount::from_stripe;
use crate::gateway::Dispute;

/// A session of Checkout: one attempt to pay.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Its id, by which we know the payment.
    pub id: String,
    /// `open`, `complete` or `expired`.
    pub status: String,
    /// `paid`, `unpaid` or `no_payment_required`.
    pub payment_status: String,
    /// Where the buyer pays.
    pub url: Option<String>,
    /// In small letters.
    pub currency: Option<String>,
    /// What is asked for, in the units of Stripe.
    pub amount_total: Option<i64>,
    /// What is paid with it.
    #[serde(deserialize_with = "asked")]
    pub payment_intent: Option<Intent>,
    /// What we said when it began.
    pub metadata: Option<BTreeMap<String, String>>,
}

/// An object; none where Stripe gives only its id, for it was not asked for the object.
fn asked<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(from)?;
    let read = value.is_object().then(|| serde_json::from_value(value));
    read.transpose().map_err(serde::de::Error::custom)
}

/// A payment in Stripe's books.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Intent {
    /// Its id.
    pub id: String,
    /// `succeeded` once the money was taken.
    pub status: String,
    /// In small letters.
    pub currency: String,
    /// What was taken, in the units of Stripe.
    pub amount_received: Option<i64>,
    /// With which card.
    #[serde(deserialize_with = "asked")]
    pub latest_charge: Option<Charge>,
}

/// One charge of a card.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Charge {
    /// Whether the card's owner asked for the money back.
    pub disputed: bool,
    /// How it was paid.
    pub payment_method_details: Option<Details>,
}

/// How a charge was paid.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Details {
    /// With which card.
    pub card: Option<Card>,
}

/// A card, as far as anybody but Stripe knows it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Card {
    /// Its last digits.
    pub last4: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Page<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// Whether there is another one.
    #[serde(default)]
    pub has_more: bool,
}

/// A dispute of a charge.
#[derive(Clone, Debug, Deserialize)]
pub struct DisputeObject {
    /// How far it is.
    pub status: String,
}

impl Session {
    /// What we said of it when it began.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<&str> {
        let said = self.metadata.as_ref()?.get(name)?;
        Some(said.as_str()).filter(|said| !said.is_empty())
    }

    /// How far it is.
    ///
    /// # Errors
    /// Why nothing can be said: other states than are documented, another currency than was asked
    /// for, and amounts that this currency has not.
    pub fn is(&self) -> Result<GatewayStatus, String> {
        let asked = self.said("currency").and_then(|code| code.parse().ok());
        let currency: Currency = asked.ok_or("it did not begin here")?;
        let is_same = |code: &str| code.eq_ignore_ascii_case(currency.code());
        if !self.currency.as_deref().is_some_and(is_same) {
            return Err(format!("it is in {:?}, not in {currency}", self.currency));
        }
        match (self.status.as_str(), self.payment_status.as_str()) {
            ("open", "unpaid") | ("complete", "unpaid") => Ok(GatewayStatus::Open),
            ("expired", "unpaid") => Ok(GatewayStatus::Canceled),
            ("complete", "paid") => {
                let intent = self
                    .payment_intent
                    .as_ref()
                    .ok_or("it was paid, and not by a PaymentIntent")?;
                if !is_same(&intent.currency) {
                    return Err(format!(
                        "it was paid in {:?}, not in {currency}",
                        intent.currency
                    ));
                }
                intent
                    .captured(currency)
                    .map(|captured| GatewayStatus::Succeeded { captured })
            }
            (status, paid) => Err(format!("it is {status:?} and {paid:?}")),
        }
    }
}

impl Intent {
    /// What was taken, in minor units.
    fn captured(&self, currency: Currency) -> Result<i64, String> {
        if self.status != "succeeded" {
            return Err(format!(
                "it was paid, and its PaymentIntent is {:?}",
                self.status
            ));
        }
        let taken = self.amount_received.filter(|amount| *amount > 0);
        let captured = taken.and_then(|amount| from_stripe(amount, currency));
        captured.ok_or(format!(
            "{:?} of {currency} were received",
            self.amount_received
        ))
    }

    /// The last digits of the card: four, whatever comes.
    #[must_use]
    pub fn card(&self) -> Option<String> {
        let details = self.latest_charge.as_ref()?.payment_method_details.as_ref();
        let card = details?.card.as_ref()?;
        let digits = |text: &&String| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        card.last4.as_ref().filter(digits).cloned()
    }

    /// Whether the card's owner asked for the money back.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.latest_charge
            .as_ref()
            .is_some_and(|charge| charge.disputed)
    }
}

/// How far the disputes of a payment are together. An inquiry is none yet: no money is held back.
#[must_use]
pub fn disputed(disputes: &[DisputeObject]) -> Option<Dispute> {
    let of = |dispute: &DisputeObject| match dispute.status.as_str() {
        "warning_needs_response" | "warning_under_review" | "warning_closed" => None,
        "won" => Some(Dispute::Won),
        // Prevented: the money went back before the bank asked for it.
        "lost" | "prevented" => Some(Dispute::Lost),
        // Also an appeal, and what there may be one day: somebody has to look.
        _ => Some(Dispute::Open),
    };
    let found: Vec<Dispute> = disputes.iter().filter_map(of).collect();
    [Dispute::Open, Dispute::Lost, Dispute::Won]
        .into_iter()
        .find(|dispute| found.contains(dispute))
}
