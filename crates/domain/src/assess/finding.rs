//! Findings: what the engine says, as data. The sentences are made elsewhere, in one place.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::items::Items;
use super::window::Outside;
use crate::catalog::{AssociationKind, Category, Certainty, Threshold, Value};
use crate::evidence::Verification;
use crate::month::Month;
use crate::number::Number;
use crate::shared::Shared;

/// Whether something required is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingOutcome))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is there.
    Met,
    /// It is not.
    Unmet,
    /// The evidence does not say.
    Unknown,
}

impl Outcome {
    /// [`Outcome::Met`] where `met`, else [`Outcome::Unmet`].
    #[must_use]
    pub fn when(met: bool) -> Self {
        if met { Self::Met } else { Self::Unmet }
    }
}

/// The rule that a finding follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleRef {
    /// The catalog's file.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub file: Shared,
    /// The version: the day from which it holds.
    pub effective_from: NaiveDate,
    /// How sure the rule is.
    pub certainty: Certainty,
    /// The id of its source.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: Shared,
}

/// One node of an assessment; the tree mirrors the tree of requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(no_recursion))]
pub struct Finding {
    /// The id of the requirement, metric, gate or part.
    pub id: String,
    /// Its name in the catalog, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What to know about the rule, in the catalog's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What is required, with the facts that a sentence about it needs.
    pub kind: Kind,
    /// Whether it is there.
    pub outcome: Outcome,
    /// Whether the outcome was only taken as met, in a preview.
    #[serde(default, skip_serializing_if = "is_false")]
    pub assumed: bool,
    /// How much there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<Number>,
    /// How much is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Number>,
    /// The points it earns, within a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The evidence that counted.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Item>))]
    pub counted: Items,
    /// The evidence that did not, each with its reason.
    #[serde(default, skip_serializing_if = "Items::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Item>))]
    pub not_counted: Items,
    /// The rule it follows from.
    pub rule: RuleRef,
    /// The first day on which it is no longer met, if nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_on: Option<NaiveDate>,
    /// What would help: any of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Next>,
    /// What it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Finding>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn is_false(value: &bool) -> bool {
    !value
}

