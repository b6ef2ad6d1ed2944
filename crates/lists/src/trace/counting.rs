//! How a row stands: that it counts, or why it does not.

use membership_domain::assess::{Item, Reason};
use membership_domain::catalog::AssociationKind;
use membership_domain::month::Month;
use serde::{Deserialize, Serialize};

/// How a row stands in one area or program that has a rule which looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AreaCounting))]
pub struct Counting {
    /// The area by its score's id, or the program by its own.
    pub area: String,
    /// The metrics of the score or the requirements of the program in which it counts, by id; in
    /// an area with several tracks the track stands first: `smb.net-adds`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<String>,
    /// Whether it counts there only with what the partner entered, and in no decision yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_entered: bool,
    /// Why it counts in none; absent where it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Counting {
    pub(super) fn new(area: &str) -> Self {
        Self {
            area: area.to_owned(),
            metrics: Vec::new(),
            only_entered: false,
            why: None,
        }
    }
}

/// Why a row does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CountingWhy))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// As the engine says it.
    Rule(Reason),
    /// A person is taken once, with another certificate.
    Instead {
        /// Which, by id.
        certificate: String,
    },
    /// It is what the same months a year later are compared with.
    YearBefore,
    /// Other months are measured.
    OtherMonths {
        /// The first of them.
        from: Month,
        /// The last.
        to: Month,
    },
    /// No month was measured yet.
    NotMeasured,
    /// It adds nothing to what is measured.
    Nothing,
    /// It counts in a part of a metric alone that another part outdoes.
    Outdone,
}

/// What one rule says of a row that it looks at.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict<'r> {
    Counts,
    Not(&'r Reason),
    NotAssociated(AssociationKind),
    Instead(&'r str),
    YearBefore,
    OtherMonths(Month, Month),
    NotMeasured,
    Nothing,
}

impl<'r> Verdict<'r> {
    pub fn of(item: &'r Item) -> Self {
        item.reason.as_ref().map_or(Self::Counts, Self::Not)
    }

    pub fn why(self) -> Option<Why> {
        Some(match self {
            Self::Counts => return None,
            Self::Not(reason) => Why::Rule(reason.clone()),
            Self::NotAssociated(kind) => Why::Rule(Reason::Association { have: vec![kind] }),
            Self::Instead(certificate) => Why::Instead {
                certificate: certificate.to_owned(),
            },
            Self::YearBefore => Why::YearBefore,
            Self::OtherMonths(from, to) => Why::OtherMonths { from, to },
            Self::NotMeasured => Why::NotMeasured,
            Self::Nothing => Why::Nothing,
        })
    }
}
