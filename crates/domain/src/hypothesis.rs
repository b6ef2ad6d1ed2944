//! Hypotheses: "what if", as data. Never saved; carried in links.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::evidence::FaultCode;
use crate::number::Number;

/// What the ids of invented people begin with.
pub const INVENTED: &str = "hypothetical:";

/// More invented people than any company needs to try out.
pub(crate) const MOST_PEOPLE: i32 = 1000;

/// More invented people in all than the largest company has: each takes memory.
const MOST_INVENTED: i32 = 10_000;

/// More entries of one parameter than anybody needs to try out: each is looked for in the catalog.
const MOST_ENTRIES: usize = 1000;

/// More digits than anybody needs to try out.
const LONGEST_NUMBER: usize = 24;

/// What a partner wants to try out. Empty: nothing but the truth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    /// Another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// By certificate id, how many more people hold it (fewer, where negative).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<String, i32>,
    /// By address of a measure (`azure-net-adds.all`), how much is added to it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measures: BTreeMap<String, Number>,
    /// Addresses of requirements (`azure-expert-msp.audit`) taken as met.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub met: BTreeSet<String>,
}

/// The part of a link that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Misread {
    /// The query parameter.
    pub parameter: String,
    /// What it said.
    pub value: String,
    /// Why it was left out.
    pub because: MisreadReason,
}

/// Why a part of a link was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MisreadReason {
    /// Not a day such as 2023-12-01 between 1990 and 2100.
    NotADay,
    /// Not written as `id*number`.
    NotACount,
    /// More or fewer than a preview can invent.
    TooMany,
    /// The catalog has no such certificate.
    UnknownCertificate,
    /// The catalog has no such measure.
    UnknownMeasure,
    /// The catalog has no such requirement.
    UnknownRequirement,
}

impl Hypothesis {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Reads query parameters; what makes no sense is left out, and told.
    ///
    /// `day=2023-12-13`, `people=dp-203*3,az-104*-1`, `measures=azure-net-adds.all*2`,
    /// `met=azure-expert-msp.audit,…`; other parameters are not looked at.
    pub fn read<'q>(
        catalog: &Catalog,
        query: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> (Self, Vec<Misread>) {
        let mut hypothesis = Self::default();
        let mut misread = Vec::new();
        for (parameter, text) in query {
            let mut refuse = |value: &str, because| {
                misread.push(Misread {
                    parameter: parameter.to_owned(),
                    value: value.chars().take(60).collect(),
                    because,
                });
            };
            let entries = || {
                text.split(',')
                    .map(str::trim)
                    .filter(|entry| !entry.is_empty())
            };
            let is_list = matches!(parameter, "people" | "measures" | "met");
            if is_list && text.split(',').nth(MOST_ENTRIES).is_some() {
                refuse(text, MisreadReason::TooMany);
                continue;
            }
            match parameter {
                "day" if !text.is_empty() => match day(text) {
                    Some(day) => hypothesis.day = Some(day),
                    None => refuse(text, MisreadReason::NotADay),
                },
                "people" => {
                    for entry in entries() {
                        match people(catalog, entry) {
                            Ok((_, 0)) => {}
                            Ok((id, count)) if hypothesis.invents(&id, count) > MOST_INVENTED => {
                                refuse(&format!("{id}*{count}"), MisreadReason::TooMany);
                            }
                            Ok((id, count)) => drop(hypothesis.people.insert(id, count)),
                            Err(because) => refuse(entry, because),
                        }
                    }
                }
                "measures" => {
                    for entry in entries() {
                        match measure(catalog, entry) {
                            Ok((id, by)) if by.is_zero() => drop(id),
                            Ok((id, by)) => drop(hypothesis.measures.insert(id, by)),
                            Err(because) => refuse(entry, because),
                        }
                    }
                }
                "met" => {
                    for entry in entries() {
                        if knows_requirement(catalog, entry) {
                            hypothesis.met.insert(entry.to_owned());
                        } else {
                            refuse(entry, MisreadReason::UnknownRequirement);
                        }
                    }
                }
                _ => {}
            }
        }
        (hypothesis, misread)
    }

