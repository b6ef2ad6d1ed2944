//! What helps, what to do, what comes and what changed.

use membership_domain::Number;
use membership_domain::agenda::{DeadlineKind, TaskKind};
use membership_domain::assess::{Difference, MetricDifference, Next};
use membership_domain::evidence::Verification;

use crate::given::{COUNTS, day, edges, none_is_forgotten, number, say, units};
use crate::{all_right, faults, numbers};

fn score() -> String {
    "security".to_owned()
}

/// Every step, with numbers at the edges.
fn steps() -> Vec<Next> {
    let mut steps = vec![
        Next::Join,
        Next::Verify {
            state: Verification::Pending,
        },
        Next::Link {
            people: vec!["Ada Berg".to_owned()],
        },
        Next::Enroll { program: score() },
        Next::Earn { program: score() },
        Next::KeepScore {
            score: score(),
            until: day("2024-03-01"),
        },
        Next::ShowDay {
            score: score(),
            from: day("2024-03-01"),
            to: day("2024-08-31"),
        },
        Next::PassAudit,
        Next::OthersFirst,
        Next::Publish { transactable: true },
        Next::AskInvitation,
        Next::Declare { key: score() },
    ];
    for count in COUNTS.iter().copied() {
        steps.push(Next::Widen { customers: count });
        steps.push(Next::Refer { count });
        for points in [None].into_iter().chain(edges().map(Some)) {
            steps.push(Next::Certify {
                people: count,
                certificates: vec!["az-500".into()],
                points,
            });
        }
    }
    for by in edges() {
        steps.push(Next::RaiseScore { score: score(), by });
        for one in [None, Some("survey".to_owned())] {
            for reach in edges().filter(|reach| *reach >= by) {
                steps.push(Next::Report {
                    keys: vec![score()],
                    by,
                    reach,
                    unit: if one.is_some() { "surveys" } else { "USD" }.to_owned(),
                    one: one.clone(),
                });
            }
        }
        for unit in units() {
            for points in [None, Some(Number::ZERO), Some(by)] {
                steps.push(Next::Raise {
                    by,
                    unit,
                    points,
                    of: None,
                });
            }
        }
    }
    steps
}

/// What a step asks for, where it is a number.
fn gap(step: &Next) -> Option<Number> {
    match step {
        Next::Raise { by, .. } | Next::RaiseScore { by, .. } => Some(*by),
        Next::Report {
            by, one: Some(_), ..
        } => Some(*by),
        Next::Report { reach, .. } => Some(*reach),
        Next::Certify { people: count, .. }
        | Next::Widen { customers: count }
        | Next::Refer { count } => Some((*count).into()),
        Next::Join
        | Next::Verify { .. }
        | Next::Link { .. }
        | Next::Enroll { .. }
        | Next::Earn { .. }
        | Next::KeepScore { .. }
        | Next::ShowDay { .. }
        | Next::PassAudit
        | Next::OthersFirst
        | Next::Publish { .. }
        | Next::AskInvitation
        | Next::Declare { .. } => None,
    }
}

#[test]
fn steps_are_whole_enough_and_never_nothing() {
    let steps = steps();
    none_is_forgotten(&steps);
    let mut wrong = Vec::new();
    for step in &steps {
        let said = say(|speaker| speaker.next(step));
        let mut faults = faults(&said);
        if let Some(gap) = gap(step).filter(|gap| gap.is_positive()) {
            let numbers = numbers(&said);
            if numbers.iter().any(|(number, ..)| number.is_zero()) {
                faults.push("something reads as nothing".to_owned());
            }
            // Of huge fractions nobody reads the last decimals.
            if numbers.first().is_none_or(|(number, ..)| *number < gap) {
                faults.push(format!("{gap} are missing"));
            }
        }
        if said.contains("+0 ") {
            faults.push("earns nothing".to_owned());
        }
        if !faults.is_empty() {
            wrong.push(format!("{said} {faults:?} {step:?}"));
        }
    }
    all_right(&wrong);
}

#[test]
fn the_sentences_that_said_nothing_say_something() {
    let said = |step: Next| say(|speaker| speaker.next(&step));
    let raise = |by: &str, unit| Next::Raise {
        by: number(by),
        unit,
        points: Some(number("0")),
        of: None,
    };
    use membership_domain::assess::MeasureUnit::{Amount, Customers, More, Percent};
    use membership_domain::catalog::Value::{ActivePercent, Revenue, Users};
    assert_eq!(said(raise("999.2", More(Users))), "Grow by 1,000 users.");
    assert_eq!(said(raise("0.004", More(Users))), "Grow by 1 user.");
    assert_eq!(said(raise("0.4", Customers)), "Win 1 more customer.");
    assert_eq!(
        said(raise("17318.7", Amount(Revenue))),
        "Raise it by 17,319 USD."
    );
    assert_eq!(
        said(raise("0.04", Percent(Revenue))),
        "Raise growth of revenue by 0.04%."
    );
    assert_eq!(
        said(raise("1.25", Amount(ActivePercent))),
        "Raise the share of active seats by 1.3%."
    );
    let raise_score = |by: &str| Next::RaiseScore {
        score: score(),
        by: number(by),
    };
    assert_eq!(
        said(raise_score("0.004")),
        "Raise the security score by 0.004 points."
    );
    assert_eq!(
        said(raise_score("1")),
        "Raise the security score by 1 point."
    );
    let report = |by: &str, reach: &str, unit: &str, one: Option<&str>| Next::Report {
        keys: vec!["survey-score".to_owned()],
        by: number(by),
        reach: number(reach),
        unit: unit.to_owned(),
        one: one.map(str::to_owned),
    };
    let import = "then import the figure under Evidence, Imports.";
    let average = "as the average of answers from 1 to 5";
    assert_eq!(
        said(report("0.15", "4.25", average, None)),
        format!("Reach 4.25 {average}, {import}")
    );
    assert_eq!(
        said(report("0.5", "200", "exam units", Some("exam unit"))),
        format!("Reach 1 more exam unit, {import}")
    );
    assert_eq!(
        said(report("200", "200", "surveys", Some("survey"))),
        format!("Reach 200 surveys, {import}")
    );
}

