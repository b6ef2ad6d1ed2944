//! Checks of offers: what is sold, and for how much.

use std::collections::BTreeSet;

use super::program::fees;
use super::report::{Kind, Place, Report};
use crate::catalog::{Catalog, Fee};

const FILE: &str = "offers.toml";

pub(super) fn check(report: &mut Report<'_>, catalog: &Catalog) {
    let file = Place::file(FILE);
    let offers = &catalog.offers;
    report.ids(
        offers.iter().map(|offer| offer.id.as_str()),
        &file,
        "offers",
    );
    let mut sold = BTreeSet::new();
    for (index, offer) in offers.iter().enumerate() {
        let at = file.item("offers", index);
        report.text(&offer.name, &at.key("name"));
        report.text(&offer.summary, &at.key("summary"));
        report.all_refer(Kind::Program, &offer.programs, &at, "programs");
        for (place, program) in offer.programs.iter().enumerate() {
            report.require(
                sold.insert(program),
                &at.item("programs", place),
                format!("another offer gives `{program}` too; only one can"),
            );
        }
        prices(report, &offer.prices, &at);
        report.ids(
            offer.options.iter().map(|one| one.id.as_str()),
            &at,
            "options",
        );
        report.require(
            offer.options.is_empty() || offer.options.iter().any(|one| one.held_on.is_none()),
            &at.key("options"),
            "needs one that everybody may choose",
        );
        for (place, option) in offer.options.iter().enumerate() {
            let at = at.item("options", place);
            report.text(&option.name, &at.key("name"));
            report.text(&option.summary, &at.key("summary"));
            if let Some(held) = &option.held_on {
                report.refers(
                    Kind::Program,
                    &held.program,
                    &at.key("held_on").key("program"),
                );
            }
            if !option.prices.is_empty() {
                prices(report, &option.prices, &at);
            }
            report.cite(&option.cite, &at.key("cite"));
        }
    }
    for program in &catalog.programs {
        let file = Place::file(&program.file).key("fees");
        match sold.contains(&program.id) {
            true => report.require(
                program.fees.is_empty(),
                &file,
                format!("belong to the offer that gives this program, in {FILE}"),
            ),
            false => report.some(
                &program.fees,
                &file,
                "say what it costs, or have an offer give it",
            ),
        }
    }
}

fn prices(report: &mut Report<'_>, prices: &[Fee], at: &Place) {
    fees(report, prices, at, "prices");
    report.require(
        prices.iter().any(|price| price.currency == "USD"),
        &at.key("prices"),
        "need one in USD, for countries without a currency of their own",
    );
}