/// Points of a metric, or of a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingPoints))]
pub struct Points {
    /// Earned, after the cap.
    pub earned: Number,
    /// What the evidence would earn without the cap.
    pub uncapped: Number,
    /// The cap.
    pub max: Number,
    /// For each unit, where there is one rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Number>,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// All children.
    All,
    /// Any child.
    Any,
    /// Several children.
    AtLeast,
    /// Joined the partner program.
    Joined {
        /// Since when.
        since: Option<NaiveDate>,
    },
    /// Account verified.
    Verified {
        /// How far it is.
        state: Verification,
    },
    /// Holds programs.
    Holds {
        /// Which, by id.
        programs: Vec<String>,
    },
    /// Held a program on a past day.
    HeldOn {
        /// Which, by id.
        programs: Vec<String>,
        /// On which day.
        day: NaiveDate,
    },
    /// No score qualifies, and no program is held.
    NoneQualified {
        /// Which scores, by id.
        scores: Vec<String>,
        /// Which programs, by id.
        programs: Vec<String>,
    },
    /// A score qualifies.
    Score {
        /// Which, by id.
        score: String,
        /// The day in the window on which it did, where it did.
        qualified_on: Option<NaiveDate>,
        /// Where it did not, and today is not in the window.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outside: Option<Outside>,
    },
    /// People hold certificates.
    People {
        /// Any of these, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
        /// Each of them by this many people.
        each: u32,
    },
    /// A measure over customers.
    Measure {
        /// What was measured.
        measured: Measured,
        /// From how many customers it must come.
        customers: u32,
        /// From how many it does.
        from: u32,
    },
    /// References.
    References {
        /// For which program, by id.
        program: String,
        /// Approved not longer ago than this.
        within_months: u32,
        /// What the next anniversary requires of a holder of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recheck: Option<Recheck>,
    },
    /// An audit.
    Audit {
        /// For which program, by id.
        program: String,
        /// Not longer ago than this.
        within_months: u32,
        /// What the next anniversary requires of a holder of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recheck: Option<Recheck>,
    },
    /// A marketplace offer.
    Offer {
        /// Whether customers must be able to buy it there.
        transactable: bool,
    },
    /// An invitation.
    Invitation {
        /// To which program, by id.
        program: String,
    },
    /// A declaration.
    Declaration {
        /// What is declared.
        key: String,
    },
    /// A reported figure.
    Figure {
        /// Which.
        key: String,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// Figures of other systems together, each at its own rate.
    Sum {
        /// What is counted.
        unit: String,
        /// One of it, where whole things are counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
    /// A figure of one location, against what its region asks for.
    Regional {
        /// Which.
        key: String,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
        /// What it must reach, by region.
        at_least: Vec<Threshold>,
    },
    /// A track of a score.
    Track,
    /// A metric of a score.
    Metric {
        /// What it is about.
        category: Category,
    },
    /// A gate of a skilling metric.
    Gate {
        /// Any of these certificates, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
    },
    /// The people who count in a skilling metric.
    Counting {
        /// Any of these certificates, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
    },
    /// A part of a performance metric.
    Part {
        /// What was measured.
        measured: Measured,
        /// Whether a better part was taken instead.
        outdone: bool,
    },
}

/// What an anniversary requires of a holder's audit or references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recheck {
    /// Nothing yet: those that it was given for still hold.
    Kept,
    /// New ones.
    Anew {
        /// From after this day.
        since: NaiveDate,
    },
}

/// What a measure found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measured {
    /// The last measured month; absent where no month was measured yet.
    pub month: Option<Month>,
    /// In which unit the value is.
    pub unit: MeasureUnit,
    /// The value now, before what a year ago takes off.
    pub now: Number,
    /// The same a year before, where it is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Number>,
    /// The year before must have been this much, and was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_missed: Option<Number>,
    /// What a preview added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Number>,
}

/// The unit of a measure's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    /// Customers (their tenants).
    Customers,
    /// Workloads at customers.
    CustomerWorkloads,
    /// Different workloads.
    Workloads,
    /// Percent of the year before.
    Percent(Value),
    /// More of a value than the year before.
    More(Value),
    /// A value.
    Amount(Value),
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingItem))]
pub struct Item {
    /// What sort of evidence.
    pub subject: Subject,
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Shared,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub name: Shared,
    /// The certificate or workload it counts with, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub with: Option<Shared>,
    /// How much of the measured value it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The last day it counts, if nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Why it does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What sort of evidence an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FindingSubject))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    Person,
    /// A customer's tenant.
    Customer,
    /// A workload.
    Workload,
    /// A program held.
    Program,
    /// A marketplace offer.
    Offer,
    /// A reference.
    Reference,
    /// An audit.
    Audit,
    /// A figure that another system reports.
    Figure,
    /// A location of the partner.
    Location,
    /// A person or customer that a preview made up.
    Hypothetical,
}

