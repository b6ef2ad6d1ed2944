//! What to do next, what comes when, and what changed.

use membership_domain::Number;
use membership_domain::agenda::{DeadlineKind, TaskKind};
use membership_domain::assess::{Difference, Item, MetricDifference, Next};
use membership_domain::catalog::ProgramKind;
use membership_domain::evidence::Verification;

use super::{counted, standing};
use crate::text::Speaker;

impl Speaker<'_> {
    /// A task as a heading: what to do.
    #[must_use]
    pub fn task(&self, task: &TaskKind) -> String {
        match task {
            TaskKind::Join => "Join the partner program".to_owned(),
            TaskKind::Verify { state } => match state {
                Verification::Pending => "Wait for the account's verification".to_owned(),
                _ => "Get the account verified".to_owned(),
            },
            TaskKind::Renew { program, ready } if *ready => {
                format!("Renew {}", self.program(program))
            }
            TaskKind::Renew { program, .. } => {
                format!("Meet the requirements of {} again", self.program(program))
            }
            TaskKind::ShowDay { program, .. } => {
                format!("Provide a qualifying day for {}", self.program(program))
            }
            TaskKind::Validate { program, next } => match next {
                Next::Refer { .. } => format!("Provide references for {}", self.program(program)),
                _ => format!("Book the audit for {}", self.program(program)),
            },
            TaskKind::Enroll { program, .. } => format!("Enroll in {}", self.program(program)),
            TaskKind::RenewCertificates { ending, score, .. } => format!(
                "Renew {} for {}",
                counted(ending.len(), "certificate", "certificates"),
                self.score(score)
            ),
            TaskKind::Link { people } => format!(
                "Ask {} to link the learning profile",
                counted(people.len(), "person", "people")
            ),
            TaskKind::CloseGap { score, .. } => format!("Close the gap in {}", self.score(score)),
        }
    }

    /// Why, and what happens otherwise.
    #[must_use]
    pub fn task_why(&self, task: &TaskKind) -> String {
        match task {
            TaskKind::Join => "Every other program requires it.".to_owned(),
            TaskKind::Verify { state } => match state {
                Verification::Pending => {
                    "It usually takes three to five business days. You can't buy or enroll until \
                     then; previews work now."
                        .to_owned()
                }
                Verification::Rejected => {
                    "Something was rejected. Correct and resubmit it; you can't buy anything until \
                     then."
                        .to_owned()
                }
                Verification::Suspended => {
                    "The account is suspended. Contact support; you can't buy anything until then."
                        .to_owned()
                }
                _ => "You can't buy or enroll until then.".to_owned(),
            },
            TaskKind::Renew { ready: true, .. } => {
                "The renewal window is open. After its last day, you lose the benefits and the \
                 badge."
                    .to_owned()
            }
            TaskKind::Renew { .. } => {
                "The renewal window is open, but not all requirements are met. After its last day, \
                 you lose the benefits and the badge."
                    .to_owned()
            }
            TaskKind::ShowDay { from, to, .. } => format!(
                "The renewal window is open, but no qualifying day from {} to {} is known, and \
                 later days don't count for this renewal. If there was one, import that day's \
                 score. After the last day to renew, you lose the benefits and the badge, and can \
                 enroll again only once the score passes.",
                self.words.day(*from),
                self.words.day(*to)
            ),
            TaskKind::Validate { next, .. } => {
                format!("All other requirements met. {}", self.next(next))
            }
            TaskKind::Enroll {
                qualified_on: Some(on),
                ..
            } => format!(
                "All requirements were met on {}. Enroll in time, or you have to qualify again.",
                self.words.day(*on)
            ),
            TaskKind::Enroll { .. } => "All requirements met.".to_owned(),
            TaskKind::RenewCertificates {
                score,
                from,
                to,
                qualifies,
                ending,
            } => {
                let names: Vec<String> = (ending.iter())
                    .take(3)
                    .map(|(name, with)| format!("{name}, {}", self.certificate(with)))
                    .collect();
                let more = match ending.len().saturating_sub(3) {
                    0 => String::new(),
                    more => format!(" and {} more", self.number(more.into())),
                };
                let pass_mark = self.pass_mark(score);
                let but = if !qualifies && pass_mark.is_some_and(|mark| *from >= mark) {
                    ", and no longer passes"
                } else {
                    ""
                };
                let (from, to) = self.apart(*from, *to, pass_mark.unwrap_or(*to));
                format!(
                    "Without them, the score falls from {from} to {to}{but}: {}{more}.",
                    names.join("; ")
                )
            }
            TaskKind::Link { people } => format!(
                "{} would count. Only they can link it.",
                self.words.list(people)
            ),
            TaskKind::CloseGap { short, next, .. } => {
                let next = next
                    .as_ref()
                    .map(|next| self.next(next))
                    .unwrap_or_default();
                if short.is_positive() {
                    format!("{} short. {next}", self.points_short(*short))
                        .trim_end()
                        .to_owned()
                } else {
                    next
                }
            }
        }
    }

    /// What happens on a day.
    #[must_use]
    pub fn deadline(&self, deadline: &DeadlineKind) -> String {
        match deadline {
            DeadlineKind::Anniversary { program } => {
                format!("{}: anniversary", self.program(program))
            }
            DeadlineKind::RenewalOpens { program } => {
                format!("{}: renewal opens", self.program(program))
            }
            DeadlineKind::RenewalCloses { program } => {
                format!("{}: last day to renew", self.program(program))
            }
            DeadlineKind::Score {
                score,
                total,
                before,
                turns,
            } => {
                format!(
                    "{}: {}",
                    self.score(score),
                    self.moves(score, *before, *total, *turns)
                )
            }
            DeadlineKind::Rules {
                score,
                total,
                before,
                turns,
            } => format!(
                "{}, new rules: {}",
                self.score(score),
                self.moves(score, *before, *total, *turns)
            ),
        }
    }

    fn moves(&self, score: &str, before: Number, total: Number, turns: Option<bool>) -> String {
        let turns = match turns {
            Some(true) => ", and passes from then on",
            Some(false) => ", and no longer passes",
            None => "",
        };
        let pass_mark = self.pass_mark(score).unwrap_or(total);
        let (before_said, points) = self.apart(before, total, pass_mark);
        if total == before {
            return format!("{points} points as before{turns}");
        }
        let way = if total < before { "falls" } else { "rises" };
        format!("{way} from {before_said} to {points} points{turns}")
    }

    fn pass_mark(&self, score: &str) -> Option<Number> {
        self.catalog.score(score).map(|score| score.pass_mark)
    }

    /// What differs, in a line.
    #[must_use]
    pub fn difference(&self, difference: &Difference) -> String {
        match difference {
            Difference::Program { program, from, to } => {
                let kind = (self.catalog.program(program))
                    .map_or(ProgramKind::Package, |program| program.kind);
                format!(
                    "{}: {}, was {}",
                    self.program(program),
                    standing(*to, kind).to_ascii_lowercase(),
                    standing(*from, kind).to_ascii_lowercase()
                )
            }
            Difference::Score {
                score, from, to, ..
            } => {
                let pass_mark = self.pass_mark(score).unwrap_or(*to);
                let (to, from) = self.apart(*to, *from, pass_mark);
                format!("{}: {to} points, was {from}", self.score(score))
            }
        }
    }

    /// What made the difference in one metric.
    #[must_use]
    pub fn metric_difference(&self, metric: &MetricDifference) -> String {
        let mut parts = Vec::new();
        if metric.rule_changed {
            parts.push("a new rule is in force".to_owned());
        }
        if !metric.gained.is_empty() {
            parts.push(format!("now counted: {}", self.few(&metric.gained)));
        }
        if !metric.lost.is_empty() {
            parts.push(format!("no longer counted: {}", self.few(&metric.lost)));
        }
        let because = if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join("; "))
        };
        format!("{} {}{because}", metric.name, self.signed(metric.by))
    }

    /// The first three items, and how many more there are.
    #[must_use]
    pub fn few(&self, items: &[Item]) -> String {
        let names: Vec<String> = items.iter().take(3).map(|item| self.item(item)).collect();
        match items.len().saturating_sub(3) {
            0 => names.join("; "),
            more => format!("{}; {} more", names.join("; "), self.number(more.into())),
        }
    }
}
