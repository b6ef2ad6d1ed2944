//! Where each piece of evidence counts, turned around from the engine's findings: they go from a
//! rule to its evidence, and a list goes from a row to its rules.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use membership_domain::assess::{Assessment, Finding, Kind, Reason, Subject};
use membership_domain::catalog::{AssociationKind, Measure, Take, in_force};
use membership_domain::evidence::Usage;
use membership_domain::month::Month;
use membership_domain::{Catalog, Shared};
use serde::{Deserialize, Serialize};

/// How a row stands in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counting {
    /// The area's score, by id.
    pub score: String,
    /// The metrics in which it counts, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<String>,
    /// Why it counts in none. Absent where it counts, or where no rule of the area looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// Why a row does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
}

/// Where everything counts on one day.
#[derive(Debug)]
pub struct Trace(Vec<Area>);

#[derive(Debug)]
struct Area {
    score: String,
    rules: Vec<Rule>,
}

/// A gate, a list of people or a part of a metric.
#[derive(Debug)]
struct Rule {
    metric: String,
    looks: Looks,
    /// What is said of a person, a tenant or a workload, by its id.
    said: BTreeMap<Shared, Vec<Said>>,
}

#[derive(Debug)]
enum Looks {
    /// At people with any of these certificates.
    People(BTreeSet<Shared>),
    /// At usage.
    Usage(Box<Selected>),
}

#[derive(Debug)]
struct Selected {
    /// By workload, the connections that count.
    workloads: BTreeMap<String, Vec<AssociationKind>>,
    /// The measured months.
    months: Option<RangeInclusive<Month>>,
    /// Whether they are compared with those of a year before.
    compared: bool,
}

#[derive(Debug)]
struct Said {
    /// A workload by itself, rather than a tenant with it.
    of_workload: bool,
    with: Option<Shared>,
    /// None where it counts.
    reason: Option<Reason>,
}

impl Trace {
    /// Turns an assessment around. In areas with several tracks, the one that counts is meant.
    #[must_use]
    pub fn of(catalog: &Catalog, assessment: &Assessment) -> Self {
        let areas = assessment.scores.iter().map(|assessed| {
            let track = assessed.chosen();
            let metrics = track.into_iter().flat_map(|track| &track.children);
            let rules = metrics.flat_map(|metric| {
                let children = metric.children.iter();
                children.filter_map(|finding| {
                    let measure =
                        measure(catalog, &assessed.score, &metric.id, finding, assessment);
                    Rule::of(catalog, &metric.id, finding, measure)
                })
            });
            Area {
                score: assessed.score.clone(),
                rules: rules.collect(),
            }
        });
        Self(areas.collect())
    }

    /// How a row stands in each area.
    #[must_use]
    pub fn areas(&self, row: &Traced<'_>) -> Vec<Counting> {
        let areas = self.0.iter().map(|area| {
            let mut counting = Counting {
                score: area.score.clone(),
                metrics: Vec::new(),
                why: None,
            };
            for rule in &area.rules {
                match rule.verdict(row) {
                    None => {}
                    Some(Verdict::Counts) if counting.metrics.contains(&rule.metric) => {}
                    Some(Verdict::Counts) => counting.metrics.push(rule.metric.clone()),
                    // People come after their gates: what is said of them is nearer to points.
                    Some(verdict) => counting.why = verdict.why(),
                }
            }
            if !counting.metrics.is_empty() {
                counting.why = None;
            }
            counting
        });
        areas.collect()
    }

    /// Whether a row counts in an area, or in any where none is named.
    #[must_use]
    pub fn counts(&self, row: &Traced<'_>, area: Option<&str>) -> bool {
        let areas = self.0.iter();
        let mut asked = areas.filter(|known| area.is_none_or(|area| known.score == area));
        let counts = |rule: &Rule| matches!(rule.verdict(row), Some(Verdict::Counts));
        asked.any(|area| area.rules.iter().any(counts))
    }
}

/// A row that is looked for in the findings.
pub enum Traced<'a> {
    /// Somebody, by id.
    Person(&'a str),
    /// Somebody's certificate, both by id.
    Certification(&'a str, &'a str),
    /// A customer, by its tenants.
    Customer(&'a BTreeSet<&'a str>),
    /// A row of usage.
    Usage(&'a Usage),
}

/// What one rule says of a row that it looks at.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Verdict<'r> {
    Counts,
    Not(&'r Reason),
    NotAssociated(AssociationKind),
    Instead(&'r str),
    YearBefore,
    OtherMonths(Month, Month),
    NotMeasured,
    Nothing,
}

impl Verdict<'_> {
    fn why(self) -> Option<Why> {
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

impl Said {
    fn verdict(&self) -> Verdict<'_> {
        self.reason.as_ref().map_or(Verdict::Counts, Verdict::Not)
    }
}

/// The measure behind a part of a metric.
fn measure<'c>(
    catalog: &'c Catalog,
    score: &str,
    metric: &str,
    part: &Finding,
    assessment: &Assessment,
) -> Option<&'c Measure> {
    let score = catalog.score(score)?;
    let track = assessment.score(&score.id)?.chosen()?;
    let track = score.tracks.iter().find(|known| known.id == track.id)?;
    let metric = track.metrics.iter().find(|known| known.id == metric)?;
    let rule = in_force(&metric.rules, assessment.day)?;
    let part = rule.parts.iter().find(|known| known.id == part.id)?;
    Some(&part.measure)
}

