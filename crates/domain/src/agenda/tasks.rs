//! What there is to do, and the last day on which it helps.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::assess::{
    Assessment, Finding, Forecast, Next, Outcome, Outside, ProgramAssessment, Standing,
};
use crate::catalog::{Catalog, Program, ProgramKind, in_force};
use crate::dates::plus_days;
use crate::evidence::{Profile, Verification};
use crate::number::Number;
use crate::sort;

/// How soon a fall of a score becomes a task, in days.
const SOON: u64 = 120;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The last day on which doing it helps, where there is one.
    pub due: Option<NaiveDate>,
    /// What.
    pub what: TaskKind,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Join the partner program.
    Join,
    /// Get the account verified.
    Verify {
        /// How far it is.
        state: Verification,
    },
    /// Renew a program.
    Renew {
        /// Which, by id.
        program: String,
        /// Whether everything that it takes is there; if not, that comes first.
        ready: bool,
    },
    /// Import a day that qualified, where the window of the score that a renewal takes is over.
    ShowDay {
        /// The program, by id.
        program: String,
        /// The first day of the window.
        from: NaiveDate,
        /// The last day of the window.
        to: NaiveDate,
    },
    /// Pass the audit, or submit the references, which is all that is left.
    Validate {
        /// Of which program, by id.
        program: String,
        /// What opens it.
        next: Next,
    },
    /// Enroll in or buy a program that the partner qualifies for.
    Enroll {
        /// Which, by id.
        program: String,
        /// The day on which it qualified.
        qualified_on: Option<NaiveDate>,
    },
    /// Have certificates renewed before a score falls.
    RenewCertificates {
        /// The score, by id.
        score: String,
        /// Its total today.
        from: Number,
        /// Its total once they have ended.
        to: Number,
        /// Whether it would still pass.
        qualifies: bool,
        /// The certificates that end, by the names of the people and the certificates' ids.
        ending: Vec<(String, String)>,
    },
    /// Have people link their learning profiles.
    Link {
        /// Their names.
        people: Vec<String>,
    },
    /// Close the gap of the score that is nearest to qualifying.
    CloseGap {
        /// Which, by id.
        score: String,
        /// How many points are missing.
        short: Number,
        /// The shortest way.
        next: Option<Next>,
    },
}

/// Everything that there is to do, the most pressing first.
pub(super) fn tasks(
    catalog: &Catalog,
    profile: &Profile,
    today: &Assessment,
    forecasts: &[(&str, Vec<Forecast>)],
) -> Vec<Task> {
    let mut tasks = Vec::new();
    if profile.joined_on.is_none_or(|joined| joined > today.day) {
        tasks.push(Task {
            due: None,
            what: TaskKind::Join,
        });
    }
    if profile.verification != Verification::Accepted {
        let what = TaskKind::Verify {
            state: profile.verification,
        };
        tasks.push(Task { due: None, what });
    }
    let mut dated: Vec<Task> = programs(catalog, today);
    dated.extend(
        forecasts
            .iter()
            .filter_map(|(score, forecast)| renew_certificates(today, score, forecast)),
    );
    sort::sort_by_key(&mut dated, |task| task.due.unwrap_or(NaiveDate::MAX));
    tasks.extend(dated);
    tasks.extend(close_gap(today));
    tasks.extend(link(today));
    tasks
}

fn programs(catalog: &Catalog, today: &Assessment) -> Vec<Task> {
    let mut tasks = Vec::new();
    for assessed in &today.programs {
        let Some(program) = catalog.program(&assessed.program) else {
            continue;
        };
        let id = program.id.clone();
        let terms = in_force(&program.terms, today.day);
        match assessed.standing {
            // Nobody has to do what happens by itself.
            Standing::RenewalDue
                if assessed.is_met() && terms.is_some_and(|terms| terms.by_itself) => {}
            Standing::RenewalDue => tasks.push(renew(today, program, assessed)),
            Standing::InProgress => tasks.extend(validate(assessed)),
            // What has no price yet cannot be bought yet.
            Standing::Qualified
                if program.kind == ProgramKind::Designation
                    && has_price(catalog, program, today.day) =>
            {
                let score = program.score.as_ref().and_then(|score| today.score(score));
                let qualified_on = score.and_then(|score| score.qualified_on);
                let lapses = score.and_then(|score| score.lapses_on);
                // Whoever still qualifies can enroll until the day before that ends; whoever
                // qualified on an earlier day has a set time from then on, as long as it lasts.
                let due = match (qualified_on, lapses) {
                    (Some(on), _) if on < today.day => terms
                        .and_then(|terms| terms.enroll_within)
                        .map(|days| plus_days(on, i32::try_from(days).unwrap_or(0))),
                    (_, lapses) => lapses.map(|day| plus_days(day, -1)),
                };
                tasks.push(Task {
                    due: due.filter(|due| *due >= today.day),
                    what: TaskKind::Enroll {
                        program: id,
                        qualified_on,
                    },
                });
            }
            _ => {}
        }
    }
    tasks
}

