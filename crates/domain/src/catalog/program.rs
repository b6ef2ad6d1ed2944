//! Programs: what a partner may join, buy or earn.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::shared::Shared;

use super::{Cite, Requirement, dated};
use crate::number::Number;

/// A group of programs for one kind of partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramTrack))]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Short id: `services`.
    pub id: String,
    /// Its name: `Services`.
    pub name: String,
    /// Who it is for, in a sentence.
    pub summary: String,
}

/// What sort of thing a program gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// Being a member at all.
    Membership,
    /// A bought package of benefits.
    Package,
    /// A designation, earned by a score.
    Designation,
    /// A badge that follows from other programs.
    Badge,
    /// A specialization within a solution area.
    Specialization,
    /// An audited expert program.
    Expert,
    /// Benefits of a program that no longer takes new partners.
    Legacy,
    /// A program of stages or rewards for software publishers.
    Publisher,
    /// An alliance with tiers.
    Alliance,
}

/// Whether partners can enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Open to all.
    Open,
    /// In preview, for invited partners.
    Preview,
    /// No new partners; holders may renew.
    Closed,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Short id, also its address: `action-pack`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What sort of thing it gives.
    pub kind: ProgramKind,
    /// Where it stands among the others: lower first.
    pub order: u32,
    /// The tracks it is offered in, by id.
    pub tracks: Vec<String>,
    /// The score that earns it, by id, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// The solution area it belongs to, as people name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution_area: Option<String>,
    /// Whether partners can enter.
    pub availability: Availability,
    /// What it is, in one or two sentences.
    pub summary: String,
    /// Further facts worth knowing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Where the description is from.
    pub cite: Cite,
    /// What it costs, by date, where no offer gives it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// How long it lasts and when it renews, by date.
    pub terms: Vec<Terms>,
    /// What it takes, by date.
    pub rules: Vec<Rule>,
    /// The packs that a buyer chooses between, where there is a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<Pack>,
    /// The stages a partner goes through, where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// What a holder gets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<Benefit>,
    /// The file this stands in, for explanations; set when the catalog is loaded.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub file: Shared,
}

/// Something worth knowing about a program. In a catalog file a sentence alone, or with a source
/// of its own: `{ text = "...", cite = { ... } }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramFact))]
#[serde(untagged)]
pub enum Fact {
    /// From where the program's description is.
    Plain(String),
    /// From elsewhere.
    Cited(CitedFact),
}

/// A fact with its own source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CitedFact {
    /// The sentence.
    pub text: String,
    /// Where it is from.
    pub cite: Cite,
}

impl Fact {
    /// The sentence.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Cited(fact) => &fact.text,
        }
    }

    /// Where it is from, unless from where the program's description is.
    #[must_use]
    pub fn cite(&self) -> Option<&Cite> {
        match self {
            Self::Plain(_) => None,
            Self::Cited(fact) => Some(&fact.cite),
        }
    }
}

/// What a program costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramFee))]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// In minor units (cents); absent where none is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// ISO 4217 code.
    pub currency: String,
    /// Whether it is due every term, rather than once.
    pub recurring: bool,
    /// What to know about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

/// How long a program lasts, and when it can be renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramTerms))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The first day on which this holds.
    pub effective_from: NaiveDate,
    /// Days from purchase to anniversary; absent where it is open-ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The first day of the renewal window, in days after (before, where negative) the anniversary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_opens: Option<i32>,
    /// The last day of the renewal window, in days after the anniversary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_closes: Option<i32>,
    /// How many days after the anniversary its benefits end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefits_end: Option<i32>,
    /// Days from qualifying to the last day on which a new partner can enroll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enroll_within: Option<u32>,
    /// The days on which its admins are reminded of a renewal, counted from the anniversary (before
    /// it, where negative), the first one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<i32>,
    /// Whether all programs of this kind end together, with the first one.
    #[serde(default)]
    pub shared_anniversary: bool,
    /// Whether it begins, and is renewed, by itself once everything that it takes is there.
    #[serde(default)]
    pub by_itself: bool,
    /// Which anniversaries ask for a new audit or new references; absent where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<Validation>,
    /// What to know about it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

/// Which anniversaries ask for a new audit or new references, and not only for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// Every so many of them: 2 is the second, the fourth, and so on.
    pub every: u32,
    /// None before this day.
    pub from: NaiveDate,
}

/// What a program takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramRule))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// The tree of requirements.
    pub requirement: Requirement,
    /// What each tier takes beyond that, the lowest first; a tier has the id of its stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Requirement>,
    /// Where this is from, unless a requirement says otherwise.
    pub cite: Cite,
}

/// One of several packs that a buyer chooses between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramPack))]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Short id: `maps`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who it is for, in a sentence.
    pub summary: String,
}

/// A stage of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramStage))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Short id: `build`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What happens in it, in a sentence.
    pub summary: String,
}

/// Something that a holder of a program gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// The heading it stands under.
    pub group: String,
    /// Its name.
    pub name: String,
    /// How much of it; absent where it is simply included, or not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Number>,
    /// What the quantity counts: `seats`, `USD per month`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The packs it is in, by id; empty where it is in all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// The stage that unlocks it, by id, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Where this is from.
    pub cite: Cite,
}

impl Rule {
    /// Every requirement, those of the tiers after the others.
    pub fn walk(&self) -> impl Iterator<Item = &Requirement> {
        let roots = std::iter::once(&self.requirement).chain(&self.tiers);
        roots.flat_map(Requirement::walk)
    }
}

dated!(Fee, Terms, Rule);