impl Rule {
    fn of(
        catalog: &Catalog,
        metric: &str,
        finding: &Finding,
        measure: Option<&Measure>,
    ) -> Option<Self> {
        let looks = match (&finding.kind, measure) {
            (Kind::Gate { certificates } | Kind::Counting { certificates }, _) => {
                Looks::People(certificates.iter().cloned().collect())
            }
            (Kind::Part { measured, .. }, Some(measure)) => {
                Looks::Usage(Box::new(Selected::of(catalog, measure, measured.month)))
            }
            _ => return None,
        };
        let mut said: BTreeMap<Shared, Vec<Said>> = BTreeMap::new();
        for item in finding.counted.iter().chain(&finding.not_counted) {
            said.entry(item.id.clone()).or_default().push(Said {
                of_workload: item.subject == Subject::Workload,
                with: item.with.clone(),
                reason: item.reason.clone(),
            });
        }
        Some(Self {
            metric: metric.to_owned(),
            looks,
            said,
        })
    }

    /// Nothing where the rule does not look at the row.
    fn verdict(&self, row: &Traced<'_>) -> Option<Verdict<'_>> {
        match (&self.looks, row) {
            // Somebody stands in a roster once.
            (Looks::People(_), Traced::Person(id)) => Some(self.said.get(*id)?.last()?.verdict()),
            (Looks::People(certificates), Traced::Certification(person, certificate))
                if certificates.contains(*certificate) =>
            {
                let said = self.said.get(*person)?.last()?;
                Some(match &said.with {
                    Some(with) if **with != **certificate => Verdict::Instead(with),
                    _ => said.verdict(),
                })
            }
            (Looks::Usage(_), Traced::Customer(tenants)) => {
                let of_tenants = tenants.iter().filter_map(|tenant| self.said.get(*tenant));
                let said = of_tenants.flatten().filter(|said| !said.of_workload);
                // What counts comes first.
                said.map(Said::verdict).min()
            }
            (Looks::Usage(selected), Traced::Usage(usage)) => self.usage(selected, usage),
            _ => None,
        }
    }

    fn usage(&self, selected: &Selected, usage: &Usage) -> Option<Verdict<'_>> {
        let kinds = selected.workloads.get(&usage.workload)?;
        if !kinds.contains(&usage.association) {
            return Some(Verdict::NotAssociated(usage.association));
        }
        let Some(months) = &selected.months else {
            return Some(Verdict::NotMeasured);
        };
        if !months.contains(&usage.month) {
            let later = usage.month.plus(12);
            return Some(if selected.compared && months.contains(&later) {
                Verdict::YearBefore
            } else {
                Verdict::OtherMonths(*months.start(), *months.end())
            });
        }
        let of = |id: &str, of_workload| {
            let said = self.said.get(id)?.iter();
            said.filter(|said| said.of_workload == of_workload)
                .find(|said| {
                    said.with
                        .as_ref()
                        .is_none_or(|with| **with == *usage.workload)
                })
        };
        let said = of(usage.tenant_id(), false).or_else(|| of(&usage.workload, true));
        Some(said.map_or(Verdict::Nothing, Said::verdict))
    }
}

impl Selected {
    fn of(catalog: &Catalog, measure: &Measure, month: Option<Month>) -> Self {
        let mut workloads: BTreeMap<String, Vec<AssociationKind>> = BTreeMap::new();
        let first = (&measure.groups, &measure.except, &measure.associations);
        let also = measure.also.iter();
        let also = also.map(|more| (&more.groups, &more.except, &more.associations));
        for (groups, except, associations) in std::iter::once(first).chain(also) {
            for workload in &catalog.workloads {
                let is_in = workload.groups.iter().any(|group| groups.contains(group));
                if is_in && !except.contains(&workload.id) {
                    let kinds = workloads.entry(workload.id.clone()).or_default();
                    kinds.extend(associations);
                }
            }
        }
        let (months, compared) = match &measure.take {
            Take::Count(count) => (count.months, count.net),
            Take::Growth(growth) => (growth.months, true),
            Take::Total(total) => (total.months, false),
        };
        let before = 1 - i32::try_from(months).unwrap_or(1).max(1);
        Self {
            workloads,
            months: month.map(|month| month.plus(before)..=month),
            compared,
        }
    }
}
