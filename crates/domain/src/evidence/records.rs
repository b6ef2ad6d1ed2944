//! Everything else that is known about a partner.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Authority;
use crate::number::Number;
use crate::text::{read_optional, read_trimmed};

/// The company itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Legal name.
    #[serde(deserialize_with = "read_trimmed")]
    pub name: String,
    /// The global account's PartnerID: seven digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The day it joined the partner program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_on: Option<NaiveDate>,
    /// How far its verification is.
    #[serde(default)]
    pub verification: Verification,
    /// Who says when it joined. All else here is the product's own.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

crate::codes! {
    /// How far the verification of an account is.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    Verification {
        /// Nothing was submitted yet.
        #[default]
        NotStarted = "not_started",
        /// It is being checked.
        Pending = "pending",
        /// Passed; called Accepted on some pages and Authorized on others.
        Accepted = "accepted",
        /// Refused; can be corrected and submitted again.
        Rejected = "rejected",
        /// Refused for good.
        Suspended = "suspended",
    }
}

/// A program that the company holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The program's id.
    pub program: String,
    /// The pack that was chosen, by id, of a program that has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The first day.
    pub started_on: NaiveDate,
    /// The anniversary, which is the last day unless renewed; absent where it is open-ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// An offer on the marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its name.
    #[serde(deserialize_with = "read_trimmed")]
    pub name: String,
    /// The day it went live.
    pub published_on: NaiveDate,
    /// Whether customers can buy it there.
    pub transactable: bool,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// What a customer said about the partner's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// For which program, by id.
    pub program: String,
    /// The customer's name.
    #[serde(deserialize_with = "read_trimmed")]
    pub customer: String,
    /// The day it was submitted.
    pub submitted_on: NaiveDate,
    /// The day it was approved, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// An independent audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// For which program, by id.
    pub program: String,
    /// The day of the result.
    pub decided_on: NaiveDate,
    /// Whether it was passed.
    pub passed: bool,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// An invitation by the program owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// To which program, by id.
    pub program: String,
    /// The day it was issued.
    pub issued_on: NaiveDate,
    /// The last day it can be used, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// Something that the company states about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// What is stated, by the key that requirements use.
    pub key: String,
    /// Whether it holds.
    pub holds: bool,
    /// The day it was stated.
    pub declared_on: NaiveDate,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// A number that another system reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it is, by the key that requirements use.
    pub key: String,
    /// The number.
    pub value: Number,
    /// The day it stands for.
    pub reported_on: NaiveDate,
    /// The location it is for, where it is not for the company as a whole.
    #[serde(
        default,
        deserialize_with = "read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub location: Option<String>,
    /// The location's country code or sales area, where rules tell regions apart.
    #[serde(
        default,
        deserialize_with = "read_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub region: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}

/// A score as it was computed on a past day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PastScore {
    /// The score's id.
    pub score: String,
    /// The day.
    pub day: NaiveDate,
    /// The total on that day.
    pub total: Number,
    /// Whether every metric was above zero.
    pub every_metric_above_zero: bool,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Authority::is_claimed")]
    pub authority: Authority,
}
