//! How a score changes on its own: certificates end and rules change, nothing else happens.
//! What customers use is known up to the last measured month, and goes on counting as it is.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::crew::{Crew, versions};
use super::finding::Finding;
use super::parts;
use crate::catalog::{Choice, Metric, Score};
use crate::number::Number;

/// A day on which the total changes, if nothing else happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forecast {
    /// The first day of the new total.
    pub day: NaiveDate,
    /// The new total.
    pub total: Number,
    /// Whether it passes: the mark in total, and no metric at zero. Which days count for a
    /// program is up to the window.
    pub qualifies: bool,
    /// Whether new rules begin on it.
    pub new_rules: bool,
}

/// A score on the days to come.
pub(crate) struct Future {
    pass_mark: Number,
    /// Where one track counts whatever the points, which one.
    track: Option<usize>,
    tracks: Vec<Vec<FutureMetric>>,
}

/// The versions of a metric that are or will be in force.
struct FutureMetric(Vec<Version>);

struct Version {
    from: NaiveDate,
    max: Number,
    earns: Earns,
}

enum Earns {
    People(Crew),
    Always(Number),
}

impl Future {
    /// `chosen` is the index of the track that counts today.
    pub fn of(context: &Context<'_>, score: &Score, tracks: &[Finding], chosen: usize) -> Self {
        let tracks = (score.tracks.iter().zip(tracks))
            .map(|(track, finding)| {
                let metrics = track.metrics.iter();
                metrics
                    .map(|metric| FutureMetric::of(context, score, metric, finding))
                    .collect()
            })
            .collect();
        Self {
            pass_mark: score.pass_mark,
            track: matches!(score.choice, Choice::Classified(_)).then_some(chosen),
            tracks,
        }
    }

    /// The total on a day, and whether it passes.
    pub fn on(&self, day: NaiveDate) -> (Number, bool) {
        let on = |metrics: &Vec<FutureMetric>| {
            let points = metrics.iter().filter_map(|metric| metric.on(day));
            let (total, above_zero) = points.fold((Number::ZERO, true), |(sum, above), points| {
                (sum + points, above && points.is_positive())
            });
            (total >= self.pass_mark && above_zero, total)
        };
        let (qualifies, total) = match self.track {
            Some(track) => self.tracks.get(track).map(on),
            None => self.tracks.iter().map(on).max(),
        }
        .unwrap_or_default();
        (total, qualifies)
    }

    /// The first day after `day` on which the score does not pass.
    pub fn lapses(&self, day: NaiveDate) -> Option<NaiveDate> {
        // Between changes of rules people only drop out, so totals only fall: search by halves.
        let days: Vec<NaiveDate> = self.turning_days(day).into_iter().collect();
        let rules = self.rule_days();
        let mut rest = days.as_slice();
        while !rest.is_empty() {
            let change = rest.iter().skip(1).position(|day| rules.contains(day));
            let (until_change, later) = rest.split_at(change.map_or(rest.len(), |at| at + 1));
            let first = until_change.partition_point(|day| self.on(*day).1);
            if let Some(day) = until_change.get(first) {
                return Some(*day);
            }
            rest = later;
        }
        None
    }

    /// Every day after `day`, and not after `until`, on which the total changes.
    pub fn changes(&self, day: NaiveDate, until: NaiveDate) -> Vec<Forecast> {
        let mut known = self.on(day);
        let rules = self.rule_days();
        let mut changes = Vec::new();
        for day in self
            .turning_days(day)
            .into_iter()
            .take_while(|day| *day <= until)
        {
            let (total, qualifies) = self.on(day);
            if (total, qualifies) != known {
                known = (total, qualifies);
                changes.push(Forecast {
                    day,
                    total,
                    qualifies,
                    new_rules: rules.contains(&day),
                });
            }
        }
        changes
    }

    fn versions(&self) -> impl Iterator<Item = &Version> {
        self.tracks.iter().flatten().flat_map(|metric| &metric.0)
    }

    fn rule_days(&self) -> BTreeSet<NaiveDate> {
        self.versions().map(|version| version.from).collect()
    }

    /// The days after `day` on which the total may change.
    fn turning_days(&self, day: NaiveDate) -> BTreeSet<NaiveDate> {
        let mut days = self.rule_days();
        for version in self.versions() {
            if let Earns::People(crew) = &version.earns {
                days.extend(crew.falls());
            }
        }
        days.into_iter().filter(|turning| *turning > day).collect()
    }
}

impl FutureMetric {
    fn of(context: &Context<'_>, score: &Score, metric: &Metric, track: &Finding) -> Self {
        let today = track.children.iter().find(|child| child.id == metric.id);
        let version = |rule: &crate::catalog::MetricRule| Version {
            from: rule.effective_from,
            max: rule.max,
            earns: match (&rule.people, today) {
                (Some(people), _) => Earns::People(Crew::of(context.index, people)),
                (None, Some(today)) if today.rule.effective_from == rule.effective_from => {
                    Earns::Always(today.points.map_or(Number::ZERO, |points| points.earned))
                }
                (None, _) => Earns::Always(parts::points(context, score, metric, rule)),
            },
        };
        Self(
            versions(metric, context.day)
                .map(|(rule, _)| version(rule))
                .collect(),
        )
    }

    /// The points on a day; `None` before its first rule.
    fn on(&self, day: NaiveDate) -> Option<Number> {
        let version = self.0.iter().rev().find(|version| version.from <= day)?;
        let uncapped = match &version.earns {
            Earns::People(crew) => crew.points(day),
            Earns::Always(points) => *points,
        };
        Some(uncapped.at_least_zero().min(version.max))
    }
}
