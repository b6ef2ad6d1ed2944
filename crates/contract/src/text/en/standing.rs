//! Where a partner stands with a program, in a word and in a sentence.

use chrono::NaiveDate;
use membership_domain::Number;
use membership_domain::assess::{
    Assessment, Basis, Finding, Forecast, Holding, Kind, Next, Outcome, Outside, ProgramAssessment,
    ScoreAssessment, Standing,
};
use membership_domain::catalog::{Availability, Certainty, ProgramKind, in_force};

use super::counted;
use crate::text::Speaker;

/// What an assessment counts.
#[must_use]
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Decision => "with what decisions count",
        Basis::Entered => "with everything entered",
    }
}

/// A standing in a word or two, as fits the kind of program.
#[must_use]
pub fn standing(standing: Standing, kind: ProgramKind) -> &'static str {
    match (standing, kind) {
        (Standing::NotStarted, _) => "Not started",
        (Standing::InProgress, _) => "In progress",
        (Standing::Qualified, ProgramKind::Package | ProgramKind::Legacy) => "Ready to buy",
        (Standing::Qualified, _) => "Qualified",
        (Standing::Held, ProgramKind::Designation) => "Enrolled",
        (Standing::Held, ProgramKind::Membership) => "Member",
        (Standing::Held, ProgramKind::Badge) => "Earned",
        (Standing::Held, _) => "Active",
        (Standing::RenewalDue, _) => "Renewal due",
    }
}

/// What an availability means for a partner.
#[must_use]
pub fn availability(availability: Availability) -> Option<&'static str> {
    match availability {
        Availability::Open => None,
        Availability::Preview => Some("Preview, by invitation"),
        Availability::Closed => Some("Closed to new partners"),
    }
}

