//! What is said of later days is what is said on those days.

use chrono::{Days, NaiveDate};
use membership_domain::assess::{Engine, Finding, Kind, Next, Outcome};
use membership_domain::evidence::{Authority, Membership};
use membership_domain::{Assessment, Basis, Evidence, Hypothesis, Number};
use membership_vectors::partner::{Partner, day};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::given::{DAY, evidence, skilled};
use crate::{CATALOG, truth};

/// Every finding by the ids on its way, scores and programs alike.
fn findings(assessment: &Assessment) -> Vec<(String, &Finding)> {
    fn collect<'f>(path: String, finding: &'f Finding, all: &mut Vec<(String, &'f Finding)>) {
        for child in &finding.children {
            collect(format!("{path}/{}", child.id), child, all);
        }
        all.push((path, finding));
    }
    let mut all = Vec::new();
    for score in &assessment.scores {
        for track in &score.tracks {
            collect(
                format!("score {}/{}", score.score, track.id),
                track,
                &mut all,
            );
        }
    }
    for program in &assessment.programs {
        if let Some(root) = &program.root {
            collect(format!("program {}", program.program), root, &mut all);
        }
    }
    all
}

fn outcome(evidence: &Evidence, day: NaiveDate, path: &str) -> Option<Outcome> {
    let assessment = truth(evidence, day);
    let found = findings(&assessment)
        .into_iter()
        .find(|(known, _)| known == path);
    found.map(|(_, finding)| finding.outcome)
}

fn before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().expect("a day")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_lapses_lapses_on_its_day(
        evidence in evidence(), memberships in vec(designation(), 0..3), skilled in any::<bool>(),
    ) {
        let mut evidence = evidence;
        evidence.memberships.extend(memberships);
        if skilled {
            evidence = with_performance(evidence);
        }
        let today = truth(&evidence, DAY);
        let much_later = day(2027, 1, 1);
        let then = truth(&evidence, much_later);
        let then: std::collections::BTreeMap<_, _> = findings(&then).into_iter().collect();
        for (path, finding) in findings(&today) {
            match finding.lapses_on {
                Some(day) => {
                    prop_assert_eq!(finding.outcome, Outcome::Met, "{}", path);
                    prop_assert!(day > DAY, "{path} {day}");
                    prop_assert_ne!(outcome(&evidence, day, &path), Some(Outcome::Met), "{} {}", path, day);
                    prop_assert_eq!(outcome(&evidence, before(day), &path), Some(Outcome::Met), "{} {}", path, day);
                }
                // Tracks and metrics of usage say nothing; every other thing stays.
                None if finding.outcome == Outcome::Met && path.starts_with("program") => {
                    let later = then.get(&path).map(|finding| finding.outcome);
                    prop_assert_eq!(later, Some(Outcome::Met), "{} on {}", path, much_later);
                }
                None => {}
            }
        }
    }

    /// Before, in and after the windows of what is held: a day that qualified is in the window
    /// that is shown, and what today's score does not decide is not said to need points.
    #[test]
    fn a_qualifying_day_is_in_the_window_that_is_shown(
        evidence in evidence(), memberships in vec(designation(), 0..3), ahead in -400_i64..900,
    ) {
        let mut evidence = with_performance(evidence);
        evidence.people.extend(Partner::default()
            .people("az-305", 2).people("az-104", 2).people("dp-203", 8).people("az-700", 5)
            .people("az-140", 5).people("az-204", 5).people("az-400", 5).0.people);
        evidence.memberships.extend(memberships);
        let on = DAY + chrono::Duration::days(ahead);
        let assessment = truth(&evidence, on);
        for score in &assessment.scores {
            let (id, window) = (&score.score, score.window);
            prop_assert_eq!(score.qualified_on.is_some(), score.outcome == Outcome::Met);
            if let Some(qualified) = score.qualified_on {
                prop_assert!(window.contains(qualified) && qualified <= on, "{id} {window:?}");
                prop_assert_eq!(score.outside, None);
            }
            if score.outcome != Outcome::Met {
                prop_assert_eq!(score.outside.is_none(), window.contains(on), "{} {:?}", id, window);
            }
            if let Some(outside) = score.outside {
                prop_assert_eq!(outside.ahead, on < window.from);
                let counts = outside.counts_from.expect("memberships end");
                prop_assert!(on < counts, "{id} {counts}");
                let raises = |next: &Next| matches!(next, Next::Certify { .. } | Next::Raise { .. });
                let advised = score.next.iter().any(raises);
                prop_assert!(!(outside.passes && advised), "{id} {:?}", score.next);
                let then = truth(&evidence, counts);
                let then = then.score(id).expect("every score").window;
                prop_assert!(then.contains(counts), "{id} {counts} {then:?}");
            }
        }
        for (path, finding) in findings(&assessment) {
            if let (Kind::Score { score, .. }, Outcome::Unmet) = (&finding.kind, finding.outcome) {
                let raises = finding.next.iter().any(|next| matches!(next, Next::RaiseScore { .. }));
                let score = assessment.score(score).expect("every score");
                prop_assert_eq!(raises, !score.qualifies_today(), "{}", path);
                prop_assert!(!finding.next.is_empty(), "{path}");
            }
        }
    }

    #[test]
    fn a_score_lapses_on_its_day(evidence in skilled()) {
        // Everything but skilling is given, so that skilling decides.
        let evidence = with_performance(evidence);
        let today = truth(&evidence, DAY);
        for score in today.scores.iter().filter(|score| score.qualifies_today()) {
            let on = |day| truth(&evidence, day).score(&score.score).is_some_and(
                membership_domain::assess::ScoreAssessment::qualifies_today,
            );
            match score.lapses_on {
                Some(day) => {
                    prop_assert!(!on(day), "{} {}", score.score, day);
                    prop_assert!(on(before(day)), "{} {}", score.score, day);
                }
                None => prop_assert!(on(day(2027, 1, 1)), "{}", score.score),
            }
        }
    }

    #[test]
    fn a_forecast_is_what_comes(evidence in skilled(), ahead in vec(1_u64..500, 3)) {
        let evidence = with_performance(evidence);
        let until = DAY.checked_add_days(Days::new(500)).expect("a day");
        let today = truth(&evidence, DAY);
        for score in &today.scores {
            let id = &score.score;
            let engine = Engine::new(&*CATALOG, &evidence, Basis::Entered);
            let steps = engine.forecast(DAY, &Hypothesis::default(), id, until);
            let said = |day: NaiveDate| {
                let step = steps.iter().rev().find(|step| step.day <= day);
                step.map_or((score.total, score.qualifies_today()), |step| (step.total, step.qualifies))
            };
            let comes = |day| {
                let then = truth(&evidence, day);
                let then = then.score(id).expect("every score");
                (then.total, then.qualifies_today())
            };
            let days = ahead.iter().filter_map(|days| DAY.checked_add_days(Days::new(*days)));
            let turns = steps.iter().take(4).flat_map(|step| [before(step.day), step.day]);
            for day in days.chain(turns) {
                prop_assert_eq!(said(day), comes(day), "{} on {}", id, day);
            }
        }
    }
}

