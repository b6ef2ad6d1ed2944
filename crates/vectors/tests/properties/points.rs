//! Points: caps hold, and a certificate more is never a point less.

use chrono::Days;
use membership_domain::assess::{Finding, Kind, Next, assess};
use membership_domain::evidence::{Authority, Held};
use membership_domain::hypothesis::measure_address;
use membership_domain::{Assessment, Basis, Hypothesis, Number};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::given::{DAY, certificate, evidence, skilled};
use crate::{CATALOG, truth};

/// By score and track, the points of each metric.
fn metrics(assessment: &Assessment) -> impl Iterator<Item = (&str, &Finding, &Finding)> {
    assessment.scores.iter().flat_map(|score| {
        (score.tracks.iter())
            .flat_map(move |track| track.children.iter().map(move |metric| (track, metric)))
            .map(|(track, metric)| (score.score.as_str(), track, metric))
    })
}

fn earned(metric: &Finding) -> Number {
    metric.points.expect("points of a metric").earned
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn caps_hold(evidence in evidence()) {
        let assessment = truth(&evidence, DAY);
        for (score, _, metric) in metrics(&assessment) {
            let points = metric.points.expect("points of a metric");
            prop_assert!(Number::ZERO <= points.earned, "{score} {}", metric.id);
            prop_assert!(points.earned <= points.max, "{score} {}", metric.id);
            prop_assert!(points.earned <= points.uncapped, "{score} {}", metric.id);
        }
        for score in &assessment.scores {
            prop_assert!(score.total <= Number::from(100_u32));
            for track in &score.tracks {
                let sum: Number = track.children.iter().map(earned).sum();
                prop_assert_eq!(track.have, Some(sum));
            }
        }
    }

    #[test]
    fn a_certificate_more_is_never_a_point_less(
        evidence in skilled(), who: Index, id in certificate(),
    ) {
        let before = truth(&evidence, DAY);
        let mut after = evidence;
        let number = who.index(after.people.len());
        let person = &mut after.people[number];
        person.linked_on.get_or_insert(DAY);
        person.certificates.push(Held {
            certificate: id,
            completed_on: DAY,
            expires_on: None,
            known_on: None,
            source: None, authority: Authority::Claimed,
});
        let after = truth(&after, DAY);
        for ((score, track, was), (_, _, is)) in metrics(&before).zip(metrics(&after)) {
            prop_assert!(earned(was) <= earned(is), "{score} {} {}", track.id, was.id);
        }
        for (was, is) in before.scores.iter().zip(&after.scores) {
            let rank = |score: &membership_domain::assess::ScoreAssessment| {
                (score.qualifies_today(), score.total)
            };
            prop_assert!(rank(was) <= rank(is), "{}", was.score);
        }
    }

    #[test]
    fn a_certificate_taken_away_in_a_preview_is_never_a_point_more(
        evidence in skilled(), id in certificate(), count in 1_i32..4,
    ) {
        let mut less = Hypothesis::default();
        less.people.insert(id.clone(), -count);
        let before = truth(&evidence, DAY);
        let after = assess(&CATALOG, &evidence, Basis::Entered, DAY, &less);
        for ((score, track, was), (_, _, is)) in metrics(&before).zip(metrics(&after)) {
            prop_assert!(earned(is) <= earned(was), "{score} {} {}", track.id, was.id);
        }
    }

    #[test]
    fn a_certificate_counts_to_its_last_day_and_not_after(
        id in certificate(), age in 0_u64..300, valid in 0_u64..300,
    ) {
        let retired = CATALOG.certificate(&id).and_then(|known| known.counts_until);
        let completed_on = DAY.checked_sub_days(Days::new(age)).expect("a day");
        let last = DAY.checked_add_days(Days::new(valid)).expect("a day");
        let last = retired.map_or(last, |retired| last.min(retired));
        prop_assume!(completed_on <= last);
        let partner = membership_vectors::partner::Partner::default().person("one", &[&id]);
        let mut evidence = partner.0;
        let held = &mut evidence.people[0].certificates[0];
        (held.completed_on, held.expires_on) =
            (completed_on, DAY.checked_add_days(Days::new(valid)));
        // Whether a person counts is told by every finding that lists people.
        let counted = |day| {
            let assessment = truth(&evidence, day);
            let (mut lists, mut counted) = (0, 0);
            for (_, _, metric) in metrics(&assessment) {
                for finding in &metric.children {
                    let (Kind::Counting { certificates } | Kind::Gate { certificates }) =
                        &finding.kind
                    else {
                        continue;
                    };
                    if certificates.contains(&id.as_str().into()) {
                        lists += 1;
                        let gated = finding.not_counted.iter().any(|item| matches!(
                            item.reason, Some(membership_domain::assess::Reason::Gate { .. })
                        ));
                        counted += usize::from(!finding.counted.is_empty() || gated);
                    }
                }
            }
            (lists, counted)
        };
        let (lists, on_the_last_day) = counted(last);
        prop_assert_eq!(on_the_last_day, lists);
        let (_, the_day_after) = counted(last.succ_opt().expect("a day"));
        prop_assert_eq!(the_day_after, 0);
        let (lists, on_the_first_day) = counted(completed_on.max(DAY.min(last)));
        prop_assert_eq!(on_the_first_day, lists);
    }

    /// What a part says would fill it, fills the metric.
    #[test]
    fn a_step_leads_where_it_says(evidence in evidence()) {
        let today = truth(&evidence, DAY);
        for score in &CATALOG.scores {
            let assessed = today.score(&score.id).expect("every score");
            for next in &assessed.next {
                let (Next::Raise { points: Some(points), .. }
                    | Next::Certify { points: Some(points), .. }) = next else { continue };
                prop_assert!(points.is_positive(), "{} {next:?}", score.id);
            }
            for (track, found) in score.tracks.iter().zip(&assessed.tracks) {
                for (metric, found_metric) in track.metrics.iter().zip(&found.children) {
                    for part in &found_metric.children {
                        let Some(Next::Raise { by, .. }) = part.next.first() else { continue };
                        let mut more = Hypothesis::default();
                        more.measures.insert(measure_address(&score.id, metric, &part.id), *by);
                        let then = assess(&CATALOG, &evidence, Basis::Entered, DAY, &more);
                        let then = then.score(&score.id).expect("every score");
                        let then = then.tracks.iter().find(|known| known.id == track.id)
                            .and_then(|known| known.children.iter().find(|m| m.id == metric.id))
                            .expect("the same metric");
                        let points = then.points.expect("points of a metric");
                        prop_assert_eq!(points.earned, points.max, "{} {}", score.id, metric.id);
                    }
                }
            }
        }
    }
}
