//! What can be bought, renewed and enrolled in, and why not: the rules by their numbers.

use chrono::NaiveDate;
use membership_domain::assess::Engine;
use membership_domain::catalog::Catalog;
use membership_domain::evidence::Evidence;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::offers::{
    Buyer, OfferCheck, OfferCondition, OfferStanding, OpenOrder, OrderKind, standing,
};
use membership_domain::purchase::quote::{
    Basis as Quoted, Company, OrderAnswers, Quote, QuoteRefusal, options, quote,
};
use membership_domain::purchase::sale::TaxCategory;
use membership_domain::{Basis, Hypothesis, Id};
use serde_json::{Value, json};

fn catalog() -> Catalog {
    membership_catalog::builtin().expect("the catalog")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A partner that joined and is verified, with what else is known.
fn partner(more: Value) -> Evidence {
    let mut known = json!({
        "profile": {"name": "Contoso", "country": "DE", "joined_on": "2020-01-01",
            "verification": "accepted", "authority": "confirmed"},
    });
    for (part, rows) in more.as_object().expect("parts") {
        known[part] = rows.clone();
    }
    serde_json::from_value(known).expect("evidence")
}

fn held(program: &str, from: &str, until: &str) -> Value {
    json!({"program": program, "started_on": from, "ends_on": until, "authority": "confirmed"})
}

/// A day on which a score qualified.
fn qualified(score: &str, on: &str) -> Value {
    json!({"score": score, "day": on, "total": 80, "every_metric_above_zero": true,
        "authority": "confirmed"})
}

const ANYBODY: Buyer<'static> = Buyer {
    country: "DE",
    may_buy: true,
    has_billing: true,
    open_orders: &[],
};

fn stands(offer: &str, evidence: &Evidence, on: &str, buyer: Buyer<'_>) -> OfferStanding {
    let catalog = catalog();
    let engine = Engine::new(&catalog, evidence, Basis::Decision);
    let nothing = Hypothesis::default();
    let decision = engine.assess(day(on), &nothing);
    let entered = engine.on(Basis::Entered).assess(day(on), &nothing);
    let offer = catalog.offer(offer).expect("the offer");
    standing(&catalog, offer, &decision, Some(&entered), buyer)
}

fn unmet(standing: &OfferStanding) -> Vec<&OfferCheck> {
    standing.checks.iter().filter(|check| !check.met).collect()
}

fn pack(until: &str) -> Evidence {
    partner(json!({"memberships": [held("action-pack", "2023-02-13", until)]}))
}

#[test]
fn r01_r06_there_is_one_action_pack_and_it_renews_in_its_window_alone() {
    let evidence = pack("2024-02-13");
    for (on, kind, possible) in [
        ("2023-11-15", None, false),
        ("2024-02-13", None, false),
        ("2024-02-14", Some(OrderKind::Renewal), true),
        ("2024-03-14", Some(OrderKind::Renewal), true),
        ("2024-03-15", Some(OrderKind::Purchase), true),
        ("2028-02-29", Some(OrderKind::Purchase), true),
    ] {
        let found = stands("action-pack", &evidence, on, ANYBODY);
        assert_eq!((found.kind, found.is_possible()), (kind, possible), "{on}");
    }
    let early = stands("action-pack", &evidence, "2023-11-15", ANYBODY);
    let window = OfferCondition::Window {
        opens: day("2024-02-14"),
        closes: day("2024-03-14"),
    };
    assert_eq!(unmet(&early)[0].condition, window);
}

#[test]
fn r02_r03_r04_verified_with_a_role_and_a_billing_profile() {
    let mut evidence = partner(json!({}));
    assert!(stands("action-pack", &evidence, "2023-11-15", ANYBODY).is_possible());
    let nobody = Buyer {
        may_buy: false,
        ..ANYBODY
    };
    let found = stands("action-pack", &evidence, "2023-11-15", nobody);
    assert!(found.lacks_role_alone() && !found.is_possible());
    let unlinked = Buyer {
        has_billing: false,
        ..ANYBODY
    };
    let found = stands("action-pack", &evidence, "2023-11-15", unlinked);
    assert_eq!(unmet(&found)[0].condition, OfferCondition::Billing);
    evidence.profile.verification = membership_domain::evidence::Verification::Suspended;
    let found = stands("action-pack", &evidence, "2023-11-15", ANYBODY);
    assert!(matches!(
        &unmet(&found)[0].condition,
        OfferCondition::Requirement { requirement, .. } if requirement == "verified"
    ));
}

#[test]
fn r12_r13_a_designation_is_bought_by_who_qualified_on_a_day_of_the_window() {
    let on = "2023-11-15";
    let none = stands("solutions-partner", &partner(json!({})), on, ANYBODY);
    assert!(!none.is_possible() && none.programs.is_empty());
    let evidence = partner(json!({"past_scores": [qualified("security", "2023-06-20")]}));
    let found = stands("solutions-partner", &evidence, on, ANYBODY);
    assert_eq!(found.kind, Some(OrderKind::Purchase));
    assert_eq!(found.programs, ["solutions-partner-security"]);
    assert!(found.is_possible());
    let over = stands("solutions-partner", &evidence, "2023-12-01", ANYBODY);
    assert!(!over.is_possible(), "the window of six months has gone on");
}