/// A membership of one of a few programs, begun by [`DAY`] or not, whose window may be over or yet to
/// come.
fn designation() -> impl Strategy<Value = Membership> {
    let programs = vec![
        "solutions-partner-data-ai",
        "solutions-partner-infrastructure",
        "specialization-ai-machine-learning",
        "action-pack",
    ];
    (select(programs), -500_i64..60, 1_u64..500).prop_map(|(program, began, days)| {
        let started_on = DAY + chrono::Duration::days(began);
        Membership {
            program: program.to_owned(),
            pack: None,
            started_on,
            ends_on: started_on.checked_add_days(Days::new(days)),
            authority: Authority::Claimed,
        }
    })
}

/// Enough customers' usage for every area, so that what people hold decides.
fn with_performance(mut evidence: Evidence) -> Evidence {
    use membership_domain::catalog::AssociationKind::{CporUsage, Pal};
    use membership_vectors::partner::{NOW, Used};
    let mut partner = Partner::default();
    for customer in ["x", "y", "z", "u", "v", "w", "q"] {
        for service in [
            "storage",
            "sql-database",
            "key-vault",
            "functions",
            "sentinel",
        ] {
            partner = partner
                .azure(customer, service, "2022-08", 900)
                .azure(customer, service, NOW, 20_000);
        }
        let seats = Used {
            dollars: 9000,
            users: 900,
            seats: 200,
            active: 150,
        };
        for workload in ["intune", "teams"] {
            partner = partner.used(customer, workload, CporUsage, NOW, seats);
        }
        partner = partner.used(customer, "power-bi", Pal, NOW, seats);
    }
    evidence.customers = partner.0.customers;
    evidence.usage = partner.0.usage;
    evidence
}

#[test]
fn windows_are_whole_days() {
    let program = "solutions-partner-security";
    let score = |partner: &Partner, on| {
        truth(&partner.0, on)
            .score("security")
            .cloned()
            .expect("every score")
    };
    // Not enrolled: from the first of the month five months ago, to today.
    let rolling = |past| score(&Partner::default().past_score("security", past, 80), DAY);
    let window = rolling(DAY).window;
    assert_eq!((window.from, window.to), (day(2023, 6, 1), DAY));
    assert_eq!(rolling(day(2023, 6, 1)).qualified_on, Some(day(2023, 6, 1)));
    assert_eq!(rolling(day(2023, 5, 31)).qualified_on, None);
    assert_eq!(rolling(DAY).qualified_on, Some(DAY));
    assert_eq!(
        rolling(day(2023, 11, 16)).qualified_on,
        None,
        "not known yet"
    );
    // Enrolled: whole months, up to the one of the anniversary.
    let enrolled = Partner::default().holding(program, day(2022, 11, 9), Some(day(2023, 11, 9)));
    let fixed = |past, on| score(&enrolled.clone().past_score("security", past, 80), on);
    let window = fixed(DAY, DAY).window;
    assert_eq!(
        (window.from, window.to, window.fixed),
        (day(2023, 6, 1), day(2023, 11, 30), true)
    );
    assert_eq!(
        fixed(day(2023, 6, 1), day(2023, 12, 9)).qualified_on,
        Some(day(2023, 6, 1))
    );
    assert_eq!(fixed(day(2023, 12, 1), day(2023, 12, 9)).qualified_on, None);
    // The last day to renew is December 9: after it, the window rolls again.
    assert_eq!(fixed(day(2023, 6, 1), day(2023, 12, 10)).qualified_on, None);
    assert_eq!(
        fixed(day(2023, 7, 1), day(2023, 12, 10)).qualified_on,
        Some(day(2023, 7, 1))
    );
    assert_eq!(score(&Partner::default(), DAY).total, Number::ZERO);
}
