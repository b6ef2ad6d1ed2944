//! Quotes: what an order would cost, with everything that decides it, frozen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bill::{BankAccount, PaymentMethod};
use super::offers::{OfferStanding, OrderKind};
use super::profile::BillingProfile;
use super::sale::{Party, Sale, SaleLine, Tax, TaxCategory};
use super::term::{self, TermLength};
use crate::assess::Holding;
use crate::catalog::{Catalog, Certainty, MembershipOffer, Seller};
use crate::company::Address;
use crate::evidence::Evidence;
use crate::json::given;

/// What a buyer answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderAnswers {
    /// The offer, by id.
    pub offer: String,
    /// The benefits, by the id of the option, where the offer has options.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub option: Option<String>,
    /// How it will be paid.
    pub method: PaymentMethod,
    /// The buyer's own number of the order.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "given"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub purchase_order: Option<String>,
}

/// What an order is and costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// What it would be.
    pub kind: OrderKind,
    /// The offer's name.
    pub offer_name: String,
    /// The name of the benefits that were chosen, where there is a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_name: Option<String>,
    /// The programs that it gives, by id.
    pub programs: Vec<String>,
    /// Who sells what to whom.
    pub sale: Sale,
    /// How long the term is.
    pub length: TermLength,
    /// The term, if it were paid today.
    pub term: Holding,
    /// The term that it renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Holding>,
    /// The account for a transfer, where the seller has one in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<BankAccount>,
    /// How it can be paid; empty where there is nothing to pay.
    pub methods: Vec<PaymentMethod>,
    /// The agreement to accept, by its version.
    pub agreement: String,
    /// The day it was made.
    pub quoted_on: NaiveDate,
    /// The digest of the catalog that it was made by.
    pub catalog: String,
    /// Whether seller or price are made up.
    pub sample: bool,
}

crate::codes! {
    /// Why there is no quote.
    QuoteRefusal {
        /// The offer can't be ordered now.
        NotPossible = "not_possible",
        /// There is no such offer.
        NoOffer = "no_offer",
        /// The benefits can't be chosen.
        NoOption = "no_option",
        /// No price is published.
        NoPrice = "no_price",
        /// It cannot be paid this way.
        NoMethod = "no_method",
        /// No billing profile is linked.
        NoBilling = "no_billing",
    }
}

/// Who buys, as the company's data says.
#[derive(Clone, Copy, Debug)]
pub struct Company<'c> {
    /// Legal name.
    pub name: &'c str,
    /// ISO 3166-1 alpha-2.
    pub country: &'c str,
    /// The address on record.
    pub address: Option<&'c Address>,
    /// Whether documents showed that it pays no tax.
    pub is_exempt: bool,
}

/// The options of an offer that a partner may choose.
pub fn options<'o>(
    offer: &'o MembershipOffer,
    evidence: &Evidence,
) -> impl Iterator<Item = &'o crate::catalog::BenefitsOption> {
    let held: Vec<bool> = (offer.options.iter())
        .map(|option| {
            option.held_on.as_ref().is_none_or(|held| {
                (evidence.memberships.iter()).any(|one| {
                    one.program == held.program
                        && !one.authority.is_claimed()
                        && one.started_on <= held.day
                        && one.ends_on.is_none_or(|ends| held.day <= ends)
                })
            })
        })
        .collect();
    (offer.options.iter().zip(held)).filter_map(|(option, held)| held.then_some(option))
}

/// Everything that a quote is made of.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'b> {
    /// The rules, prices and sellers.
    pub catalog: &'b Catalog,
    /// The catalog's digest.
    pub digest: &'b str,
    /// Who buys.
    pub company: Company<'b>,
    /// The billing profile, where one is linked.
    pub billing: Option<&'b BillingProfile>,
    /// The evidence that decisions count.
    pub evidence: &'b Evidence,
    /// Whether somebody takes payments by card.
    pub takes_cards: bool,
    /// The day.
    pub day: NaiveDate,
}