    /// How many people there would be in all, with so many of a certificate.
    fn invents(&self, id: &str, count: i32) -> i32 {
        let others = self.people.iter().filter(|(known, _)| *known != id);
        others.map(|(_, count)| count.max(&0)).sum::<i32>() + count.max(0)
    }

    /// The query parameters that [`Hypothesis::read`] reads back; none where it is empty.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, String)> {
        fn list<K: fmt::Display, V: fmt::Display>(map: &BTreeMap<K, V>) -> String {
            map.iter()
                .map(|(id, by)| format!("{id}*{by}"))
                .collect::<Vec<_>>()
                .join(",")
        }
        let mut query = Vec::new();
        if let Some(day) = self.day {
            query.push(("day", day.to_string()));
        }
        if !self.people.is_empty() {
            query.push(("people", list(&self.people)));
        }
        if !self.measures.is_empty() {
            query.push(("measures", list(&self.measures)));
        }
        if !self.met.is_empty() {
            query.push((
                "met",
                self.met.iter().cloned().collect::<Vec<_>>().join(","),
            ));
        }
        query
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let day = text.parse::<NaiveDate>().ok()?;
    FaultCode::of_day(day).is_none().then_some(day)
}

fn people(catalog: &Catalog, entry: &str) -> Result<(String, i32), MisreadReason> {
    let (id, count) = entry.split_once('*').ok_or(MisreadReason::NotACount)?;
    let count: i32 = count.parse().map_err(|_| MisreadReason::NotACount)?;
    if catalog.certificate(id).is_none() {
        return Err(MisreadReason::UnknownCertificate);
    }
    if !(-MOST_PEOPLE..=MOST_PEOPLE).contains(&count) {
        return Err(MisreadReason::TooMany);
    }
    Ok((id.to_owned(), count))
}

fn measure(catalog: &Catalog, entry: &str) -> Result<(String, Number), MisreadReason> {
    let (id, by) = entry.split_once('*').ok_or(MisreadReason::NotACount)?;
    let by: Number = by.parse().map_err(|_| MisreadReason::NotACount)?;
    if by.to_string().len() > LONGEST_NUMBER {
        return Err(MisreadReason::TooMany);
    }
    if by > Number::from(1_000_000_000_000_i64) || by < Number::from(-1_000_000_000_000_i64) {
        return Err(MisreadReason::TooMany);
    }
    if !knows_measure(catalog, id) {
        return Err(MisreadReason::UnknownMeasure);
    }
    Ok((id.to_owned(), by))
}

/// The address of a part of a metric: shared metrics have one address in all their scores.
#[must_use]
pub fn measure_address(score: &str, metric: &crate::catalog::Metric, part: &str) -> String {
    match &metric.same_as {
        Some(shared) => format!("{shared}.{part}"),
        None => format!("{score}.{}.{part}", metric.id),
    }
}

/// The address of a requirement.
#[must_use]
pub fn requirement_address(program: &str, requirement: &str) -> String {
    format!("{program}.{requirement}")
}

fn knows_measure(catalog: &Catalog, address: &str) -> bool {
    let of_score = catalog.scores.iter().any(|score| {
        score
            .tracks
            .iter()
            .flat_map(|track| &track.metrics)
            .any(|metric| {
                (metric.rules.iter().flat_map(|rule| &rule.parts))
                    .filter(|part| address.ends_with(&*part.id))
                    .any(|part| measure_address(&score.id, metric, &part.id) == address)
            })
    });
    of_score || knows_requirement(catalog, address)
}

fn knows_requirement(catalog: &Catalog, address: &str) -> bool {
    let Some((program, id)) = address.split_once('.') else {
        return false;
    };
    catalog.program(program).is_some_and(|program| {
        (program.rules.iter()).any(|rule| rule.walk().any(|requirement| requirement.id == id))
    })
}