/// The renewal of what is due for it, or what comes before it.
fn renew(today: &Assessment, program: &Program, assessed: &ProgramAssessment) -> Task {
    let closes = assessed.holding.and_then(|held| held.renewal_closes);
    let id = program.id.clone();
    let score = program.score.as_ref().and_then(|score| today.score(score));
    let over = (score.and_then(|score| score.outside)).filter(|outside| !outside.ahead);
    if let Some(Outside { window, .. }) = over {
        let what = TaskKind::ShowDay {
            program: id,
            from: window.from,
            to: window.to,
        };
        return Task { due: closes, what };
    }
    let ready = assessed.is_met();
    // Ready today is not ready on the last day, where something ends before.
    let lapses = (assessed.root.as_ref()).and_then(|root| root.lapses_on);
    let last = lapses.map(|day| plus_days(day, -1)).filter(|_| ready);
    Task {
        due: closes.into_iter().chain(last).min(),
        what: TaskKind::Renew { program: id, ready },
    }
}

fn has_price(catalog: &Catalog, program: &Program, day: NaiveDate) -> bool {
    (catalog.fee(&program.id, day)).is_none_or(|fee| fee.amount.is_some())
}

/// The audit or the references, where nothing else is missing.
fn validate(assessed: &ProgramAssessment) -> Option<Task> {
    let [last] = assessed.open()[..] else {
        return None;
    };
    let next = last.next.first()?;
    matches!(next, Next::PassAudit | Next::Refer { .. }).then(|| Task {
        due: None,
        what: TaskKind::Validate {
            program: assessed.program.clone(),
            next: next.clone(),
        },
    })
}

fn renew_certificates(today: &Assessment, id: &str, forecast: &[Forecast]) -> Option<Task> {
    let score = today.score(id)?;
    // What does not qualify loses nothing but points, and the deadlines say when.
    if !score.qualifies_today() {
        return None;
    }
    let soon = today.day.checked_add_days(Days::new(SOON))?;
    // The fall that costs the qualification matters most; without one, the first fall does.
    let falls = || {
        forecast
            .iter()
            .filter(|step| step.total < score.total && step.day <= soon)
    };
    let fall = falls()
        .find(|step| !step.qualifies)
        .or_else(|| falls().next())?;
    let last = fall.day.checked_sub_days(Days::new(1))?;
    let mut ending = BTreeSet::new();
    for child in score
        .chosen()?
        .children
        .iter()
        .flat_map(|metric| &metric.children)
    {
        for item in &child.counted {
            let ends = item.until.is_some_and(|until| until <= last);
            if let (true, Some(with)) = (ends, &item.with) {
                ending.insert((item.name.to_string(), with.to_string()));
            }
        }
    }
    (!ending.is_empty()).then(|| Task {
        due: Some(last),
        what: TaskKind::RenewCertificates {
            score: id.to_owned(),
            from: score.total,
            to: fall.total,
            qualifies: fall.qualifies,
            ending: ending.into_iter().collect(),
        },
    })
}

/// The score that is nearest to qualifying, of those that have more than half of the points.
fn close_gap(today: &Assessment) -> Option<Task> {
    let nearest = (today.scores.iter())
        .filter(|score| score.outcome != Outcome::Met && !score.qualifies_today())
        // No score of today closes the gap of a window that is over.
        .filter(|score| score.outside.is_none_or(|outside| outside.ahead))
        .filter(|score| score.total + score.total > score.pass_mark)
        .max_by(|a, b| (a.total, &b.score).cmp(&(b.total, &a.score)))?;
    Some(Task {
        due: None,
        what: TaskKind::CloseGap {
            score: nearest.score.clone(),
            short: (nearest.pass_mark - nearest.total).at_least_zero(),
            next: nearest
                .next
                .iter()
                .find(|next| !matches!(next, Next::Link { .. }))
                .cloned(),
        },
    })
}

/// Everybody whose certificate would help and whose learning profile is not linked.
fn link(today: &Assessment) -> Option<Task> {
    fn collect(finding: &Finding, people: &mut BTreeSet<String>) {
        for next in &finding.next {
            if let Next::Link { people: names } = next {
                people.extend(names.iter().cloned());
            }
        }
        for child in &finding.children {
            collect(child, people);
        }
    }
    let mut people = BTreeSet::new();
    for track in today.scores.iter().filter_map(|score| score.chosen()) {
        collect(track, &mut people);
    }
    (!people.is_empty()).then(|| Task {
        due: None,
        what: TaskKind::Link {
            people: people.into_iter().collect(),
        },
    })
}