#[test]
fn what_the_partner_alone_says_decides_nothing_and_that_is_said() {
    let mut score = qualified("security", "2023-10-20");
    score["authority"] = json!("claimed");
    let evidence = partner(json!({"past_scores": [score]}));
    let found = stands("solutions-partner", &evidence, "2023-11-15", ANYBODY);
    assert!(!found.is_possible());
    let check = unmet(&found)[0];
    assert!(matches!(check.condition, OfferCondition::Qualified { .. }) && check.with_entries);
}

/// Holds Security, and qualifies for Modern Work too.
fn enrolled(until: &str, also: &str) -> Evidence {
    partner(json!({
        "memberships": [held("solutions-partner-security", "2023-03-05", until)],
        "past_scores": [qualified("modern-work", also)],
    }))
}

#[test]
fn r15_r16_a_further_area_costs_nothing_and_ends_with_the_first_one() {
    let evidence = enrolled("2024-03-04", "2023-10-20");
    let unlinked = Buyer {
        has_billing: false,
        ..ANYBODY
    };
    let found = stands("solutions-partner", &evidence, "2023-11-15", unlinked);
    assert_eq!(found.kind, Some(OrderKind::Addition));
    assert_eq!(found.programs, ["solutions-partner-modern-work"]);
    assert!(found.is_possible(), "nothing is paid, so nothing is billed");
    let quoted = quoted(&evidence, &found, "2023-11-15", None, Some("new"));
    assert_eq!(
        quoted.err(),
        Some(QuoteRefusal::NoOption),
        "it has those of the first"
    );
    let quoted = self::quoted(&evidence, &found, "2023-11-15", None, None).expect("a quote");
    assert_eq!((quoted.sale.total().amount, quoted.methods.len()), (0, 0));
    assert_eq!(quoted.term.until, Some(day("2024-03-04")));
}

#[test]
fn a_renewal_takes_the_areas_that_qualified_in_its_window_and_shows_both_dates() {
    let mut evidence = enrolled("2024-03-04", "2024-02-20");
    let found = stands("solutions-partner", &evidence, "2024-03-10", ANYBODY);
    assert_eq!(found.kind, Some(OrderKind::Renewal));
    assert_eq!(
        found.programs,
        ["solutions-partner-modern-work"],
        "the first did not qualify"
    );
    evidence
        .past_scores
        .push(serde_json::from_value(qualified("security", "2024-01-20")).expect("a score"));
    let found = stands("solutions-partner", &evidence, "2024-03-10", ANYBODY);
    assert_eq!(found.programs.len(), 2);
    let quoted = quoted(&evidence, &found, "2024-03-10", None, Some("new")).expect("a quote");
    assert_eq!(
        quoted.renews.and_then(|held| held.until),
        Some(day("2024-03-04"))
    );
    assert_eq!(
        quoted.term.until,
        Some(day("2025-03-10")),
        "365 days after the payment"
    );
    let late = stands("solutions-partner", &evidence, "2024-04-04", ANYBODY);
    assert_eq!(late.kind, Some(OrderKind::Purchase));
}

#[test]
fn r18_r19_legacy_benefits_are_for_holders_who_do_not_qualify() {
    let on = "2023-11-15";
    let never = stands("legacy-gold", &partner(json!({})), on, ANYBODY);
    assert!(never.is_never() && !never.is_possible());
    let gold = held("legacy-gold", "2021-11-01", "2023-11-01");
    let holder = partner(json!({"memberships": [gold]}));
    let found = stands("legacy-gold", &holder, on, ANYBODY);
    assert_eq!(found.kind, Some(OrderKind::Renewal));
    assert!(found.is_possible());
    let both = partner(json!({
        "memberships": [gold],
        "past_scores": [qualified("security", "2023-10-20")],
    }));
    assert!(!stands("legacy-gold", &both, on, ANYBODY).is_possible());
    let catalog = catalog();
    let offer = catalog.offer("solutions-partner").expect("the offer");
    let choices = |evidence: &Evidence| -> Vec<String> {
        options(offer, evidence).map(|one| one.id.clone()).collect()
    };
    assert_eq!(choices(&both), ["new", "legacy-gold"]);
    assert_eq!(choices(&partner(json!({}))), ["new"]);
}