/// Why a piece of evidence does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ExclusionReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The person has not linked the learning profile.
    NotLinked,
    /// The person had left.
    Left {
        /// On which day.
        on: NaiveDate,
    },
    /// The certificate's last day was before.
    Expired {
        /// Its last day.
        on: NaiveDate,
    },
    /// It begins to count later.
    NotYet {
        /// From which day.
        on: NaiveDate,
    },
    /// The certificate was withdrawn, and its time of grace is over.
    Retired {
        /// The last day it counted.
        until: NaiveDate,
    },
    /// Other steps must be taken first.
    Gate {
        /// Which, by id.
        gates: Vec<String>,
    },
    /// The most points are earned already.
    OverCap,
    /// Less than is needed.
    Below {
        /// What there is.
        have: Number,
        /// What is needed.
        need: Number,
        /// Of which value.
        value: Value,
    },
    /// More than is allowed here.
    Above {
        /// What there is.
        have: Number,
        /// What is allowed.
        limit: Number,
        /// Of which value.
        value: Value,
    },
    /// It passed a year ago as well, so it is not new.
    NotNew,
    /// It passed a year ago and no longer does: takes one off.
    Lost,
    /// Connected in ways that do not count here.
    Association {
        /// Which there are.
        have: Vec<AssociationKind>,
    },
    /// It was already in use when the connection was made.
    ActiveAtClaim {
        /// How much, in percent.
        percent: Number,
        /// The most that counts.
        limit: Number,
    },
    /// Qualified for, but not bought or enrolled in.
    NotEnrolled,
    /// Held without the pack that is asked for.
    OtherPack {
        /// The program, by id.
        program: String,
        /// The pack, by id.
        pack: String,
    },
    /// Ended before.
    Ended {
        /// On which day.
        on: NaiveDate,
    },
    /// Not approved yet.
    NotApproved,
    /// The audit was not passed.
    NotPassed,
    /// Longer ago than counts.
    TooOld {
        /// The first day that would count.
        since: NaiveDate,
    },
    /// Customers cannot buy it on the marketplace.
    NotTransactable,
    /// More than counts of it at most.
    Surplus,
    /// Less than its region asks for.
    BelowRegion {
        /// What is needed there.
        need: Number,
    },
    /// The rule has no value for its region.
    NoRegion,
}

/// Something that would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NextStep))]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Join the partner program.
    Join,
    /// Start or correct the verification.
    Verify {
        /// How far it is.
        state: Verification,
    },
    /// Have people certified.
    Certify {
        /// How many more people.
        people: u32,
        /// In any of these, by id.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
        certificates: Vec<Shared>,
        /// The points it earns, within a score.
        points: Option<Number>,
    },
    /// Have people link their learning profiles.
    Link {
        /// Their names.
        people: Vec<String>,
    },
    /// Raise a measure.
    Raise {
        /// By how much.
        by: Number,
        /// Of what.
        unit: MeasureUnit,
        /// The points it earns, within a score.
        points: Option<Number>,
        /// The metric of the score and its part, where this is said about the score as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
    },
    /// Have it from more customers.
    Widen {
        /// How many more.
        customers: u32,
    },
    /// Enroll in or buy a program.
    Enroll {
        /// Which, by id.
        program: String,
    },
    /// Earn a program.
    Earn {
        /// Which, by id.
        program: String,
    },
    /// Raise a score.
    RaiseScore {
        /// Which, by id.
        score: String,
        /// By how many points; zero where only a metric at zero is in the way.
        by: Number,
    },
    /// Keep a score that passes today, since only a later day counts.
    KeepScore {
        /// Which, by id.
        score: String,
        /// The first day that counts.
        until: NaiveDate,
    },
    /// Import a day of a window that is over and in which the score qualified, if there was one.
    ShowDay {
        /// Which score, by id.
        score: String,
        /// The first day of the window.
        from: NaiveDate,
        /// The last day of the window.
        to: NaiveDate,
    },
    /// Hand in references.
    Refer {
        /// How many more.
        count: u32,
    },
    /// Pass an audit.
    PassAudit,
    /// Meet everything else first: this opens only then.
    OthersFirst,
    /// Publish an offer.
    Publish {
        /// One that customers can buy there.
        transactable: bool,
    },
    /// Ask the program owner for an invitation.
    AskInvitation,
    /// State that something holds.
    Declare {
        /// What.
        key: String,
    },
    /// Have a figure reported that is high enough.
    Report {
        /// Which, by key: one of them, or several together.
        keys: Vec<String>,
        /// How much more.
        by: Number,
        /// What it must reach.
        reach: Number,
        /// What it counts.
        unit: String,
        /// One of it, where it counts whole things.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one: Option<String>,
    },
}
