//! Where a partner stands with a program, in one word.

use chrono::NaiveDate;

use super::assessment::Standing;
use super::context::Context;
use super::finding::{Finding, Kind, Outcome};
use super::holding::Holding;
use crate::catalog::{Program, ProgramKind};

/// The holding that matters on a day: one in force, or one that can still be renewed.
pub(crate) fn holding_on(
    context: &Context<'_>,
    program: &Program,
    day: NaiveDate,
) -> Option<Holding> {
    (context.evidence.memberships.iter())
        .filter(|held| held.program == program.id)
        .map(|held| Holding::under(context.day, program, held))
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
