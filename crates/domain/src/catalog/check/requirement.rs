//! Checks of trees of requirements.

use std::collections::BTreeSet;

use super::measure;
use super::report::{Kind, Place, Report};
use crate::catalog::{Criterion, People, Requirement, Rule, Stage};

/// The whole rule: every requirement in it, that each id is there once, and that its tiers are
/// stages of the program.
pub(super) fn check(report: &mut Report<'_>, rule: &Rule, stages: &[Stage], at: &Place) {
    let mut seen = BTreeSet::new();
    let root = at.key("requirement");
    one(report, &rule.requirement, &mut seen, &root);
    report.require(
        !rule.requirement.after_others,
        &root.key("after_others"),
        "the whole has no others to wait for",
    );
    for (index, tier) in rule.tiers.iter().enumerate() {
        let at = at.item("tiers", index);
        one(report, tier, &mut seen, &at);
        report.require(
            stages.iter().any(|stage| stage.id == tier.id),
            &at.key("id"),
            format!("this program has no stage `{}`", tier.id),
        );
    }
}

fn one<'r>(
    report: &mut Report<'_>,
    requirement: &'r Requirement,
    seen: &mut BTreeSet<&'r str>,
    at: &Place,
) {
    let id = requirement.id.as_str();
    report.kebab(id, &at.key("id"));
    report.require(
        seen.insert(id),
        &at.key("id"),
        format!("another requirement of this rule has the id `{id}`; ids must be unique"),
    );
    report.optional_text(requirement.title.as_ref(), &at.key("title"));
    report.optional_text(requirement.note.as_ref(), &at.key("note"));
    if let Some(cite) = &requirement.cite {
        report.cite(cite, &at.key("cite"));
    }
    let at = at.key("test");
    let list = match &requirement.test {
        Criterion::All(_) => "all",
        Criterion::Any(_) => "any",
        Criterion::AtLeast { n, of } => {
            let at = at.key("at_least");
            count(report, *n, of.len(), &at, "n");
            "at_least.of"
        }
        leaf => return self::leaf(report, leaf, &at),
    };
    let children = requirement.children();
    report.some(
        children,
        &at.key(list),
        "without requirements the result never changes",
    );
    let first = children.iter().any(|child| !child.after_others);
    for (index, child) in children.iter().enumerate() {
        let at = at.item(list, index);
        report.require(
            !child.after_others || (first && list == "all"),
            &at.key("after_others"),
            "opens once all others are met, so it must be in an `all` with others",
        );
        one(report, child, seen, &at);
    }
}

fn leaf(report: &mut Report<'_>, test: &Criterion, at: &Place) {
    match test {
        Criterion::All(_)
        | Criterion::Any(_)
        | Criterion::AtLeast { .. }
        | Criterion::Joined
        | Criterion::Verified => {}
        Criterion::Offer { transactable: _ } => {}
        Criterion::Holds {
            programs,
            pack,
            at_least,
        } => {
            let at = at.key("holds");
            report.all_refer(Kind::Program, programs, &at, "programs");
            if let Some(pack) = pack {
                report.refers(Kind::Pack, pack, &at.key("pack"));
            }
            count(report, *at_least, programs.len(), &at, "at_least");
        }
        Criterion::HeldOn { programs, day: _ } => {
            report.all_refer(Kind::Program, programs, &at.key("held_on"), "programs");
        }
        Criterion::NoneQualified { scores, programs } => {
            let at = at.key("none_qualified");
            report.all_refer(Kind::Score, scores, &at, "scores");
            for (index, program) in programs.iter().enumerate() {
                report.refers(Kind::Program, program, &at.item("programs", index));
            }
        }
        Criterion::Score { score } => report.refers(Kind::Score, score, &at.key("score.score")),
        Criterion::People(people) => self::people(report, people, &at.key("people")),
        Criterion::Measure {
            measure,
            at_least,
            customers: _,
        } => {
            let at = at.key("measure");
            measure::check(report, measure, &at.key("measure"));
            report.positive(*at_least, &at.key("at_least"));
        }
        Criterion::References {
            at_least,
            program,
            within_months,
        } => {
            let at = at.key("references");
            report.require(*at_least > 0, &at.key("at_least"), "must be above 0");
            report.require(
                *within_months > 0,
                &at.key("within_months"),
                "must be above 0",
            );
            report.refers(Kind::Program, program, &at.key("program"));
        }
        Criterion::Audit {
            program,
            within_months,
        } => {
            let at = at.key("audit");
            report.refers(Kind::Program, program, &at.key("program"));
            report.require(
                *within_months > 0,
                &at.key("within_months"),
                "must be above 0",
            );
        }
        Criterion::Invitation { program } => {
            report.refers(Kind::Program, program, &at.key("invitation.program"));
        }
        Criterion::Declaration { key } => report.kebab(key, &at.key("declaration.key")),
        Criterion::Figure {
            key,
            at_least,
            unit,
            one,
        } => {
            let at = at.key("figure");
            report.kebab(key, &at.key("key"));
            report.positive(*at_least, &at.key("at_least"));
            report.text(unit, &at.key("unit"));
            report.optional_text(one.as_ref(), &at.key("one"));
        }
        Criterion::Sum {
            of,
            at_least,
            unit,
            one,
        } => {
            let at = at.key("sum");
            report.some(of, &at.key("of"), "a sum of nothing never changes");
            for (index, share) in of.iter().enumerate() {
                let at = at.item("of", index);
                report.kebab(&share.key, &at.key("key"));
                report.text(&share.name, &at.key("name"));
                report.positive(share.each, &at.key("each"));
                if let Some(most) = share.most {
                    report.positive(most, &at.key("most"));
                }
            }
            report.positive(*at_least, &at.key("at_least"));
            report.text(unit, &at.key("unit"));
            report.optional_text(one.as_ref(), &at.key("one"));
        }
        Criterion::Regional {
            key,
            at_least,
            unit,
            one,
        } => {
            let at = at.key("regional");
            report.kebab(key, &at.key("key"));
            report.text(unit, &at.key("unit"));
            report.optional_text(one.as_ref(), &at.key("one"));
            report.some(
                at_least,
                &at.key("at_least"),
                "no region could ever reach it",
            );
            let regions: Vec<&String> = at_least.iter().flat_map(|one| &one.regions).collect();
            report.distinct(&regions, &at, "regions");
            for (index, threshold) in at_least.iter().enumerate() {
                let at = at.item("at_least", index);
                report.some(
                    &threshold.regions,
                    &at.key("regions"),
                    "name the regions it applies \
                                                                     to",
                );
                report.positive(threshold.at_least, &at.key("at_least"));
            }
        }
    }
}

fn people(report: &mut Report<'_>, people: &People, at: &Place) {
    report.require(people.at_least > 0, &at.key("at_least"), "must be above 0");
    report.all_refer(Kind::Certificate, &people.certificates, at, "certificates");
    report.require(
        people.each <= people.at_least,
        &at.key("each"),
        format!(
            "{} people is more than the {} in all",
            people.each, people.at_least
        ),
    );
}

/// `n` is at least one, and no more than there are.
fn count(report: &mut Report<'_>, n: u32, of: usize, at: &Place, key: &str) {
    let possible = n > 0 && usize::try_from(n).is_ok_and(|n| n <= of);
    report.require(
        possible,
        &at.key(key),
        format!("{n} of {of} is not possible"),
    );
}