/// Every task, with numbers at the edges.
fn tasks() -> Vec<TaskKind> {
    let mut tasks = vec![
        TaskKind::Join,
        TaskKind::Verify {
            state: Verification::Rejected,
        },
        TaskKind::Renew {
            program: score(),
            ready: false,
        },
        TaskKind::ShowDay {
            program: score(),
            from: day("2024-03-01"),
            to: day("2024-08-31"),
        },
        TaskKind::Enroll {
            program: score(),
            qualified_on: Some(day("2024-03-02")),
        },
        TaskKind::Link {
            people: vec!["Ada Berg".to_owned()],
        },
    ];
    for next in steps() {
        tasks.push(TaskKind::Validate {
            program: score(),
            next,
        });
    }
    for short in edges() {
        tasks.push(TaskKind::CloseGap {
            score: score(),
            short,
            next: None,
        });
        for from in edges().filter(|from| *from > short) {
            for count in [1, 2, 4, 1003] {
                tasks.push(TaskKind::RenewCertificates {
                    score: score(),
                    from,
                    to: short,
                    qualifies: false,
                    ending: vec![("Ada Berg".to_owned(), "az-500".to_owned()); count],
                });
            }
        }
    }
    tasks
}

#[test]
fn tasks_say_what_is_short_and_what_falls() {
    let tasks = tasks();
    none_is_forgotten(&tasks);
    let mut wrong = Vec::new();
    for task in &tasks {
        let (title, why) = say(|speaker| (speaker.task(task), speaker.task_why(task)));
        let mut faults: Vec<String> = [faults(&title), faults(&why)].concat();
        match task {
            TaskKind::CloseGap { short, .. } if short.is_positive() => {
                let said = numbers(&why).first().map(|(number, ..)| *number);
                if said.is_none_or(|said| said < *short) {
                    faults.push(format!("{short} are short"));
                }
            }
            TaskKind::RenewCertificates { to, .. } => {
                let said = numbers(&why);
                let falls = said.first().map(|known| known.0) > said.get(1).map(|known| known.0);
                let to_nothing = said.get(1).is_some_and(|known| known.0.is_zero());
                if !falls || to_nothing != to.is_zero() {
                    faults.push("does not fall".to_owned());
                }
            }
            _ => {}
        }
        if !faults.is_empty() {
            wrong.push(format!("{title}: {why} {faults:?}"));
        }
    }
    all_right(&wrong);
}

#[test]
fn what_comes_and_what_changed_read_differently() {
    let mut comes = vec![
        DeadlineKind::Anniversary { program: score() },
        DeadlineKind::RenewalOpens { program: score() },
        DeadlineKind::RenewalCloses { program: score() },
    ];
    let mut changed = vec![Difference::Program {
        program: score(),
        from: membership_domain::assess::Standing::Held,
        to: membership_domain::assess::Standing::RenewalDue,
    }];
    let mut wrong = Vec::new();
    for (before, total) in edges().flat_map(|one| edges().map(move |other| (one, other))) {
        let turns = Some(before < total);
        comes.push(DeadlineKind::Score {
            score: score(),
            total,
            before,
            turns,
        });
        comes.push(DeadlineKind::Rules {
            score: score(),
            total,
            before,
            turns,
        });
        changed.push(Difference::Score {
            score: score(),
            from: before,
            to: total,
            because: Vec::new(),
        });
        let said = say(|speaker| {
            let deadline = comes.last().map(|what| speaker.deadline(what));
            let difference = changed.last().map(|what| speaker.difference(what));
            [deadline.unwrap_or_default(), difference.unwrap_or_default()]
        });
        for said in said {
            let texts: Vec<String> = numbers(&said).into_iter().map(|known| known.1).collect();
            if before != total && texts.first() == texts.get(1) {
                wrong.push(said);
            }
        }
        let metric = MetricDifference {
            metric: score(),
            name: "Deployments".to_owned(),
            by: total - before,
            gained: Vec::new(),
            lost: Vec::new(),
            rule_changed: false,
        };
        let said = say(|speaker| speaker.metric_difference(&metric));
        if before != total && numbers(&said).iter().any(|(number, ..)| number.is_zero()) {
            wrong.push(said);
        }
    }
    none_is_forgotten(&comes);
    none_is_forgotten(&changed);
    all_right(&wrong);
}
