//! Turns an assessment around: scores, with all their tracks, and the requirements of programs.

use std::collections::HashMap;

use membership_domain::Catalog;
use membership_domain::assess::{Assessment, Finding, Kind, Subject};
use membership_domain::catalog::{Criterion, Measure, Requirement, Score, in_force};

use super::rule::{Looks, Months, Rule};
use super::verdicts::{Said, Verdicts};
use crate::places;

impl Verdicts {
    /// Turns an assessment around. In areas with several tracks the one that counts is meant,
    /// unless a metric of another one is asked for.
    pub fn of(catalog: &Catalog, assessment: &Assessment) -> Self {
        let mut verdicts = Self {
            places: Vec::new(),
            rules: Vec::new(),
            people: HashMap::new(),
            tenants: HashMap::new(),
            workloads: HashMap::new(),
            customers: HashMap::new(),
            lookers: HashMap::new(),
        };
        for assessed in &assessment.scores {
            let Some(score) = catalog.score(&assessed.score) else {
                continue;
            };
            verdicts.places.push(score.id.clone());
            for track in &assessed.tracks {
                for metric in &track.children {
                    let own = places::address(score, &track.id, &metric.id);
                    for part in &metric.children {
                        let of = (score, track, metric);
                        let measure = || part_measure(of, part, assessment);
                        let address = Address {
                            metric: own.clone(),
                            own: format!("{own}.{}", part.id),
                            chosen: track.id == assessed.track,
                        };
                        verdicts.put(catalog, address, part, &measure);
                    }
                }
            }
        }
        for assessed in &assessment.programs {
            let Some(program) = catalog.program(&assessed.program) else {
                continue;
            };
            let Some(rule) = in_force(&program.rules, assessment.day) else {
                continue;
            };
            verdicts.places.push(program.id.clone());
            for finding in assessed.root.iter().chain(&assessed.tiers) {
                verdicts.requirement(catalog, finding, &|id| {
                    let of = std::iter::once(&rule.requirement).chain(&rule.tiers);
                    let mut all = of.flat_map(Requirement::walk);
                    match &all.find(|known| known.id == id)?.test {
                        Criterion::Measure { measure, .. } => Some(measure),
                        _ => None,
                    }
                });
            }
        }
        verdicts
    }

    /// A requirement with everything below it.
    fn requirement<'c>(
        &mut self,
        catalog: &'c Catalog,
        finding: &Finding,
        measure: &dyn Fn(&str) -> Option<&'c Measure>,
    ) {
        let address = Address {
            metric: finding.id.clone(),
            own: finding.id.clone(),
            chosen: true,
        };
        self.put(catalog, address, finding, &|| measure(&finding.id));
        for child in &finding.children {
            self.requirement(catalog, child, measure);
        }
    }

    /// A finding of the place that was put last; nothing, if it is not about rows.
    fn put<'c>(
        &mut self,
        catalog: &'c Catalog,
        address: Address,
        finding: &Finding,
        measure: &dyn Fn() -> Option<&'c Measure>,
    ) {
        let number = self.rules.len();
        let looks = match &finding.kind {
            Kind::Gate { certificates }
            | Kind::Counting { certificates }
            | Kind::People { certificates, .. } => {
                Looks::People(certificates.iter().cloned().collect())
            }
            Kind::Part { measured, .. } | Kind::Measure { measured, .. } => {
                let Some(measure) = measure() else {
                    return;
                };
                self.looks_at(catalog, measure);
                Looks::Usage(Months::of(measure, measured.month))
            }
            Kind::References { .. } => Looks::Customers,
            _ => return,
        };
        let items = finding.counted.iter().chain(&finding.not_counted);
        for (place, item) in items.enumerate() {
            let known = match item.subject {
                Subject::Person => &mut self.people,
                Subject::Customer => &mut self.tenants,
                Subject::Workload => &mut self.workloads,
                Subject::Reference => &mut self.customers,
                _ => continue,
            };
            known.entry(item.id.clone()).or_default().push(Said {
                rule: number,
                item: place,
            });
        }
        self.rules.push(Rule {
            place: self.places.len().saturating_sub(1),
            metric: address.metric,
            address: address.own,
            chosen: address.chosen,
            outdone: matches!(finding.kind, Kind::Part { outdone: true, .. }),
            looks,
            counted: finding.counted.clone(),
            not_counted: finding.not_counted.clone(),
        });
    }

    /// The rule that comes next looks at what a measure looks at.
    fn looks_at(&mut self, catalog: &Catalog, measure: &Measure) {
        let number = self.rules.len();
        for look in measure.looks() {
            let workloads = catalog.workloads.iter();
            for workload in workloads.filter(|workload| look.takes(workload)) {
                let lookers = self.lookers.entry(workload.id.clone()).or_default();
                match lookers.last_mut() {
                    Some((known, kinds)) if *known == number => kinds.extend(look.associations),
                    _ => lookers.push((number, look.associations.to_vec())),
                }
            }
        }
    }
}

struct Address {
    metric: String,
    own: String,
    chosen: bool,
}

/// The measure behind a part of a metric.
fn part_measure<'c>(
    (score, track, metric): (&'c Score, &Finding, &Finding),
    part: &Finding,
    assessment: &Assessment,
) -> Option<&'c Measure> {
    let track = score.tracks.iter().find(|known| known.id == track.id)?;
    let metric = track.metrics.iter().find(|known| known.id == metric.id)?;
    let rule = in_force(&metric.rules, assessment.day)?;
    let part = rule.parts.iter().find(|known| known.id == part.id)?;
    Some(&part.measure)
}