#[test]
fn an_open_order_is_in_the_way_of_another_one_of_its_offer() {
    let open = [OpenOrder {
        id: Id::nil(),
        offer: "action-pack".to_owned(),
        number: "20231115-000001".to_owned(),
    }];
    let buyer = Buyer {
        open_orders: &open,
        ..ANYBODY
    };
    let found = stands("action-pack", &partner(json!({})), "2023-11-15", buyer);
    assert!(matches!(
        unmet(&found)[0].condition,
        OfferCondition::NoOrder { .. }
    ));
    let score = partner(json!({"past_scores": [qualified("security", "2023-10-20")]}));
    assert!(stands("solutions-partner", &score, "2023-11-15", buyer).is_possible());
}

#[test]
fn what_has_no_price_is_not_sold() {
    let silver = held("legacy-silver", "2021-11-01", "2023-11-01");
    let holder = partner(json!({"memberships": [silver]}));
    let found = stands("legacy-silver", &holder, "2023-11-15", ANYBODY);
    let price = |check: &&&OfferCheck| check.condition == OfferCondition::Price;
    assert_eq!(unmet(&found).iter().filter(price).count(), 1);
}

/// A quote for a company of a country, with or without a tax id.
fn quoted(
    evidence: &Evidence,
    standing: &OfferStanding,
    on: &str,
    billing: Option<(&str, Option<&str>)>,
    option: Option<&str>,
) -> Result<Quote, QuoteRefusal> {
    quoted_where(evidence, standing, on, billing, option, false)
}

/// The same where it is exempt, or not.
fn quoted_where(
    evidence: &Evidence,
    standing: &OfferStanding,
    on: &str,
    billing: Option<(&str, Option<&str>)>,
    option: Option<&str>,
    is_exempt: bool,
) -> Result<Quote, QuoteRefusal> {
    let catalog = catalog();
    let (country, tax_id) = billing.unwrap_or(("DE", None));
    let mut profile = json!({
        "sold_to": {"street": "Lindenstraße 5", "city": "Berlin"},
        "email": "billing@contoso.example",
    });
    if let Some(tax_id) = tax_id {
        profile["tax_id"] = json!(tax_id);
    }
    let profile = serde_json::from_value(profile);
    let answers = OrderAnswers {
        offer: standing.offer.clone(),
        option: option.map(str::to_owned),
        method: PaymentMethod::Wire,
        purchase_order: None,
    };
    let basis = Quoted {
        catalog: &catalog,
        digest: "x",
        company: Company {
            name: "Contoso GmbH",
            country,
            address: None,
            is_exempt,
        },
        billing: Some(&profile.expect("a profile")),
        evidence,
        takes_cards: false,
        day: day(on),
    };
    quote(basis, standing, &answers)
}

#[test]
fn taxes_and_currencies_follow_the_buyer() {
    let evidence = partner(json!({}));
    for (country, tax_id, currency, category, rate, total) in [
        ("DE", None, "EUR", TaxCategory::Standard, 1900, 50_575),
        (
            "DE",
            Some("DE136695976"),
            "EUR",
            TaxCategory::Standard,
            1900,
            50_575,
        ),
        (
            "NL",
            Some("NL004495445B01"),
            "EUR",
            TaxCategory::ReverseCharge,
            0,
            42_500,
        ),
        ("NL", None, "EUR", TaxCategory::Standard, 2100, 51_425),
        ("GB", None, "GBP", TaxCategory::Export, 0, 36_500),
        ("US", None, "USD", TaxCategory::NotCalculated, 0, 47_500),
        ("JP", None, "JPY", TaxCategory::Standard, 1000, 63_800),
        ("BR", None, "BRL", TaxCategory::NotCalculated, 0, 230_000),
        ("TH", None, "USD", TaxCategory::NotCalculated, 0, 47_500),
    ] {
        let buyer = Buyer { country, ..ANYBODY };
        let found = stands("action-pack", &evidence, "2023-11-15", buyer);
        let quoted = quoted(
            &evidence,
            &found,
            "2023-11-15",
            Some((country, tax_id)),
            None,
        );
        let sale = quoted.expect(country).sale;
        assert_eq!(sale.currency.code(), currency, "{country}");
        assert_eq!(
            (sale.tax.category, sale.tax.rate),
            (category, rate),
            "{country}"
        );
        assert_eq!(sale.total().amount, total, "{country}");
    }
}

#[test]
fn who_is_exempt_is_charged_no_tax_where_there_is_one() {
    let evidence = partner(json!({}));
    for (country, category, total) in [
        ("DE", TaxCategory::Exempt, 42_500),
        ("GB", TaxCategory::Export, 36_500),
        ("US", TaxCategory::NotCalculated, 47_500),
    ] {
        let buyer = Buyer { country, ..ANYBODY };
        let found = stands("action-pack", &evidence, "2023-11-15", buyer);
        let billing = Some((country, None));
        let quoted = quoted_where(&evidence, &found, "2023-11-15", billing, None, true);
        let sale = quoted.expect(country).sale;
        assert_eq!(
            (sale.tax.category, sale.tax.rate),
            (category, 0),
            "{country}"
        );
        assert_eq!(sale.total().amount, total, "{country}");
    }
}
