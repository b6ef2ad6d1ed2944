//! What the findings of one assessment say of a row.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use membership_domain::assess::Item;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Authority, Usage};
use membership_domain::{Month, Shared, sort};

use super::counting::{Counting, Verdict, Why};
use super::rule::Rule;

/// What one assessment says of every row.
#[derive(Debug)]
pub(super) struct Verdicts {
    /// Scores and programs, by id: those that have rules.
    pub places: Vec<String>,
    /// In the order of their places.
    pub rules: Vec<Rule>,
    /// What is said of a person, by id.
    pub people: HashMap<Shared, Vec<Said>>,
    /// Of a customer's tenant.
    pub tenants: HashMap<Shared, Vec<Said>>,
    /// Of a workload by itself, rather than of a tenant with it.
    pub workloads: HashMap<Shared, Vec<Said>>,
    /// Of a customer as a whole.
    pub customers: HashMap<Shared, Vec<Said>>,
    /// By workload, the rules that look at its usage, with the connections that count.
    pub lookers: HashMap<String, Vec<(usize, Vec<AssociationKind>)>>,
}

/// Something that a rule says, in the order of the rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// The rule's place in the trace.
    pub rule: usize,
    /// The item's place in the rule.
    pub item: usize,
}

/// A row that is looked for in the findings.
pub enum Traced<'a> {
    /// Somebody, by id.
    Person(&'a str),
    /// Somebody's certificate, both by id, with who says so.
    Certification(&'a str, &'a str, Authority),
    /// A customer, by id, with its tenants.
    Customer(&'a str, &'a BTreeSet<&'a str>),
    /// A row of usage.
    Usage(&'a Usage),
}

/// Which rules are asked and which are told of, by their places.
#[derive(Debug)]
pub(super) struct Asked {
    asked: Vec<bool>,
    told: Vec<bool>,
}

impl Verdicts {
    /// What a list is about: an area, or one metric in it by its address, or everything.
    pub fn asked(&self, area: Option<&str>, metric: Option<&str>) -> Asked {
        let is_in = |rule: &Rule| {
            let place = self.places.get(rule.place).map(String::as_str);
            area.is_none_or(|area| place == Some(area))
        };
        let asked = self.rules.iter();
        let asked = asked.map(|rule| is_in(rule) && rule.is_asked(metric));
        let asked: Vec<bool> = asked.collect();
        let told = self.rules.iter().zip(&asked);
        let told = told.map(|(rule, asked)| match metric {
            Some(_) if is_in(rule) => *asked,
            _ => rule.chosen,
        });
        Asked {
            told: told.collect(),
            asked,
        }
    }

    /// How a row stands in each area and program with a rule that looks at it; where one metric is
    /// asked for, in that one alone of its area.
    pub fn areas(&self, row: &Traced<'_>, asked: &Asked) -> Vec<Counting> {
        let mut found: Vec<(usize, Verdict<'_>)> = Vec::new();
        self.each(row, &asked.told, &mut |rule, verdict| {
            found.push((rule, verdict));
            false
        });
        // One rule may say several things of a row; what counts comes first.
        sort::sort(&mut found);
        found.dedup_by_key(|(rule, _)| *rule);
        let mut areas: Vec<Counting> = Vec::new();
        for (number, verdict) in found {
            let rule = self.rules.get(number);
            let Some((rule, area)) =
                rule.and_then(|rule| Some((rule, self.places.get(rule.place)?)))
            else {
                continue;
            };
            if areas.last().is_none_or(|last| last.area != *area) {
                areas.push(Counting::new(area));
            }
            let Some(counting) = areas.last_mut() else {
                continue;
            };
            // What is outdone counts only for whoever asks for just that.
            let outdone = rule.outdone && !is(&asked.asked, number);
            match verdict {
                Verdict::Counts if outdone => counting.why = Some(Why::Outdone),
                Verdict::Counts if counting.metrics.contains(&rule.metric) => {}
                Verdict::Counts => counting.metrics.push(rule.metric.clone()),
                // People come after their gates: what is said of them is nearer to points.
                verdict => counting.why = verdict.why(),
            }
        }
        for counting in &mut areas {
            if !counting.metrics.is_empty() {
                counting.why = None;
            }
        }
        areas
    }

    /// Whether a row counts in what is asked; nothing where no rule of it looks at the row.
    pub fn counts(&self, row: &Traced<'_>, asked: &Asked) -> Option<bool> {
        let mut counts = None;
        self.each(row, &asked.asked, &mut |_, verdict| {
            let known = verdict == Verdict::Counts;
            counts = Some(known);
            known
        });
        counts
    }

    /// Tells `see` what each of some rules says of a row, until it has seen enough.
    fn each<'t>(
        &'t self,
        row: &Traced<'_>,
        among: &[bool],
        see: &mut dyn FnMut(usize, Verdict<'t>) -> bool,
    ) {
        match row {
            Traced::Person(person) => {
                self.said(&self.people, person, among, &mut |number, _, item| {
                    see(number, Verdict::of(item))
                });
            }
            Traced::Certification(person, certificate, _) => {
                self.said(&self.people, person, among, &mut |number, rule, item| {
                    if !rule.takes(certificate) {
                        return false;
                    }
                    let with = item.with.as_deref().filter(|with| with != certificate);
                    see(
                        number,
                        with.map_or_else(|| Verdict::of(item), Verdict::Instead),
                    )
                });
            }
            Traced::Customer(customer, tenants) => {
                let mut see = |number, _: &'t Rule, item| see(number, Verdict::of(item));
                if self.said(&self.customers, customer, among, &mut see) {
                    return;
                }
                for tenant in *tenants {
                    if self.said(&self.tenants, tenant, among, &mut see) {
                        return;
                    }
                }
            }
            Traced::Usage(usage) => self.usage(usage, among, see),
        }
    }

    /// Tells what is said of somebody or something; whether that was enough.
    fn said<'t>(
        &'t self,
        known: &'t HashMap<Shared, Vec<Said>>,
        id: &str,
        among: &[bool],
        see: &mut dyn FnMut(usize, &'t Rule, &'t Item) -> bool,
    ) -> bool {
        let said = known.get(id).into_iter().flatten();
        said.filter(|said| is(among, said.rule)).any(|said| {
            let rule = self.rules.get(said.rule);
            let found = rule.and_then(|rule| Some((rule, rule.item(said.item)?)));
            found.is_some_and(|(rule, item)| see(said.rule, rule, item))
        })
    }

    fn usage<'t>(
        &'t self,
        usage: &Usage,
        among: &[bool],
        see: &mut dyn FnMut(usize, Verdict<'t>) -> bool,
    ) {
        let workload = usage.workload.as_str();
        let lookers = self.lookers.get(workload).into_iter().flatten();
        for (number, kinds) in lookers.filter(|(number, _)| is(among, *number)) {
            let Some(rule) = self.rules.get(*number) else {
                continue;
            };
            let verdict = if !kinds.contains(&usage.association) {
                Verdict::NotAssociated(usage.association)
            } else if let Some(other) = rule.other_month(usage.month) {
                other
            } else {
                let said = self.said_of_usage(*number, rule, usage);
                said.map_or(Verdict::Nothing, Verdict::of)
            };
            if see(*number, verdict) {
                return;
            }
        }
    }

    /// What a rule says of usage in the months that it measures.
    fn said_of_usage<'t>(
        &'t self,
        number: usize,
        rule: &'t Rule,
        usage: &Usage,
    ) -> Option<&'t Item> {
        let of = |known: &'t HashMap<Shared, Vec<Said>>, id: &str| {
            let said = known.get(id)?;
            let from = said.partition_point(|said| said.rule < number);
            let said = said.get(from..)?.iter();
            let own = said.take_while(|said| said.rule == number);
            own.filter_map(|said| rule.item(said.item)).find(|item| {
                let with = item.with.as_deref();
                with.is_none_or(|with| with == usage.workload)
            })
        };
        let tenant = of(&self.tenants, usage.tenant_id());
        tenant.or_else(|| of(&self.workloads, &usage.workload))
    }

    /// The months in which usage like this one counts in what is asked; nothing where no rule of it
    /// looks at such usage.
    pub fn months(&self, usage: &Usage, asked: &Asked) -> Option<Vec<RangeInclusive<Month>>> {
        let mut months = None;
        let lookers = self.lookers.get(&usage.workload).into_iter().flatten();
        for (number, kinds) in lookers.filter(|(number, _)| is(&asked.asked, *number)) {
            let Some(rule) = self.rules.get(*number) else {
                continue;
            };
            let months = months.get_or_insert_with(Vec::new);
            let measured = rule
                .measured()
                .filter(|_| kinds.contains(&usage.association));
            let said = || self.said_of_usage(*number, rule, usage);
            if let Some(measured) = measured
                && said().is_some_and(|item| Verdict::of(item) == Verdict::Counts)
            {
                months.push(measured.clone());
            }
        }
        months
    }
}

fn is(among: &[bool], place: usize) -> bool {
    among.get(place).copied().unwrap_or_default()
}
