//! Checks of capability scores.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::measure;
use super::report::{Kind, Place, Report};
use crate::catalog::{
    Choice, Classified, Dated, Metric, MetricRule, Part, Score, ScoreTrack, Skilling, in_force,
};
use crate::number::Number;

pub(super) fn check(report: &mut Report<'_>, scores: &[Score]) {
    let mut seen = BTreeSet::new();
    for score in scores {
        let at = Place::file(&score.file);
        report.kebab(&score.id, &at.key("id"));
        report.require(
            seen.insert(&score.id),
            &at.key("id"),
            format!(
                "another score has the id `{}`; ids must be unique",
                score.id
            ),
        );
        report.text(&score.name, &at.key("name"));
        report.positive(score.pass_mark, &at.key("pass_mark"));
        report.require(
            (1..=24).contains(&score.window_months),
            &at.key("window_months"),
            format!(
                "a window has between 1 and 24 months, not {}",
                score.window_months
            ),
        );
        report.some(
            &score.tracks,
            &at.key("tracks"),
            "a score is earned in a track",
        );
        report.ids(
            score.tracks.iter().map(|track| track.id.as_str()),
            &at,
            "tracks",
        );
        if let Choice::Classified(classified) = &score.choice {
            choice(report, score, classified, &at.key("choice.classified"));
        }
        for (index, track) in score.tracks.iter().enumerate() {
            let at = at.item("tracks", index);
            self::track(report, track, &at);
            attainable(report, score.pass_mark, track, &at.key("metrics"));
        }
        report.cite(&score.cite, &at.key("cite"));
    }
}

fn choice(report: &mut Report<'_>, score: &Score, classified: &Classified, at: &Place) {
    for (key, id) in [
        ("track", &classified.track),
        ("otherwise", &classified.otherwise),
    ] {
        report.require(
            score.tracks.iter().any(|track| track.id == *id),
            &at.key(key),
            format!("this score has no track `{id}`"),
        );
    }
    report.require(
        classified.track != classified.otherwise,
        &at.key("otherwise"),
        "is the same track, so there's nothing to choose",
    );
    report.all_refer(Kind::Group, &classified.groups, at, "groups");
    report.require(
        classified.workloads > 0,
        &at.key("workloads"),
        "must be above 0",
    );
    report.require(
        classified.above >= Number::ZERO,
        &at.key("above"),
        format!("{} is below 0: every workload would pass", classified.above),
    );
}

fn track(report: &mut Report<'_>, track: &ScoreTrack, at: &Place) {
    report.text(&track.name, &at.key("name"));
    report.some(
        &track.metrics,
        &at.key("metrics"),
        "points are earned by metrics",
    );
    report.ids(
        track.metrics.iter().map(|metric| metric.id.as_str()),
        at,
        "metrics",
    );
    for (index, metric) in track.metrics.iter().enumerate() {
        let at = at.item("metrics", index);
        report.text(&metric.name, &at.key("name"));
        match &metric.same_as {
            Some(shared) if metric.rules.is_empty() => report.fault(
                &at.key("same_as"),
                format!("metrics.toml has no shared metric `{shared}`"),
            ),
            Some(shared) => rules(
                report,
                metric,
                &Place::file("metrics.toml").key("metrics").key(shared),
            ),
            None => rules(report, metric, &at),
        }
    }
}

fn rules(report: &mut Report<'_>, metric: &Metric, at: &Place) {
    report.versions(&metric.rules, at, "rules");
    for (index, rule) in metric.rules.iter().enumerate() {
        let at = at.item("rules", index);
        report.positive(rule.max, &at.key("max"));
        report.optional_text(rule.note.as_ref(), &at.key("note"));
        report.cite(&rule.cite, &at.key("cite"));
        match (&rule.people, rule.parts.is_empty()) {
            (Some(_), false) => report.fault(&at, "has both `people` and `parts`: keep one"),
            (None, true) => report.fault(&at, "earns nothing: give `people` or `parts`"),
            (Some(people), true) => skilling(report, people, rule, &at.key("people")),
            (None, false) => parts(report, rule, &at),
        }
    }
}

fn skilling(report: &mut Report<'_>, people: &Skilling, rule: &MetricRule, at: &Place) {
    report.positive(people.each, &at.key("each"));
    report.require(
        people.each <= rule.max,
        &at.key("each"),
        format!(
            "one person would earn {}, more than the metric's {}",
            people.each, rule.max
        ),
    );
    full_at(report, (people.each, people.full_at), rule.max, at);
    report.all_refer(Kind::Certificate, &people.certificates, at, "certificates");
    report.ids(
        people.gates.iter().map(|gate| gate.id.as_str()),
        at,
        "gates",
    );
    for (index, gate) in people.gates.iter().enumerate() {
        let at = at.item("gates", index);
        report.text(&gate.name, &at.key("name"));
        report.require(
            gate.people > 0,
            &at.key("people"),
            "a step must require at least one person",
        );
        report.all_refer(Kind::Certificate, &gate.certificates, &at, "certificates");
    }
}

fn parts(report: &mut Report<'_>, rule: &MetricRule, at: &Place) {
    let parts: &[Part] = &rule.parts;
    report.ids(parts.iter().map(|part| part.id.as_str()), at, "parts");
    for (index, part) in parts.iter().enumerate() {
        let at = at.item("parts", index);
        report.text(&part.name, &at.key("name"));
        report.positive(part.each, &at.key("each"));
        full_at(report, (part.each, part.full_at), rule.max, &at);
        report.positive(part.step, &at.key("step"));
        measure::check(report, &part.measure, &at.key("measure"));
    }
}

/// Pages print rates rounded: as many units as earn all points must earn them, no less and no more.
fn full_at(
    report: &mut Report<'_>,
    (each, full_at): (Number, Option<Number>),
    max: Number,
    at: &Place,
) {
    let Some(full_at) = full_at else {
        // A rounded rate hardly ever comes out whole.
        let steps = max.over(each);
        let whole = steps.is_none_or(|steps| Number::ratio(steps.floor(), 1) == Some(steps));
        return report.require(
            !each.is_positive() || whole,
            &at.key("each"),
            format!("{each} does not divide the metric's {max}: say at how many all points are earned, as `full_at`"),
        );
    };
    report.positive(full_at, &at.key("full_at"));
    report.require(
        !full_at.is_positive() || each * full_at == max,
        &at.key("each"),
        format!(
            "{full_at} times {each} is {}, not the metric's {max}: where the page has a rounded \
             rate, write \"{max}/{full_at}\"",
            each * full_at
        ),
    );
}

/// On no day is the pass mark above all that can be earned.
fn attainable(report: &mut Report<'_>, pass_mark: Number, track: &ScoreTrack, at: &Place) {
    let days: BTreeSet<NaiveDate> = track
        .metrics
        .iter()
        .flat_map(|metric| metric.rules.iter().map(Dated::effective_from))
        .collect();
    for day in days {
        let most: Option<Vec<Number>> = track
            .metrics
            .iter()
            .map(|metric| in_force(&metric.rules, day).map(|rule| rule.max))
            .collect();
        // Before its last metric begins, a track says nothing.
        let Some(most) = most else { continue };
        let most: Number = most.into_iter().sum();
        report.require(
            pass_mark <= most,
            at,
            format!("from {day} on {most} points can be earned, but {pass_mark} are needed"),
        );
    }
}
