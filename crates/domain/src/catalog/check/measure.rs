//! Checks of measures.

use super::report::{Kind, Place, Report};
use crate::catalog::{Aggregate, AssociationKind, Condition, Count, Growth, Measure, Total, Value};
use crate::number::Number;

/// Evidence reaches back no further than a window and the one a year before.
const LONGEST_WINDOW: u32 = 36;

pub(super) fn check(report: &mut Report<'_>, measure: &Measure, at: &Place) {
    selection(
        report,
        &measure.groups,
        &measure.except,
        &measure.associations,
        at,
    );
    for (index, also) in measure.also.iter().enumerate() {
        let at = at.item("also", index);
        selection(report, &also.groups, &also.except, &also.associations, &at);
    }
    let at = at.key("take");
    match &measure.take {
        Aggregate::Count(count) => self::count(report, count, &at.key("count")),
        Aggregate::Growth(growth) => self::growth(report, growth, &at.key("growth")),
        Aggregate::Total(total) => self::total(report, total, &at.key("total")),
    }
}

fn selection(
    report: &mut Report<'_>,
    groups: &[String],
    except: &[String],
    associations: &[AssociationKind],
    at: &Place,
) {
    report.all_refer(Kind::Group, groups, at, "groups");
    report.distinct(except, at, "except");
    for (index, workload) in except.iter().enumerate() {
        report.refers(Kind::Workload, workload, &at.item("except", index));
    }
    report.some(
        associations,
        &at.key("associations"),
        "usage counts through an association",
    );
    report.distinct(associations, at, "associations");
}

fn count(report: &mut Report<'_>, count: &Count, at: &Place) {
    months(report, count.months, at);
    report.some(
        &count.conditions,
        &at.key("conditions"),
        "say what must be passed to count",
    );
    conditions(report, &count.conditions, at);
    if let Some(percent) = count.not_above_at_claim {
        let most = Number::from(100_u32);
        report.require(
            percent >= Number::ZERO && percent <= most,
            &at.key("not_above_at_claim"),
            format!("{percent} is not a percentage between 0 and 100"),
        );
    }
}

fn growth(report: &mut Report<'_>, growth: &Growth, at: &Place) {
    months(report, growth.months, at);
    conditions(report, &growth.conditions, at);
    if let Some(baseline) = growth.baseline {
        report.positive(baseline, &at.key("baseline"));
    }
    report.require(
        growth.value != Value::ActivePercent,
        &at.key("value"),
        "shares of different sizes can't be added; use another value",
    );
}

fn total(report: &mut Report<'_>, total: &Total, at: &Place) {
    months(report, total.months, at);
    report.require(
        total.value != Value::ActivePercent,
        &at.key("value"),
        "shares of different sizes can't be added; use another value",
    );
}

fn months(report: &mut Report<'_>, months: u32, at: &Place) {
    report.require(
        (1..=LONGEST_WINDOW).contains(&months),
        &at.key("months"),
        format!("a window has between 1 and {LONGEST_WINDOW} months, not {months}"),
    );
}

fn conditions(report: &mut Report<'_>, conditions: &[Condition], at: &Place) {
    for (index, condition) in conditions.iter().enumerate() {
        let at = at.item("conditions", index);
        report.require(
            condition.at_least.is_some()
                || condition.above.is_some()
                || condition.at_most.is_some(),
            &at,
            "tests nothing; set `at_least`, `above`, or `at_most`",
        );
        let Some(most) = condition.at_most else {
            continue;
        };
        report.require(
            condition.at_least.is_none_or(|least| least <= most)
                && condition.above.is_none_or(|bound| bound < most),
            &at.key("at_most"),
            format!("no value is at most {most} and passes the lower bound too"),
        );
    }
}