impl Speaker<'_> {
    /// Where the partner stands, in one sentence.
    #[must_use]
    pub fn stands(&self, program: &ProgramAssessment, assessment: &Assessment) -> String {
        if let Some(held) = &program.holding {
            return match program.standing {
                Standing::RenewalDue => self.renewal(program, held, assessment),
                _ => self.held(held, assessment.day),
            };
        }
        let ended = program
            .ended
            .map(|on| format!("Ended on {}. ", self.words.day(on)))
            .unwrap_or_default();
        match program.standing {
            Standing::Qualified if self.by_itself(program, assessment) => format!(
                "{ended}All requirements met. It becomes active automatically; import its term \
                 then."
            ),
            Standing::Held | Standing::Qualified => {
                format!("{ended}All requirements met.")
            }
            _ => format!("{ended}{}", self.missing(program, assessment)),
        }
    }

    fn held(&self, held: &Holding, day: NaiveDate) -> String {
        let Some(until) = held.until else {
            return format!("Since {}.", self.words.day(held.since));
        };
        let until = self.words.day(until);
        match held.renewal_opens {
            Some(opens) if opens > day => {
                format!("Until {until}; renewal opens on {}.", self.words.day(opens))
            }
            _ => format!("Until {until}."),
        }
    }

    fn renewal(
        &self,
        program: &ProgramAssessment,
        held: &Holding,
        assessment: &Assessment,
    ) -> String {
        let (Some(until), Some(closes)) = (held.until, held.renewal_closes) else {
            return self.held(held, assessment.day);
        };
        let (until, closes) = (self.words.day(until), self.words.day(closes));
        match (program.is_met(), self.by_itself(program, assessment)) {
            (true, true) => {
                format!("Anniversary {until}: all requirements met, so it renews automatically.")
            }
            (true, false) => format!("Anniversary {until}: renew by {closes}."),
            (false, _) => format!(
                "Anniversary {until}. Not ready to renew; renewal closes on {closes}. {}",
                self.missing(program, assessment)
            ),
        }
    }

    /// Whether it begins and is renewed without anybody doing anything.
    fn by_itself(&self, program: &ProgramAssessment, assessment: &Assessment) -> bool {
        (self.catalog.program(&program.program))
            .and_then(|program| in_force(&program.terms, assessment.day))
            .is_some_and(|terms| terms.by_itself)
    }

    fn missing(&self, program: &ProgramAssessment, assessment: &Assessment) -> String {
        let open = program.open();
        let score = (self.catalog.program(&program.program))
            .and_then(|program| assessment.score(program.score.as_deref()?));
        match (score, open.as_slice()) {
            (Some(score), _) if score.outcome != Outcome::Met => self.score_short(score),
            (_, []) => "No rules are in force on this day.".to_owned(),
            (_, [one]) if matches!(one.kind, Kind::NoneQualified { .. }) => {
                format!("Doesn't apply. {}", self.found(one))
            }
            (_, [one]) => {
                let next = (one.next.first()).map(|next| format!(" {}", self.next(next)));
                // A number that nobody published is never said without saying so.
                let number = one.next.first().is_some_and(has_number);
                let unsure = match one.rule.certainty {
                    Certainty::Secondary | Certainty::Sample if number => {
                        format!(" ({}.)", super::certainty(one.rule.certainty))
                    }
                    _ => String::new(),
                };
                let next = next.unwrap_or_default();
                let word = match one.outcome {
                    Outcome::Unknown => "Not known",
                    _ => "Missing",
                };
                format!("{word}: {}.{next}{unsure}", self.called(one))
            }
            (_, several) => format!(
                "{} open. First: {}.",
                counted(several.len(), "requirement", "requirements"),
                several
                    .first()
                    .map(|first| self.called(first))
                    .unwrap_or_default()
            ),
        }
    }

    /// What is missing, by its title or by those of its alternatives.
    fn called(&self, finding: &Finding) -> String {
        if finding.title.is_some() || finding.children.is_empty() {
            return self.title(finding);
        }
        let titles: Vec<String> = finding.children.iter().map(|one| self.title(one)).collect();
        self.words.choice(&titles)
    }

    /// Why today's score does not decide.
    pub(super) fn outside(&self, outside: &Outside) -> String {
        let day = |day| self.words.day(day);
        let (from, to) = (day(outside.window.from), day(outside.window.to));
        match (outside.passes, outside.ahead) {
            (true, true) => {
                format!("It passes today, but the window runs from {from} to {to}.")
            }
            (true, false) => format!(
                "It passes today, but the window ran from {from} to {to}, with no known qualifying \
                 day."
            ),
            (false, true) => format!("The window runs from {from} to {to}."),
            (false, false) => {
                format!("The window ran from {from} to {to}, with no known qualifying day.")
            }
        }
    }

    /// How far a score that does not qualify is from it, and the shortest way.
    #[must_use]
    pub fn score_short(&self, score: &ScoreAssessment) -> String {
        let total = self.of_needed(score.total, score.pass_mark);
        let way = score
            .next
            .iter()
            .find(|next| !matches!(next, Next::Link { .. }));
        let way = way
            .map(|next| format!(" {}", self.next(next)))
            .unwrap_or_default();
        if let Some(outside) = &score.outside {
            return format!("{total}. {}{way}", self.outside(outside));
        }
        if score.total >= score.pass_mark {
            let metrics: Vec<String> = (score.chosen().iter())
                .flat_map(|track| &track.children)
                .filter(|metric| score.at_zero.contains(&metric.id))
                .map(|metric| self.title(metric))
                .collect();
            return format!(
                "{} points, but {} must be above zero.{way}",
                self.number(score.total),
                self.words.list(&metrics)
            );
        }
        format!("{total}.{way}")
    }

    /// What a score says today, in one or two sentences.
    #[must_use]
    pub fn score_says(&self, score: &ScoreAssessment, day: NaiveDate) -> String {
        let today = if score.qualifies_today() {
            let mut text = match &score.outside {
                Some(outside) => self.outside(outside),
                None => {
                    "Qualifies: the total reaches the pass mark and every metric is above zero."
                        .to_owned()
                }
            };
            if let Some(lapses) = score.lapses_on {
                text += &format!(
                    " It no longer passes from {} if nothing changes.",
                    self.words.day(lapses)
                );
            }
            text
        } else if score.total < score.pass_mark {
            let short = self.points_short(score.pass_mark - score.total);
            format!("{short} short.{}", self.zero(score))
        } else {
            self.zero(score).trim_start().to_owned()
        };
        let window = match (score.qualified_on, &score.outside) {
            (Some(on), _) if on < day => format!(
                " It qualified on {}, which counts for the window from {} to {}.",
                self.words.day(on),
                self.words.day(score.window.from),
                self.words.day(score.window.to)
            ),
            (None, Some(outside)) if !outside.passes => format!(" {}", self.outside(outside)),
            (None, None) => format!(
                " One qualifying day between {} and {} is enough.",
                self.words.day(score.window.from),
                if score.window.fixed {
                    self.words.day(score.window.to)
                } else {
                    "today".into()
                }
            ),
            _ => String::new(),
        };
        today + &window
    }

    fn zero(&self, score: &ScoreAssessment) -> String {
        match score.at_zero.len() {
            0 => " Every metric is above zero.".to_owned(),
            count => format!(
                " {} at zero, and every metric must be above zero.",
                counted(count, "metric is", "metrics are")
            ),
        }
    }

    /// How the total moves, for a list of days.
    #[must_use]
    pub fn total_becomes(&self, step: &Forecast, pass_mark: Number) -> String {
        let total = self.against(step.total, pass_mark);
        let why = if step.new_rules { "New rules: " } else { "" };
        if step.qualifies {
            format!("{why}{total} points, passes")
        } else if step.total >= pass_mark {
            format!("{why}{total} points, but a metric is at zero: doesn't pass")
        } else {
            format!("{why}{total} points, doesn't pass")
        }
    }
}

/// Whether a number is in the sentence about it.
fn has_number(next: &Next) -> bool {
    matches!(
        next,
        Next::Certify { .. }
            | Next::Raise { .. }
            | Next::Widen { .. }
            | Next::Refer { .. }
            | Next::Report { .. }
    )
}
