//! Where a partner stands with a program, in one word, and the dates around a membership.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::finding::{Finding, Outcome};
use crate::catalog::{Program, ProgramKind, Terms, in_force};
use crate::dates::plus_days;
use crate::evidence::Membership;

/// Where a partner stands with a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProgramStanding))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing that it takes is there yet.
    NotStarted,
    /// Some of what it takes is there.
    InProgress,
    /// All of it is there: it can be bought or enrolled in.
    Qualified,
    /// Held.
    Held,
    /// Held, or ended a short while ago, and open for renewal.
    RenewalDue,
}

/// A membership with the dates that follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MembershipHolding))]
pub struct Holding {
    /// The first day.
    pub since: NaiveDate,
    /// The anniversary: the last day, unless renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The first day on which it can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_opens: Option<NaiveDate>,
    /// The last day on which it can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_closes: Option<NaiveDate>,
    /// The last day of its benefits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefits_end: Option<NaiveDate>,
}

impl Holding {
    /// The dates that follow from a membership under some terms.
    #[must_use]
    pub fn of(membership: &Membership, terms: Option<&Terms>) -> Self {
        let until = membership.ends_on;
        let after = |days: Option<i32>| Some(plus_days(until?, days?));
        Self {
            since: membership.started_on,
            until,
            renewal_opens: after(terms.and_then(|terms| terms.renewal_opens)),
            renewal_closes: after(terms.and_then(|terms| terms.renewal_closes)),
            benefits_end: after(terms.and_then(|terms| terms.benefits_end)),
        }
    }

    /// The same, under the terms that are in force today.
    pub(crate) fn under(context: &Context<'_>, program: &Program, held: &Membership) -> Self {
        Self::of(held, in_force(&program.terms, context.day))
    }

    /// The last day: of the renewal window, where that closes later than the anniversary.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.until.map(|until| {
            self.renewal_closes
                .map_or(until, |closes| closes.max(until))
        })
    }

    fn renewal_is_open(&self, day: NaiveDate) -> bool {
        self.renewal_opens.is_some_and(|opens| opens <= day)
            && self.renewal_closes.is_some_and(|closes| day <= closes)
    }

    fn is_current(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|last| day <= last)
    }

    /// The days on which it matters, without a last one where it has no end: while it is in force,
    /// and while it can be renewed.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> + use<> {
        let (since, until) = (self.since, self.until);
        let renewal = self.renewal_opens.zip(self.renewal_closes);
        // Days that are in both are counted once.
        let first = until.map_or(since, |until| since.max(plus_days(until, 1)));
        let renewal = renewal.into_iter().flat_map(move |(opens, closes)| {
            let before = (opens, closes.min(plus_days(since, -1)));
            let after = until.map(|_| (opens.max(first), closes));
            [Some(before), after]
        });
        std::iter::once((since, until))
            .chain(renewal.flatten().map(|(from, to)| (from, Some(to))))
            .filter(|(from, to)| to.is_none_or(|to| *from <= to))
    }
}

/// The holding that matters on a day: one in force, or one that can still be renewed.
pub(crate) fn holding_on(
    context: &Context<'_>,
    program: &Program,
    day: NaiveDate,
) -> Option<Holding> {
    (context.evidence.memberships.iter())
        .filter(|held| held.program == program.id)
        .map(|held| Holding::under(context, program, held))
        .filter(|held| held.is_current(day) || held.renewal_is_open(day))
        .max_by_key(|held| (held.until.unwrap_or(NaiveDate::MAX), held.since))
}

/// The last day of the membership of a program that ended last.
pub(crate) fn ended_on(context: &Context<'_>, program: &str) -> Option<NaiveDate> {
    (context.evidence.memberships.iter())
        .filter(|held| held.program == program)
        .filter_map(|held| held.ends_on.filter(|last| *last < context.day))
        .max()
}

pub(crate) fn standing(
    context: &Context<'_>,
    program: &Program,
    holding: Option<&Holding>,
    root: &Finding,
) -> Standing {
    match holding {
        Some(held) if held.renewal_is_open(context.day) => Standing::RenewalDue,
        Some(_) => Standing::Held,
        None if root.outcome == Outcome::Met => match program.kind {
            // Being a member, and a badge that follows from other programs, need no purchase.
            ProgramKind::Membership | ProgramKind::Badge => Standing::Held,
            _ => Standing::Qualified,
        },
        None if begun(context, root) || has_joined(program, root) => Standing::InProgress,
        None => Standing::NotStarted,
    }
}

/// For the membership itself, having joined is the first step.
fn has_joined(program: &Program, root: &Finding) -> bool {
    program.kind == ProgramKind::Membership
        && root
            .children
            .iter()
            .any(|child| child.outcome == Outcome::Met)
}

/// Whether anything particular to the program is there: that the company has joined and is
/// verified says nothing about one program.
fn begun(context: &Context<'_>, finding: &Finding) -> bool {
    use super::finding::Kind;
    match &finding.kind {
        Kind::Joined { .. } | Kind::Verified { .. } | Kind::NoneQualified { .. } => false,
        Kind::Score { score, .. } => context
            .score(score)
            .is_some_and(|score| score.total.is_positive()),
        _ if finding.children.is_empty() => {
            finding.outcome == Outcome::Met || !finding.counted.is_empty()
        }
        _ => finding.children.iter().any(|child| begun(context, child)),
    }
}
