//! What later versions of a program's rule do to what is met today.

use chrono::NaiveDate;

use super::finding::{Finding, Outcome};

/// A later version: the day on which it begins, and what it says of today's evidence.
pub(crate) struct Later {
    pub from: NaiveDate,
    /// The requirement and the tiers.
    pub roots: Vec<Finding>,
}

/// Lets everything that is met lapse on the day on which a later version no longer meets it.
/// `later` is in the order of its days.
pub(crate) fn foresee(finding: &mut Finding, later: &[Later]) {
    for child in &mut finding.children {
        foresee(child, later);
    }
    if finding.outcome != Outcome::Met || finding.assumed {
        return;
    }
    for version in later {
        if finding.lapses_on.is_some_and(|day| day < version.from) {
            return;
        }
        // What is not asked for any more stays as it is.
        let Some(then) = version
            .roots
            .iter()
            .find_map(|root| find(root, &finding.id))
        else {
            continue;
        };
        if then.outcome != Outcome::Met {
            finding.lapses_on = Some(version.from);
            return;
        }
        finding.lapses_on = then.lapses_on.map(|day| day.max(version.from));
    }
}

fn find<'f>(finding: &'f Finding, id: &str) -> Option<&'f Finding> {
    if finding.id == id {
        return Some(finding);
    }
    finding.children.iter().find_map(|child| find(child, id))
}
