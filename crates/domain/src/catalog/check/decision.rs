//! What decisions count is said of every kind of rows.

use super::report::{Place, Report};
use crate::catalog::Decision;
use crate::evidence::{Authority, RowKind};

const FILE: &str = "decisions.toml";

pub(super) fn check(report: &mut Report<'_>, decisions: &[Decision]) {
    let file = Place::file(FILE);
    for kind in RowKind::ALL {
        let count = decisions.iter().filter(|known| known.rows == kind).count();
        report.require(
            count == 1,
            &file.key("decisions"),
            format!(
                "says {count} times what decisions count of `{}`: say it once",
                kind.code()
            ),
        );
    }
    for (index, decision) in decisions.iter().enumerate() {
        let at = file.item("decisions", index);
        report.versions(&decision.rules, &at, "rules");
        for (index, rule) in decision.rules.iter().enumerate() {
            let at = at.item("rules", index);
            report.distinct(&rule.counts, &at, "counts");
            report.require(
                rule.counts.contains(&Authority::Confirmed),
                &at.key("counts"),
                "must have \"confirmed\": what the program owner says always counts",
            );
            report.optional_text(rule.note.as_ref(), &at.key("note"));
            report.cite(&rule.cite, &at.key("cite"));
        }
    }
}
