//! Checks of sellers, taxes, tax ids and agreements.

use std::collections::BTreeSet;

use super::report::{Place, Report};
use crate::catalog::{Billing, Seller, TaxRule};
use crate::purchase::bill::PaymentMethod;
use crate::purchase::sale::TaxCategory;

const FILE: &str = "billing.toml";

pub(super) fn check(report: &mut Report<'_>, billing: &Billing) {
    let file = Place::file(FILE);
    let mut listed = BTreeSet::new();
    for (index, list) in billing.price_lists.iter().enumerate() {
        let at = file.item("price_lists", index);
        countries(report, &list.countries, &at, &mut listed);
        report.cite(&list.cite, &at.key("cite"));
    }
    sellers(report, &billing.sellers, &file);
    for (index, rule) in billing.taxes.iter().enumerate() {
        tax(report, billing, rule, &file.item("taxes", index));
    }
    let mut known = BTreeSet::new();
    for (index, format) in billing.tax_ids.iter().enumerate() {
        let at = file.item("tax_ids", index);
        countries(
            report,
            std::slice::from_ref(&format.country),
            &at,
            &mut known,
        );
        report.text(&format.name, &at.key("name"));
        report.some(
            &format.forms,
            &at.key("forms"),
            "a tax id must look like something",
        );
        report.require(
            format.takes(&format.example),
            &at.key("example"),
            "has none of the forms",
        );
        report.cite(&format.cite, &at.key("cite"));
    }
    let agreements = &billing.agreements;
    report.ids(
        agreements.iter().map(|one| one.id.as_str()),
        &file,
        "agreements",
    );
    report.versions(agreements, &file, "agreements");
    for (index, agreement) in agreements.iter().enumerate() {
        let at = file.item("agreements", index);
        report.text(&agreement.title, &at.key("title"));
        report.some(
            &agreement.paragraphs,
            &at.key("paragraphs"),
            "it must say something",
        );
        for (place, paragraph) in agreement.paragraphs.iter().enumerate() {
            report.text(paragraph, &at.item("paragraphs", place));
        }
        report.cite(&agreement.cite, &at.key("cite"));
    }
}

fn sellers(report: &mut Report<'_>, sellers: &[Seller], file: &Place) {
    report.ids(sellers.iter().map(|one| one.id.as_str()), file, "sellers");
    let everywhere = sellers
        .iter()
        .filter(|one| one.countries.is_empty())
        .count();
    report.require(
        everywhere == 1,
        &file.key("sellers"),
        format!("{everywhere} sell wherever nobody else does; one must"),
    );
    let (mut sold, mut prefixes) = (BTreeSet::new(), BTreeSet::new());
    for (index, seller) in sellers.iter().enumerate() {
        let at = file.item("sellers", index);
        report.text(&seller.name, &at.key("name"));
        report.text(&seller.address.street, &at.key("address").key("street"));
        report.text(&seller.address.city, &at.key("address").key("city"));
        countries(
            report,
            std::slice::from_ref(&seller.country),
            &at,
            &mut BTreeSet::new(),
        );
        countries(report, &seller.countries, &at, &mut sold);
        for (key, prefix) in [
            ("invoice_prefix", &seller.invoice_prefix),
            ("credit_note_prefix", &seller.credit_note_prefix),
        ] {
            report.text(prefix, &at.key(key));
            report.require(
                prefixes.insert(prefix),
                &at.key(key),
                format!("`{prefix}` begins another series too; numbers would be there twice"),
            );
        }
        report.some(
            &seller.methods,
            &at.key("methods"),
            "name at least one way to pay",
        );
        let currencies: Vec<_> = seller.accounts.iter().map(|one| one.currency).collect();
        report.distinct(&currencies, &at, "accounts");
        report.require(
            !seller.methods.contains(&PaymentMethod::Wire) || !currencies.is_empty(),
            &at.key("accounts"),
            "need one for transfers",
        );
        for (place, account) in seller.accounts.iter().enumerate() {
            let at = at.item("accounts", place).key("account");
            report.text(&account.account.holder, &at.key("holder"));
            report.text(&account.account.account, &at.key("account"));
        }
        report.cite(&seller.cite, &at.key("cite"));
    }
}

fn tax(report: &mut Report<'_>, billing: &Billing, rule: &TaxRule, at: &Place) {
    report.require(
        billing.seller(&rule.seller).is_some(),
        &at.key("seller"),
        format!("there is no seller `{}`", rule.seller),
    );
    countries(report, &rule.countries, at, &mut BTreeSet::new());
    report.versions(&rule.rates, at, "rates");
    for (index, rate) in rule.rates.iter().enumerate() {
        let at = at.item("rates", index);
        report.text(&rate.name, &at.key("name"));
        report.require(
            (rate.category == TaxCategory::Standard) == (rate.rate > 0) && rate.rate <= 10_000,
            &at.key("rate"),
            "is for the category \"standard\", which must have one of at most 10000",
        );
        report.require(
            rate.category == TaxCategory::Standard || rate.note.is_some(),
            &at.key("note"),
            "must say on bills why no tax is charged",
        );
        report.optional_text(rate.note.as_ref(), &at.key("note"));
        report.cite(&rate.cite, &at.key("cite"));
    }
}

/// Codes of countries, each in one list of its kind.
fn countries<'c>(
    report: &mut Report<'_>,
    codes: &'c [String],
    at: &Place,
    seen: &mut BTreeSet<&'c str>,
) {
    for code in codes {
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        report.require(
            is_code && seen.insert(code),
            &at.key("countries"),
            format!("`{code}` is not a country's code, such as DE, or is there twice"),
        );
    }
}
