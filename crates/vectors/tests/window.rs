//! A score that passes on a day outside the window of what is held.

use chrono::NaiveDate;
use membership_contract::text::{Plain, Speaker};
use membership_domain::agenda::{Agenda, TaskKind, agenda};
use membership_domain::assess::{Assessment, Engine, Finding, Next, Outcome, Standing};
use membership_domain::{Basis, Catalog, Hypothesis};
use membership_vectors::partner::{DAY, Partner, day};

const PROGRAM: &str = "solutions-partner-data-ai";
const OTHERS: [&str; 5] = [
    "solutions-partner-business-applications",
    "solutions-partner-digital-app-innovation",
    "solutions-partner-infrastructure",
    "solutions-partner-modern-work",
    "solutions-partner-security",
];

struct On {
    catalog: Catalog,
    today: Assessment,
    agenda: Agenda,
}

impl On {
    fn day(partner: &Partner, day: NaiveDate) -> Self {
        let catalog = membership_vectors::catalog().expect("a catalog without faults");
        let engine = Engine::new(&catalog, &partner.0, Basis::Entered);
        let today = engine.assess(day, &Hypothesis::default());
        let agenda = agenda(&engine, &today);
        Self {
            today,
            agenda,
            catalog,
        }
    }

    fn speaker(&self) -> Speaker<'_> {
        Speaker {
            catalog: &self.catalog,
            words: &Plain,
        }
    }

    /// What the score says, and what the program's requirement says about it.
    fn says(&self) -> (String, String) {
        let score = self.today.score("data-ai").expect("every score");
        (
            self.speaker().score_says(score, self.today.day).replace(
                " It no longer passes from 2025-07-01 if nothing changes.",
                "",
            ),
            self.speaker().found(self.requirement()),
        )
    }

    fn requirement(&self) -> &Finding {
        let program = self.today.program(PROGRAM).expect("every program");
        let children = &program.root.as_ref().expect("a rule").children;
        children
            .iter()
            .find(|child| child.id == "score")
            .expect("the score")
    }

    fn steps(&self) -> Vec<String> {
        let next = &self.requirement().next;
        next.iter().map(|next| self.speaker().next(next)).collect()
    }

    fn about_it(&self) -> Vec<(Option<NaiveDate>, &TaskKind)> {
        let tasks = self.agenda.tasks.iter().map(|task| (task.due, &task.what));
        let about = |what: &TaskKind| match what {
            TaskKind::Renew { program, .. }
            | TaskKind::ShowDay { program, .. }
            | TaskKind::Enroll { program, .. } => program == PROGRAM,
            TaskKind::CloseGap { score, .. } => score == "data-ai",
            _ => false,
        };
        tasks.filter(|(_, what)| about(what)).collect()
    }
}

/// 60 points, and 72 from the day on which three more people are certified. Enrolled until August
/// 15, 2024; no certificate ends before that matters.
fn enrolled(certified_on: NaiveDate) -> Partner {
    let mut partner = Partner::sixty()
        .holding(PROGRAM, day(2023, 8, 15), Some(day(2024, 8, 15)))
        .past_score("data-ai", day(2024, 8, 15), 60)
        .people("dp-300", 3);
    for person in &mut partner.0.people {
        for held in &mut person.certificates {
            held.expires_on = Some(day(2025, 6, 30));
            if held.certificate == "dp-300" {
                held.completed_on = certified_on;
            }
        }
    }
    partner
}

/// 72 points when it is too late.
fn late() -> Partner {
    enrolled(day(2024, 9, 2))
}

/// 72 points all the time.
fn early() -> Partner {
    enrolled(day(2023, 6, 1))
}

/// 60 points all the time.
fn short() -> Partner {
    enrolled(day(2025, 1, 1))
}

