//! Measures: numbers made from customers' monthly usage.

use serde::{Deserialize, Serialize};

use super::Workload;
use crate::number::Number;

/// How a partner is connected to a customer's usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssociationKind {
    /// Cloud Solution Provider, direct bill.
    CspTier1,
    /// Cloud Solution Provider, indirect reseller.
    CspTier2,
    /// Digital partner of record.
    Dpor,
    /// Partner admin link.
    Pal,
    /// Claiming partner of record: usage.
    CporUsage,
    /// Claiming partner of record: online services advisor.
    CporAdvisor,
    /// Claiming partner of record: revenue recognition.
    CporRevenue,
}

impl AssociationKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::CspTier1,
        Self::CspTier2,
        Self::Dpor,
        Self::Pal,
        Self::CporUsage,
        Self::CporAdvisor,
        Self::CporRevenue,
    ];

    /// As it stands in evidence.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CspTier1 => "csp_tier1",
            Self::CspTier2 => "csp_tier2",
            Self::Dpor => "dpor",
            Self::Pal => "pal",
            Self::CporUsage => "cpor_usage",
            Self::CporAdvisor => "cpor_advisor",
            Self::CporRevenue => "cpor_revenue",
        }
    }

    /// The inverse of [`Self::code`].
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Which usage a measure looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Workloads of any of these groups.
    pub groups: Vec<String>,
    /// But not these workloads, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Only through these associations.
    pub associations: Vec<AssociationKind>,
    /// Further usage, put together with the above before anything is made of it: for families of
    /// workloads that are recognized through other associations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Selection>,
    /// What is made of it.
    pub take: Aggregate,
}

impl Measure {
    /// Everything that it puts together, the first selection and the further ones.
    pub fn looks(&self) -> impl Iterator<Item = Look<'_>> {
        let first = Look {
            groups: &self.groups,
            except: &self.except,
            associations: &self.associations,
        };
        let also = self.also.iter().map(|more| Look {
            groups: &more.groups,
            except: &more.except,
            associations: &more.associations,
        });
        std::iter::once(first).chain(also)
    }
}

/// One of the selections of a measure.
#[derive(Debug, Clone, Copy)]
pub struct Look<'m> {
    /// Workloads of any of these groups.
    pub groups: &'m [String],
    except: &'m [String],
    /// Only through these associations.
    pub associations: &'m [AssociationKind],
}

impl Look<'_> {
    /// Whether usage of a workload of its groups is looked at.
    #[must_use]
    pub fn keeps(&self, workload: &Workload) -> bool {
        !self.except.contains(&workload.id)
    }

    /// Whether usage of a workload is looked at.
    #[must_use]
    pub fn takes(&self, workload: &Workload) -> bool {
        let mut groups = workload.groups.iter();
        groups.any(|group| self.groups.contains(group)) && self.keeps(workload)
    }
}

/// Usage of some workloads through some associations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MeasureSelection))]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Workloads of any of these groups.
    pub groups: Vec<String>,
    /// But not these workloads, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Only through these associations.
    pub associations: Vec<AssociationKind>,
}

/// What is made of the usage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MeasureAggregate))]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    /// How many customers (or workloads) pass a test.
    Count(Count),
    /// How much a value has grown in a year.
    Growth(Growth),
    /// How much a value is.
    Total(Total),
}

/// A value of a month's usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Revenue in dollars.
    Revenue,
    /// Monthly active users, protected users or profiles.
    Users,
    /// Paid seats.
    Seats,
    /// Active seats in percent of paid ones.
    ActivePercent,
    /// Monthly contract value in dollars: users at the workload's rate.
    ContractValue,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = UsageUnit))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A customer's tenant, all its usage together.
    Tenant,
    /// A customer's tenant with at least one workload that passes by itself.
    TenantByWorkload,
    /// A workload in a tenant.
    WorkloadInTenant,
    /// A workload, all tenants together.
    Workload,
}

/// How the months of a window are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MeasureSpan))]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Added up.
    Sum,
    /// Any one of them is enough.
    AnyMonth,
}

/// A test of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = UsageCondition))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Which value.
    pub value: Value,
    /// Not less than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Number>,
    /// More than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Number>,
    /// Not more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Number>,
}

/// Counts what passes every condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CountMeasure))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    pub unit: Unit,
    /// Every one of these must hold.
    pub conditions: Vec<Condition>,
    /// The window, in months up to the last measured one.
    pub months: u32,
    /// How its months are put together.
    pub over: Over,
    /// Whether what passed the same test a year before is taken off.
    pub net: bool,
    /// In associations younger than a year, leave out what was more active than this (percent)
    /// when it was claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_above_at_claim: Option<Number>,
}

/// Compares the window with the same one a year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GrowthMeasure))]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// Which value.
    pub value: Value,
    /// The window, in months up to the last measured one.
    pub months: u32,
    /// In percent of the year before, rather than in the value's own unit.
    pub percent: bool,
    /// The year before must have been at least this, else nothing counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Number>,
    /// Usage from before the association does not count as growth.
    #[serde(default)]
    pub from_association: bool,
    /// Only tenants in which one workload passes every one of these, in the last measured month or
    /// in the same one a year before; all tenants, where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// Adds a value up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TotalMeasure))]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// Which value.
    pub value: Value,
    /// The window, in months up to the last measured one.
    pub months: u32,
    /// Divided by the months of the window.
    #[serde(default)]
    pub monthly_average: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_evidence() {
        for kind in AssociationKind::ALL {
            let json = serde_json::to_value(kind).expect("a code");
            assert_eq!(json, kind.code());
            assert_eq!(AssociationKind::of_code(kind.code()), Some(kind));
        }
    }
}
