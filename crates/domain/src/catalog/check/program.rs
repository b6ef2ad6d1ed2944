//! Checks of programs.

use std::collections::BTreeSet;

use super::report::{Kind, Place, Report};
use super::requirement;
use crate::catalog::{Benefit, Fee, Program, Terms};
use crate::money::Currency;

pub(super) fn check(report: &mut Report<'_>, programs: &[Program]) {
    let mut seen = BTreeSet::new();
    for program in programs {
        let at = Place::file(&program.file);
        report.kebab(&program.id, &at.key("id"));
        report.require(
            seen.insert(&program.id),
            &at.key("id"),
            format!(
                "another program has the id `{}`; ids must be unique",
                program.id
            ),
        );
        report.require(
            !report.knows(Kind::Score, &program.id),
            &at.key("id"),
            format!(
                "a score has the id `{}`; lists of evidence tell both by their ids",
                program.id
            ),
        );
        report.text(&program.name, &at.key("name"));
        report.text(&program.summary, &at.key("summary"));
        for (index, fact) in program.facts.iter().enumerate() {
            let at = at.item("facts", index);
            report.text(fact.text(), &at);
            if let Some(cite) = fact.cite() {
                report.cite(cite, &at.key("cite"));
            }
        }
        report.all_refer(Kind::Track, &program.tracks, &at, "tracks");
        if let Some(score) = &program.score {
            report.refers(Kind::Score, score, &at.key("score"));
        }
        report.optional_text(program.solution_area.as_ref(), &at.key("solution_area"));
        report.cite(&program.cite, &at.key("cite"));
        fees(report, &program.fees, &at, "fees");
        terms(report, &program.terms, &at);
        report.versions(&program.rules, &at, "rules");
        for (index, rule) in program.rules.iter().enumerate() {
            let at = at.item("rules", index);
            report.cite(&rule.cite, &at.key("cite"));
            requirement::check(report, rule, &program.stages, &at);
        }
        choices(report, program, &at);
        for (index, benefit) in program.benefits.iter().enumerate() {
            self::benefit(report, benefit, program, &at.item("benefits", index));
        }
    }
}

/// What something costs: at most one version of a currency from a day on.
pub(super) fn fees(report: &mut Report<'_>, fees: &[Fee], at: &Place, list: &str) {
    let mut seen = BTreeSet::new();
    for (index, fee) in fees.iter().enumerate() {
        let at = at.item(list, index);
        let (currency, day) = (&fee.currency, fee.effective_from);
        report.require(
            seen.insert((currency, day)),
            &at.key("effective_from"),
            format!("another version in {currency} also begins on {day}; only one can hold"),
        );
        if let Some(amount) = fee.amount {
            report.require(
                amount >= 0,
                &at.key("amount"),
                format!("{amount} is below 0; leave it out where no fee is published"),
            );
        }
        report.require(
            currency.parse::<Currency>().is_ok(),
            &at.key("currency"),
            format!("`{currency}` is not a currency: use three capitals, such as USD"),
        );
        report.optional_text(fee.note.as_ref(), &at.key("note"));
        report.cite(&fee.cite, &at.key("cite"));
    }
}

fn terms(report: &mut Report<'_>, terms: &[Terms], at: &Place) {
    report.versions(terms, at, "terms");
    for (index, terms) in terms.iter().enumerate() {
        let at = at.item("terms", index);
        report.require(
            terms.days != Some(0),
            &at.key("days"),
            "must be above 0; leave it out where the program has no end",
        );
        let dated = [
            ("renewal_opens", terms.renewal_opens.is_some()),
            ("renewal_closes", terms.renewal_closes.is_some()),
            ("benefits_end", terms.benefits_end.is_some()),
        ];
        for (key, given) in dated {
            report.require(
                !given || terms.days.is_some(),
                &at.key(key),
                "counts from the anniversary, which requires `days`",
            );
        }
        if let Some(closes) = terms.renewal_closes {
            report.require(
                terms.renewal_opens.is_some_and(|opens| opens <= closes),
                &at.key("renewal_closes"),
                "the renewal window must open, and not after it closes",
            );
        }
        report.require(
            terms.enroll_within != Some(0),
            &at.key("enroll_within"),
            "must be above 0; leave it out where enrolling has no deadline",
        );
        report.require(
            terms.reminders.is_empty() || terms.days.is_some(),
            &at.key("reminders"),
            "count from the anniversary, which requires `days`",
        );
        report.require(
            terms.reminders.is_sorted_by(|one, next| one < next),
            &at.key("reminders"),
            "must be in their order, each once",
        );
        if let Some(validation) = terms.validation {
            report.require(
                validation.every > 0,
                &at.key("validation").key("every"),
                "must be above 0; leave out `validation` if no anniversary requires one",
            );
            report.require(
                terms.days.is_some(),
                &at.key("validation"),
                "applies to anniversaries, which require `days`",
            );
        }
        report.optional_text(terms.note.as_ref(), &at.key("note"));
        report.cite(&terms.cite, &at.key("cite"));
    }
}

fn choices(report: &mut Report<'_>, program: &Program, at: &Place) {
    report.ids(
        program.packs.iter().map(|pack| pack.id.as_str()),
        at,
        "packs",
    );
    report.require(
        program.packs.len() != 1,
        &at.key("packs"),
        "one pack isn't a choice",
    );
    for (index, pack) in program.packs.iter().enumerate() {
        let at = at.item("packs", index);
        report.text(&pack.name, &at.key("name"));
        report.text(&pack.summary, &at.key("summary"));
    }
    report.ids(
        program.stages.iter().map(|stage| stage.id.as_str()),
        at,
        "stages",
    );
    for (index, stage) in program.stages.iter().enumerate() {
        let at = at.item("stages", index);
        report.text(&stage.name, &at.key("name"));
        report.text(&stage.summary, &at.key("summary"));
    }
}

fn benefit(report: &mut Report<'_>, benefit: &Benefit, program: &Program, at: &Place) {
    report.text(&benefit.group, &at.key("group"));
    report.text(&benefit.name, &at.key("name"));
    if let Some(quantity) = benefit.quantity {
        report.positive(quantity, &at.key("quantity"));
    }
    report.optional_text(benefit.unit.as_ref(), &at.key("unit"));
    report.distinct(&benefit.packs, at, "packs");
    for (index, id) in benefit.packs.iter().enumerate() {
        report.require(
            program.packs.iter().any(|pack| pack.id == *id),
            &at.item("packs", index),
            format!("this program has no pack `{id}`"),
        );
    }
    if let Some(id) = &benefit.stage {
        report.require(
            program.stages.iter().any(|stage| stage.id == *id),
            &at.key("stage"),
            format!("this program has no stage `{id}`"),
        );
    }
    report.cite(&benefit.cite, &at.key("cite"));
}
