//! The tier of each location, where tiers ask for something of a location.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Kind, Outcome};
use crate::shared::Shared;
use crate::sort;

/// The tier of one location.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocationTier {
    /// The location.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub location: Shared,
    /// The highest tier that it reaches, by the id of its stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
}

/// The highest tier of each location that any tier looks at, of tiers from the lowest up.
pub(crate) fn tiers(tiers: &[Finding]) -> Vec<LocationTier> {
    let mut reached: BTreeMap<Shared, Option<String>> = BTreeMap::new();
    let looked_at = tiers.iter().flat_map(of_locations);
    for finding in looked_at {
        for item in finding.counted.iter().chain(&finding.not_counted) {
            reached.entry(item.id.clone()).or_default();
        }
    }
    for tier in tiers {
        let tree = Asked::of(tier);
        for (location, highest) in &mut reached {
            if tree.meets(location) {
                *highest = Some(tier.id.clone());
            }
        }
    }
    (reached.into_iter())
        .map(|(location, tier)| LocationTier { location, tier })
        .collect()
}

/// The findings about locations in a tree.
fn of_locations(finding: &Finding) -> Vec<&Finding> {
    match finding.kind {
        Kind::Regional { .. } => vec![finding],
        _ => finding.children.iter().flat_map(of_locations).collect(),
    }
}

/// What a tier asks, with the locations that have what is asked of one.
enum Asked<'f> {
    /// Something else than of a location: whether it is met.
    Other(bool),
    /// In their order.
    One(Vec<&'f Shared>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<'f> Asked<'f> {
    fn of(finding: &'f Finding) -> Self {
        let children = || finding.children.iter().map(Self::of).collect();
        match finding.kind {
            _ if of_locations(finding).is_empty() => Self::Other(finding.outcome == Outcome::Met),
            Kind::Regional { .. } => {
                let mut met = finding.counted.iter().map(|item| &item.id).collect();
                sort::sort(&mut met);
                Self::One(met)
            }
            Kind::All => Self::All(children()),
            _ => Self::Any(children()),
        }
    }

    /// Whether the tier is met if what it asks of a location is asked of this one.
    fn meets(&self, location: &Shared) -> bool {
        match self {
            Self::Other(met) => *met,
            Self::One(locations) => locations.binary_search(&location).is_ok(),
            Self::All(all) => all.iter().all(|one| one.meets(location)),
            Self::Any(any) => any.iter().any(|one| one.meets(location)),
        }
    }
}
