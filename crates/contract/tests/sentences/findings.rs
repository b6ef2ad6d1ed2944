//! What was found and what is needed, and why something does not count.

use membership_domain::Number;
use membership_domain::assess::{
    Finding, Kind, MeasureUnit, Measured, Outside, Points, Reason, Window,
};
use membership_domain::catalog::{Category, Threshold, Value};
use membership_domain::evidence::Verification;

use crate::given::{COUNTS, day, edges, finding, none_is_forgotten, number, say, units, variants};
use crate::{all_right, faults, numbers};

fn key() -> String {
    "surveys".to_owned()
}

fn measured(unit: MeasureUnit, now: Number, before: Number) -> Measured {
    Measured {
        month: Some("2023-10".parse().expect("a month")),
        unit,
        now,
        before: Some(before),
        baseline_missed: None,
        added: None,
    }
}

/// Every kind of finding with have and need.
fn kinds(have: Number, need: Number) -> Vec<Kind> {
    let programs = vec![key()];
    let certificates = || vec!["az-500".into()];
    let (unit, one) = (key(), Some("survey".to_owned()));
    let window = Window {
        from: day("2024-03-01"),
        to: day("2024-08-31"),
        fixed: true,
    };
    let mut kinds = vec![
        Kind::All,
        Kind::Any,
        Kind::AtLeast,
        Kind::Joined { since: None },
        Kind::Verified {
            state: Verification::Pending,
        },
        Kind::Holds {
            programs: programs.clone(),
        },
        Kind::HeldOn {
            programs: programs.clone(),
            day: window.from,
        },
        Kind::NoneQualified {
            scores: programs.clone(),
            programs,
        },
        Kind::Score {
            score: key(),
            qualified_on: None,
            outside: None,
        },
        Kind::Score {
            score: key(),
            qualified_on: None,
            outside: Some(Outside {
                window,
                ahead: true,
                passes: have >= need,
                counts_from: Some(window.from),
            }),
        },
        Kind::People {
            certificates: certificates(),
            each: 2,
        },
        Kind::References {
            program: key(),
            within_months: 1,
            recheck: None,
        },
        Kind::Audit {
            program: key(),
            within_months: 1,
            recheck: None,
        },
        Kind::Offer { transactable: true },
        Kind::Invitation { program: key() },
        Kind::Declaration { key: key() },
        Kind::Figure {
            key: key(),
            unit: unit.clone(),
            one: one.clone(),
        },
        Kind::Sum {
            unit: unit.clone(),
            one: one.clone(),
        },
        Kind::Regional {
            key: key(),
            unit,
            one,
            at_least: vec![Threshold {
                regions: vec!["DE".to_owned()],
                at_least: need,
            }],
        },
        Kind::Track,
        Kind::Metric {
            category: Category::Skilling,
        },
        Kind::Gate {
            certificates: certificates(),
        },
        Kind::Counting {
            certificates: certificates(),
        },
    ];
    for unit in units() {
        kinds.push(Kind::Part {
            measured: measured(unit, have, need),
            outdone: false,
        });
        for from in COUNTS.iter().copied() {
            kinds.push(Kind::Measure {
                measured: measured(unit, have, need),
                customers: 3,
                from,
            });
        }
    }
    kinds
}

/// Whether have and need are the first two numbers of the sentence.
fn compares(finding: &Finding) -> bool {
    match &finding.kind {
        Kind::Score { .. } | Kind::Track | Kind::Metric { .. } | Kind::Measure { .. } => true,
        Kind::Figure { .. } | Kind::Sum { .. } => true,
        // Of people, programs and requirements there are whole numbers.
        _ => false,
    }
}

