//! The worked examples, a file for each chapter.

mod dates;
mod performance;
mod qualification;
mod skilling;
mod tiers;

use chrono::NaiveDate;
use membership_domain::assess::{Finding, Kind, Measured, ScoreAssessment, assess};
use membership_domain::{Assessment, Basis, Catalog, Hypothesis, Number};

use crate::Tried;
use crate::partner::Partner;

/// A worked example.
pub struct Case {
    number: u32,
    name: &'static str,
    expected: &'static str,
    attempt: fn(&mut Trial<'_>) -> String,
}

impl Case {
    const fn new(
        number: u32,
        name: &'static str,
        expected: &'static str,
        attempt: fn(&mut Trial<'_>) -> String,
    ) -> Self {
        Self {
            number,
            name,
            expected,
            attempt,
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Tries it out.
    #[must_use]
    pub fn attempt(&self, catalog: &Catalog) -> Tried {
        let mut trial = Trial {
            catalog,
            assessments: Vec::new(),
        };
        let actual = (self.attempt)(&mut trial);
        Tried {
            number: self.number,
            name: self.name,
            expected: self.expected,
            ok: actual == self.expected,
            actual,
            assessments: trial.assessments,
        }
    }
}

/// All examples, in the order of their numbers.
pub fn all() -> impl Iterator<Item = &'static Case> {
    [
        skilling::CASES,
        performance::CASES,
        qualification::CASES,
        dates::CASES,
        tiers::CASES,
    ]
    .into_iter()
    .flatten()
}

/// What an example asks the engine.
struct Trial<'a> {
    catalog: &'a Catalog,
    assessments: Vec<Assessment>,
}

impl Trial<'_> {
    fn assess(&mut self, partner: &Partner, day: NaiveDate) -> Assessment {
        let assessment = assess(
            self.catalog,
            &partner.0,
            Basis::Entered,
            day,
            &Hypothesis::default(),
        );
        self.assessments.push(assessment.clone());
        assessment
    }

    fn score(&mut self, partner: &Partner, day: NaiveDate, score: &str) -> ScoreAssessment {
        let assessment = self.assess(partner, day);
        match assessment
            .scores
            .into_iter()
            .find(|known| known.score == score)
        {
            Some(score) => score,
            None => unreachable!("the catalog has no score `{score}`"),
        }
    }

    /// The points of a metric in a track.
    fn points(
        &mut self,
        partner: &Partner,
        day: NaiveDate,
        (score, track, metric): (&str, &str, &str),
    ) -> String {
        let score = self.score(partner, day, score);
        let points = metric_of(&score, track, metric).and_then(|metric| metric.points);
        points.map_or_else(
            || "no such metric".to_owned(),
            |points| points.earned.to_string(),
        )
    }
}

fn metric_of<'s>(score: &'s ScoreAssessment, track: &str, metric: &str) -> Option<&'s Finding> {
    let track = score.tracks.iter().find(|known| known.id == track)?;
    track.children.iter().find(|known| known.id == metric)
}

/// What a part measured, and the points it would earn by itself.
fn part<'s>(metric: Option<&'s Finding>, part: &str) -> Option<(&'s Measured, Number)> {
    let part = metric?.children.iter().find(|known| known.id == part)?;
    match &part.kind {
        Kind::Part { measured, .. } => Some((measured, part.points?.uncapped)),
        _ => None,
    }
}

/// Whether a score qualifies, in a word.
fn verdict(score: &ScoreAssessment) -> &'static str {
    if score.outcome == membership_domain::assess::Outcome::Met {
        "qualified"
    } else {
        "not qualified"
    }
}