#[test]
fn after_its_window_a_passing_score_is_not_enough_to_renew() {
    let on = On::day(&late(), day(2024, 9, 5));
    let score = on.today.score("data-ai").expect("every score");
    assert_eq!((score.outcome, score.qualified_on), (Outcome::Unmet, None));
    assert!(score.qualifies_today());
    assert_eq!(on.requirement().outcome, Outcome::Unmet);
    let program = on.today.program(PROGRAM).expect("every program");
    assert_eq!(program.standing, Standing::RenewalDue);
    assert!(!program.is_met());
    let window = "It passes today, but the window ran from 2024-03-01 to 2024-08-31, with no \
                  known qualifying day.";
    assert_eq!(
        on.says(),
        (window.to_owned(), format!("72 of 70 points. {window}"))
    );
    assert_eq!(
        on.steps(),
        [
            "If a day from 2024-03-01 to 2024-08-31 qualified, import that day's score under \
             Evidence, Imports.",
            "Keep the Data & AI (Azure) score until 2024-09-15: one qualifying day from then on is \
             enough.",
        ]
    );
    let stands = on.speaker().stands(program, &on.today);
    assert!(stands.contains(window), "{stands}");
    assert!(!stands.contains("Raise"), "{stands}");
    assert!(matches!(
        on.about_it()[..],
        [(Some(due), TaskKind::ShowDay { .. })] if due == day(2024, 9, 14)
    ));
}

#[test]
fn a_day_of_the_window_lifts_it_and_so_does_waiting() {
    let shown = late().past_score("data-ai", day(2024, 8, 31), 70);
    let on = On::day(&shown, day(2024, 9, 5));
    assert_eq!(
        on.today
            .score("data-ai")
            .and_then(|score| score.qualified_on),
        Some(day(2024, 8, 31))
    );
    assert!(matches!(
        on.about_it()[..],
        [(_, TaskKind::Renew { ready: true, .. })]
    ));
    let waited = On::day(&late(), day(2024, 9, 15));
    let score = waited.today.score("data-ai").expect("every score");
    assert_eq!(score.qualified_on, Some(day(2024, 9, 15)));
    assert!(matches!(
        waited.about_it()[..],
        [(_, TaskKind::Enroll { .. })]
    ));
}

#[test]
fn before_its_window_a_passing_score_is_not_enough_either() {
    let on = On::day(&early(), DAY);
    let score = on.today.score("data-ai").expect("every score");
    assert_eq!((score.outcome, score.qualified_on), (Outcome::Unmet, None));
    let program = on.today.program(PROGRAM).expect("every program");
    assert_eq!(program.standing, Standing::Held);
    let window = "It passes today, but the window runs from 2024-03-01 to 2024-08-31.";
    assert_eq!(
        on.says(),
        (window.to_owned(), format!("72 of 70 points. {window}"))
    );
    assert_eq!(
        on.steps(),
        [
            "Keep the Data & AI (Azure) score until 2024-03-01: one qualifying day from then on is \
          enough."
        ]
    );
    // Nothing is short, so nothing is to be raised.
    assert_eq!(on.about_it(), []);
}

#[test]
fn in_its_window_today_is_enough_and_its_last_day_keeps_it() {
    let on = On::day(&early(), day(2024, 3, 1));
    assert_eq!(on.requirement().outcome, Outcome::Met);
    // The certificates end before any window of what is held does.
    assert_eq!(on.requirement().lapses_on, Some(day(2025, 7, 1)));
    let last = On::day(&early(), day(2024, 8, 31));
    assert!(matches!(
        last.about_it()[..],
        [(Some(due), TaskKind::Renew { ready: true, .. })] if due == day(2024, 9, 14)
    ));
    // What is known says that it passed to the end of its window, written down or not.
    for today in [day(2024, 9, 1), day(2024, 9, 14)] {
        let over = On::day(&early(), today);
        let score = over.today.score("data-ai").expect("every score");
        assert_eq!(score.qualified_on, Some(day(2024, 8, 31)), "{today}");
        assert_eq!(over.requirement().outcome, Outcome::Met, "{today}");
    }
    let on_its_last_day = enrolled(day(2024, 8, 31));
    let over = On::day(&on_its_last_day, day(2024, 9, 5));
    assert_eq!(over.requirement().outcome, Outcome::Met);
    // From the day on which its certificates end, it did not pass on the last day.
    let mut ended = early();
    for held in ended
        .0
        .people
        .iter_mut()
        .flat_map(|person| &mut person.certificates)
    {
        held.expires_on = Some(day(2024, 8, 30));
    }
    let on = On::day(&ended, day(2024, 3, 1));
    assert_eq!(on.requirement().lapses_on, Some(day(2024, 8, 31)));
    let over = On::day(&ended, day(2024, 9, 5));
    assert_eq!(over.requirement().outcome, Outcome::Unmet);
}