/// What an order would be and cost on a day.
///
/// # Errors
/// Why there is no quote.
pub fn quote(
    basis: Basis<'_>,
    standing: &OfferStanding,
    answers: &OrderAnswers,
) -> Result<Quote, QuoteRefusal> {
    let Basis {
        catalog,
        company,
        day,
        ..
    } = basis;
    let offer = catalog.offer(&answers.offer).ok_or(QuoteRefusal::NoOffer)?;
    let kind = standing.kind.ok_or(QuoteRefusal::NotPossible)?;
    if !standing.is_possible() {
        return Err(QuoteRefusal::NotPossible);
    }
    let option = option(offer, kind, basis.evidence, answers)?;
    let currency = catalog.currency_of(company.country);
    let price = (offer.price(option.map(|one| one.id.as_str()), currency, day))
        .ok_or(QuoteRefusal::NoPrice)?;
    let money = price.money().ok_or(QuoteRefusal::NoPrice)?;
    let is_free = kind == OrderKind::Addition || money.amount == 0;
    if basis.billing.is_none() && !is_free {
        return Err(QuoteRefusal::NoBilling);
    }
    let seller = (catalog.billing.seller_for(company.country)).ok_or(QuoteRefusal::NoMethod)?;
    let methods: Vec<PaymentMethod> = (PaymentMethod::ALL.iter().copied())
        .filter(|method| *method != PaymentMethod::Card || basis.takes_cards)
        .filter(|method| !is_free && seller.takes(*method, money.currency))
        .collect();
    if !is_free && !methods.contains(&answers.method) {
        return Err(QuoteRefusal::NoMethod);
    }
    let (length, terms) = term::length(catalog, &standing.programs, kind, standing.holding, day)
        .ok_or(QuoteRefusal::NotPossible)?;
    let buyer = buyer(company, basis.billing);
    let tax = tax(catalog, seller, &buyer, company, day);
    let unit_price = if is_free { 0 } else { money.amount };
    let line = SaleLine {
        description: offer.name.clone(),
        detail: Some(detail(catalog, offer, &standing.programs)).filter(|text| !text.is_empty()),
        quantity: 1,
        unit_price,
        discount: 0,
    };
    let made_up = [price.cite.certainty, seller.cite.certainty];
    Ok(Quote {
        kind,
        offer_name: offer.name.clone(),
        option_name: option.map(|one| one.name.clone()),
        programs: standing.programs.clone(),
        sale: Sale {
            seller_id: seller.id.clone(),
            seller: seller.party(),
            buyer,
            bill_to: (basis.billing)
                .and_then(|billing| billing.bill_to.as_ref())
                .map(|to| to.party()),
            currency: money.currency,
            lines: vec![line],
            tax,
        },
        length,
        term: term::dates(&terms, length, day),
        renews: standing.holding.filter(|_| kind == OrderKind::Renewal),
        account: seller.account(money.currency).cloned(),
        methods,
        agreement: (catalog.billing.agreement(day))
            .map(|agreement| agreement.id.clone())
            .unwrap_or_default(),
        quoted_on: day,
        catalog: basis.digest.to_owned(),
        sample: made_up.contains(&Certainty::Sample),
    })
}

/// The benefits that were chosen. What is added has those of what it joins.
fn option<'o>(
    offer: &'o MembershipOffer,
    kind: OrderKind,
    evidence: &Evidence,
    answers: &OrderAnswers,
) -> Result<Option<&'o crate::catalog::BenefitsOption>, QuoteRefusal> {
    if offer.options.is_empty() || kind == OrderKind::Addition {
        return match answers.option {
            None => Ok(None),
            Some(_) => Err(QuoteRefusal::NoOption),
        };
    }
    let chosen = answers.option.as_deref();
    let mut options = options(offer, evidence);
    let option = options.find(|one| Some(one.id.as_str()) == chosen);
    option.map(Some).ok_or(QuoteRefusal::NoOption)
}

fn buyer(company: Company<'_>, billing: Option<&BillingProfile>) -> Party {
    Party {
        name: company.name.to_owned(),
        address: match (billing, company.address) {
            (Some(billing), _) => billing.sold_to.clone(),
            (None, Some(address)) => address.clone(),
            (None, None) => Address::default(),
        },
        country: company.country.to_owned(),
        tax_id: billing.and_then(|billing| billing.tax_id.clone()),
        register: None,
    }
}

fn tax(
    catalog: &Catalog,
    seller: &Seller,
    buyer: &Party,
    company: Company<'_>,
    day: NaiveDate,
) -> Tax {
    let has_id = buyer.tax_id.is_some();
    let rate = (catalog.billing).tax(&seller.id, &buyer.country, has_id, day);
    let Some(rate) = rate else {
        return Tax {
            category: TaxCategory::NotCalculated,
            name: "Tax".to_owned(),
            rate: 0,
            note: Some("Tax is not calculated for this country.".to_owned()),
        };
    };
    if company.is_exempt && rate.category == TaxCategory::Standard {
        return Tax {
            category: TaxCategory::Exempt,
            name: rate.name.clone(),
            rate: 0,
            note: Some("The buyer is exempt from tax.".to_owned()),
        };
    }
    Tax {
        category: rate.category,
        name: rate.name.clone(),
        rate: rate.rate,
        note: rate.note.clone(),
    }
}

/// What the line says below the offer's name: which of its programs.
fn detail(catalog: &Catalog, offer: &MembershipOffer, programs: &[String]) -> String {
    if offer.programs.len() == 1 {
        return String::new();
    }
    let area = |id: &String| {
        let program = catalog.program(id)?;
        Some(
            program
                .solution_area
                .as_ref()
                .unwrap_or(&program.name)
                .as_str(),
        )
    };
    programs
        .iter()
        .filter_map(area)
        .collect::<Vec<_>>()
        .join(", ")
}
