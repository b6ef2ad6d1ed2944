//! Programs that require each other in a circle can never be entered.

use std::collections::BTreeMap;

use super::report::{Place, Report};
use crate::catalog::{Criterion, Program};

pub(super) fn check(report: &mut Report<'_>, programs: &[Program]) {
    let mut needs: BTreeMap<&str, Vec<&str>> = programs
        .iter()
        .map(|program| (program.id.as_str(), required(program)))
        .collect();
    loop {
        drop_free(&mut needs);
        let Some(circle) = circle(&needs) else { return };
        let file = programs
            .iter()
            .find(|program| circle.first() == Some(&program.id.as_str()))
            .map_or("", |program| program.file.as_str());
        report.fault(
            &Place::file(file).key("rules"),
            format!(
                "requires itself, and can never be held: {}",
                circle.join(" -> ")
            ),
        );
        for id in circle {
            needs.remove(id);
        }
    }
}

/// The programs that a program needs, by any version of its rules. That only some of several are
/// needed does not matter: a program has no place among its own ways in.
fn required(program: &Program) -> Vec<&str> {
    let mut ids = Vec::new();
    for requirement in program.rules.iter().flat_map(|rule| rule.walk()) {
        if let Criterion::Holds { programs, .. } = &requirement.test {
            ids.extend(programs.iter().map(String::as_str));
        }
    }
    ids
}

/// Takes away, again and again, what needs nothing that is left.
fn drop_free(needs: &mut BTreeMap<&str, Vec<&str>>) {
    loop {
        let before = needs.len();
        let left: Vec<&str> = needs.keys().copied().collect();
        needs.retain(|_, ids| {
            ids.retain(|id| left.binary_search(id).is_ok());
            !ids.is_empty()
        });
        if needs.len() == before {
            return;
        }
    }
}

/// A circle among programs that each need another one of them; first and last are the same.
fn circle<'p>(needs: &BTreeMap<&'p str, Vec<&'p str>>) -> Option<Vec<&'p str>> {
    let mut path = vec![*needs.keys().next()?];
    loop {
        let next = *needs.get(path.last()?)?.first()?;
        if let Some(start) = path.iter().position(|id| *id == next) {
            let mut circle = path.split_off(start);
            circle.push(next);
            return Some(circle);
        }
        path.push(next);
    }
}