#[test]
fn a_short_score_whose_window_is_over_is_told_so() {
    let on = On::day(&short(), day(2024, 9, 5));
    let (says, found) = on.says();
    let window = "The window ran from 2024-03-01 to 2024-08-31, with no known qualifying day.";
    assert_eq!(
        says,
        format!("10 points short. Every metric is above zero. {window}")
    );
    assert_eq!(found, format!("60 of 70 points. {window}"));
    assert!(matches!(
        on.requirement().next[..],
        [Next::ShowDay { .. }, Next::RaiseScore { .. }]
    ));
    assert!(matches!(on.about_it()[..], [(_, TaskKind::ShowDay { .. })]));
}

/// What depends on the designation, and not on its score, goes by what is held: until the renewal
/// closes.
#[test]
fn what_asks_for_the_designation_goes_by_what_is_held() {
    let partner = (OTHERS.iter()).fold(late(), |partner, program| {
        partner.holding(program, day(2023, 8, 15), Some(day(2024, 8, 15)))
    });
    let cloud = |on: &On| {
        let cloud = on.today.program("solutions-partner-microsoft-cloud");
        cloud.expect("every program").standing
    };
    let legacy = |on: &On| {
        let legacy = on.today.program("legacy-gold").expect("every program");
        let root = legacy.root.as_ref().expect("a rule");
        let none = root
            .children
            .iter()
            .find(|child| child.id == "no-designation");
        none.map(|none| none.outcome)
    };
    let due = On::day(&partner, day(2024, 9, 5));
    assert_eq!(cloud(&due), Standing::Held);
    assert_eq!(
        legacy(&due),
        Some(Outcome::Unmet),
        "still held, so that legacy stays closed"
    );
    let closed = On::day(&partner, day(2024, 9, 15));
    assert_ne!(cloud(&closed), Standing::Held);
}

#[test]
fn a_day_to_enroll_by_is_not_in_the_past() {
    // It qualified in June; the thirty days of a new partner are over, the window is not.
    let partner = Partner::sixty().past_score("data-ai", day(2023, 6, 20), 72);
    let on = On::day(&partner, DAY);
    assert!(matches!(
        on.about_it()[..],
        [(None, TaskKind::Enroll { .. })]
    ));
    let partner = Partner::sixty().past_score("data-ai", day(2023, 11, 1), 72);
    let on = On::day(&partner, DAY);
    assert!(matches!(
        on.about_it()[..],
        [(Some(due), TaskKind::Enroll { .. })] if due == day(2023, 12, 1)
    ));
}

/// What is renewed already does not lapse where its first term ends.
#[test]
fn terms_that_follow_each_other_are_held_through() {
    let cloud = |gap: u64| {
        let next = day(2024, 8, 16) + chrono::Days::new(gap);
        let all = std::iter::once(PROGRAM).chain(OTHERS);
        let partner = all.fold(Partner::default(), |partner, program| {
            partner
                .holding(program, day(2023, 8, 15), Some(day(2024, 8, 15)))
                .holding(program, next, Some(day(2025, 8, 15)))
        });
        let on = On::day(&partner, day(2024, 5, 1));
        let cloud = on.today.program("solutions-partner-microsoft-cloud");
        let root = cloud.and_then(|cloud| cloud.root.clone());
        let root = root.expect("a rule");
        (root.outcome, root.lapses_on)
    };
    // Thirty days of renewal are in between, and no more.
    assert_eq!(cloud(0), (Outcome::Met, Some(day(2025, 9, 15))));
    assert_eq!(cloud(30), (Outcome::Met, Some(day(2025, 9, 15))));
    assert_eq!(cloud(31), (Outcome::Met, Some(day(2024, 9, 15))));
}