#[test]
fn findings_never_say_that_a_goal_is_reached_when_it_is_not() {
    let mut wrong = Vec::new();
    for (have, need) in edges().flat_map(|have| edges().map(move |need| (have, need))) {
        let kinds = kinds(have, need);
        none_is_forgotten(&kinds);
        for kind in kinds {
            let mut found = finding(kind, have, need);
            found.points = Some(Points {
                earned: have.min(need),
                uncapped: have,
                max: need,
                each: None,
            });
            let said = say(|speaker| speaker.found(&found));
            // A rule may ask for parts of what is whole: the number is the rule's.
            let whole = need == Number::from(i64::try_from(need.floor()).unwrap_or(0));
            let mut faults = if whole { faults(&said) } else { Vec::new() };
            let read: Vec<Number> = numbers(&said).iter().map(|known| known.0).collect();
            if let (true, [one, two, ..]) = (compares(&found), &read[..]) {
                let reached = match found.kind {
                    Kind::Metric { .. } => have.min(need) >= need,
                    _ => have >= need,
                };
                if (one >= two) != reached {
                    faults.push(format!("{have} of {need}"));
                }
            }
            if !faults.is_empty() {
                wrong.push(format!("{said} {faults:?}"));
            }
        }
    }
    all_right(&wrong);
}

#[test]
fn what_a_percentage_is_made_of_has_a_unit() {
    let part = Kind::Part {
        measured: measured(
            MeasureUnit::Percent(Value::Revenue),
            number("17318.7"),
            number("15408.1"),
        ),
        outdone: false,
    };
    let found = finding(part, number("12.4"), Number::ZERO);
    assert_eq!(
        say(|speaker| speaker.found(&found)),
        "12.4%: 17,318 USD now, 15,408 USD a year earlier. Measured through 2023-10-31."
    );
}

/// Every reason with two numbers that it compares.
fn reasons(have: Number, bound: Number) -> Vec<Reason> {
    let on = day("2023-09-30");
    let mut reasons = vec![
        Reason::NotLinked,
        Reason::Left { on },
        Reason::Expired { on },
        Reason::NotYet { on },
        Reason::Retired { until: on },
        Reason::Gate {
            gates: vec!["engineers".to_owned()],
        },
        Reason::OverCap,
        Reason::NotNew,
        Reason::Lost,
        Reason::Association { have: Vec::new() },
        Reason::NotEnrolled,
        Reason::OtherPack {
            program: key(),
            pack: key(),
        },
        Reason::Ended { on },
        Reason::NotApproved,
        Reason::NotPassed,
        Reason::TooOld { since: on },
        Reason::NotTransactable,
        Reason::Surplus,
        Reason::BelowRegion { need: bound },
        Reason::NoRegion,
        Reason::ActiveAtClaim {
            percent: have.max(bound + number("0.001")),
            limit: bound,
        },
    ];
    for name in variants::<Value>() {
        let value = serde_json::from_value(name.as_str().into()).expect("a value");
        reasons.push(if have < bound {
            Reason::Below {
                have,
                need: bound,
                value,
            }
        } else {
            Reason::Above {
                have: have + number("0.001"),
                limit: bound,
                value,
            }
        });
    }
    reasons
}

#[test]
fn reasons_say_which_side_of_a_limit_something_is_on() {
    let mut wrong = Vec::new();
    let mut all = Vec::new();
    for (have, bound) in edges().flat_map(|have| edges().map(move |bound| (have, bound))) {
        for reason in reasons(have, bound) {
            let said = say(|speaker| speaker.reason(&reason));
            let read: Vec<Number> = numbers(&said).iter().map(|known| known.0).collect();
            let right = match (&reason, &read[..]) {
                (Reason::Below { .. }, [have, need]) => have < need,
                (Reason::Above { .. } | Reason::ActiveAtClaim { .. }, [have, limit]) => {
                    have > limit
                }
                (Reason::Below { .. } | Reason::Above { .. }, _) => false,
                _ => true,
            };
            if !right {
                wrong.push(format!("{said} {reason:?}"));
            }
            all.push(reason);
        }
    }
    none_is_forgotten(&all);
    all_right(&wrong);
}
