//! Where rows can count: in the metrics of an area's score, and in the requirements of a program.

use membership_domain::Catalog;
use membership_domain::catalog::{Criterion, Program, Requirement, Score};

/// A number that rows stand behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number<'c> {
    /// Its address in the area: the metric's or requirement's id, and with a dot after it the gate
    /// or part of the metric, `people` for those who count in it. In an area with several tracks
    /// the track stands first: `smb.net-adds.cpor`.
    pub address: String,
    /// The name of the metric or requirement; its id where it has no name.
    pub name: &'c str,
    /// The name of the track, where the area has several.
    pub track: Option<&'c str>,
    /// The name of the gate or part; empty for the people who count in the metric.
    pub part: Option<&'c str>,
    /// Whether people and certifications stand behind it, rather than customers and usage.
    pub people: bool,
}

/// The ids of scores and programs in which rows can count, with their names: scores come first.
#[must_use]
pub fn places(catalog: &Catalog) -> Vec<(&str, &str)> {
    let scores = catalog.scores.iter();
    let scores = scores.map(|score| (score.id.as_str(), score.name.as_str()));
    let programs = catalog.programs.iter();
    let programs = programs.filter(|program| requirements(program, &mut |_| true));
    let programs = programs.map(|program| (program.id.as_str(), program.name.as_str()));
    scores.chain(programs).collect()
}

/// The numbers of an area or program, of all versions of its rules; none where there is no such
/// one.
#[must_use]
pub fn numbers<'c>(catalog: &'c Catalog, area: &str) -> Vec<Number<'c>> {
    let mut all: Vec<Number<'c>> = Vec::new();
    let mut put = |number: Number<'c>| {
        if !all.iter().any(|known| known.address == number.address) {
            all.push(number);
        }
    };
    if let Some(score) = catalog.score(area) {
        of_score(score, &mut put);
    } else if let Some(program) = catalog.program(area) {
        requirements(program, &mut |requirement| {
            put(Number {
                address: requirement.id.clone(),
                name: requirement.title.as_ref().unwrap_or(&requirement.id),
                track: None,
                part: None,
                people: matches!(requirement.test, Criterion::People(_)),
            });
            false
        });
    }
    all
}

fn of_score<'c>(score: &'c Score, put: &mut dyn FnMut(Number<'c>)) {
    for track in &score.tracks {
        let several = score.tracks.len() > 1;
        for metric in &track.metrics {
            let mut number = |people, part: Option<(&str, &'c str)>| {
                let address = address(score, &track.id, &metric.id);
                put(Number {
                    address: part.map_or(address.clone(), |(id, _)| format!("{address}.{id}")),
                    name: &metric.name,
                    track: several.then_some(track.name.as_str()),
                    part: part.map(|(_, name)| name),
                    people,
                });
            };
            for rule in &metric.rules {
                number(rule.people.is_some(), None);
                if let Some(people) = &rule.people {
                    for gate in &people.gates {
                        number(true, Some((&gate.id, &gate.name)));
                    }
                    number(true, Some(("people", "")));
                }
                for part in &rule.parts {
                    number(false, Some((&part.id, &part.name)));
                }
            }
        }
    }
}

/// The address of a metric in its score.
#[must_use]
pub fn address(score: &Score, track: &str, metric: &str) -> String {
    if score.tracks.len() > 1 {
        format!("{track}.{metric}")
    } else {
        metric.to_owned()
    }
}

/// The name of a metric of an area, or of a requirement of a program, by its address.
#[must_use]
pub fn metric_name<'c>(catalog: &'c Catalog, area: &str, address: &str) -> Option<&'c str> {
    let mut name = None;
    if let Some(score) = catalog.score(area) {
        let (track, id) = address.rsplit_once('.').unwrap_or(("", address));
        let tracks = score.tracks.iter();
        let tracks = tracks.filter(|known| track.is_empty() || known.id == track);
        let metric = tracks
            .flat_map(|track| &track.metrics)
            .find(|metric| metric.id == id);
        name = metric.map(|metric| metric.name.as_str());
    } else if let Some(program) = catalog.program(area) {
        requirements(program, &mut |requirement| {
            let is = requirement.id == address;
            if is {
                name = requirement.title.as_deref();
            }
            is
        });
    }
    name
}

/// Every requirement of a program that rows stand behind, until `see` says that it is enough;
/// whether it did.
fn requirements<'c>(program: &'c Program, see: &mut dyn FnMut(&'c Requirement) -> bool) -> bool {
    let rules = program.rules.iter();
    let all = rules.flat_map(|rule| std::iter::once(&rule.requirement).chain(&rule.tiers));
    all.flat_map(Requirement::walk).any(|requirement| {
        let counts = matches!(
            requirement.test,
            Criterion::People(_) | Criterion::Measure { .. } | Criterion::References { .. }
        );
        counts && see(requirement)
    })
}
