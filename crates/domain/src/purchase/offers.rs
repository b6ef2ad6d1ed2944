//! What a partner can buy, renew or enroll in today, and why not: one function for the pages and
//! for the server that takes the order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::{Assessment, Finding, Holding, Kind, Outcome, ProgramAssessment};
use crate::catalog::{Catalog, Gives, MembershipOffer};
use crate::id::OrderId;
use crate::number::Number;

/// What an order of an offer would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// A new membership, with an anniversary of its own.
    Purchase,
    /// A new term of one whose renewal window is open.
    Renewal,
    /// Further programs of an offer that is held: they cost nothing and end with the first one.
    Addition,
}

/// An order that is placed and not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenOrder {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrderId,
    /// Of which offer, by id.
    pub offer: String,
    /// Its number.
    pub number: String,
}

/// What is known of a buyer beside the evidence.
#[derive(Clone, Copy, Debug)]
pub struct Buyer<'b> {
    /// ISO 3166-1 alpha-2: whose prices hold.
    pub country: &'b str,
    /// Whether the person who looks may buy.
    pub may_buy: bool,
    /// Whether a billing profile is linked.
    pub has_billing: bool,
    /// Orders that wait for their payment.
    pub open_orders: &'b [OpenOrder],
}

/// A condition of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferCondition {
    /// The person has a role that buys.
    Role,
    /// A Global admin has linked a billing profile.
    Billing,
    /// A requirement of a program.
    Requirement {
        /// The program, by id.
        program: String,
        /// The requirement, by its id.
        requirement: String,
    },
    /// At least one of the offer's programs is qualified for.
    Qualified {
        /// Those that are, by id.
        programs: Vec<String>,
        /// The score that is nearest, and how many points it lacks, where none is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nearest: Option<Nearest>,
    },
    /// What is held can be renewed.
    Window {
        /// The first day.
        opens: NaiveDate,
        /// The last day.
        closes: NaiveDate,
    },
    /// What is held has no end.
    Held,
    /// No order of it waits for its payment.
    NoOrder {
        /// The one that does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OpenOrder>,
    },
    /// A price is published.
    Price,
}

/// The score that lacks least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Nearest {
    /// Its id.
    pub score: String,
    /// How many points are missing; zero where something else is.
    pub short: Number,
}

/// A condition, and whether it is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferCheck {
    /// Which.
    pub condition: OfferCondition,
    /// Whether it is met.
    pub met: bool,
    /// Whether it would be, if the partner's own entries counted.
    pub with_entries: bool,
    /// Whether nothing can change it.
    pub is_final: bool,
}

/// Where a partner stands with an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferStanding {
    /// The offer's id.
    pub offer: String,
    /// What an order would be; none while what is held can only be waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrderKind>,
    /// The programs that an order would give today, by id.
    pub programs: Vec<String>,
    /// The programs that are held, by id.
    pub held: Vec<String>,
    /// The term that matters, where something is held or can be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<Holding>,
    /// The conditions, in the order in which they are shown.
    pub checks: Vec<OfferCheck>,
}

impl OfferStanding {
    /// Whether it can be ordered now.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.kind.is_some() && self.checks.iter().all(|check| check.met)
    }

    /// Whether it can never be ordered: something is missing that nothing can change.
    #[must_use]
    pub fn is_never(&self) -> bool {
        self.holding.is_none() && (self.checks.iter()).any(|check| !check.met && check.is_final)
    }

    /// Whether only the person who looks keeps it from being ordered.
    #[must_use]
    pub fn lacks_role_alone(&self) -> bool {
        let is_role = |check: &OfferCheck| check.condition == OfferCondition::Role;
        self.kind.is_some() && self.checks.iter().all(|check| check.met != is_role(check))
    }
}

/// Where a partner stands with an offer on the day of `decision`, which counts what decisions
/// count; `entered` counts everything, to say where the partner's own entries would change
/// something.
#[must_use]
pub fn standing(
    catalog: &Catalog,
    offer: &MembershipOffer,
    decision: &Assessment,
    entered: Option<&Assessment>,
    buyer: Buyer<'_>,
) -> OfferStanding {
    let day = decision.day;
    let assessed: Vec<&ProgramAssessment> = (offer.programs.iter())
        .filter_map(|program| decision.program(program))
        .collect();
    let is_current = |one: &&ProgramAssessment| {
        (one.holding).is_some_and(|held| held.until.is_none_or(|until| day <= until))
    };
    let current: Vec<&ProgramAssessment> = assessed.iter().copied().filter(is_current).collect();
    let due = (assessed.iter()).any(|one| one.holding.is_some() && !is_current(one));
    let qualified = (assessed.iter()).filter(|one| one.is_met());
    let (kind, programs): (_, Vec<&str>) = match offer.gives {
        Gives::All => {
            let all = offer.programs.iter().map(String::as_str).collect();
            let kind = if due {
                OrderKind::Renewal
            } else {
                OrderKind::Purchase
            };
            (current.is_empty().then_some(kind), all)
        }
        Gives::Qualified if current.is_empty() => {
            let kind = if due {
                OrderKind::Renewal
            } else {
                OrderKind::Purchase
            };
            (
                Some(kind),
                qualified.map(|one| one.program.as_str()).collect(),
            )
        }
        Gives::Qualified => {
            let further: Vec<&str> = qualified
                .filter(|one| !is_current(one))
                .map(|one| one.program.as_str())
                .collect();
            (
                (!further.is_empty()).then_some(OrderKind::Addition),
                further,
            )
        }
    };
    let holding = (assessed.iter())
        .filter_map(|one| one.holding)
        .max_by_key(|held| held.until.unwrap_or(NaiveDate::MAX));
    let mut standing = OfferStanding {
        offer: offer.id.clone(),
        kind,
        programs: programs.iter().map(|&program| program.to_owned()).collect(),
        held: current.iter().map(|one| one.program.clone()).collect(),
        holding,
        checks: Vec::new(),
    };
    standing.checks = checks(catalog, offer, decision, entered, buyer, &standing);
    standing
}

fn checks(
    catalog: &Catalog,
    offer: &MembershipOffer,
    decision: &Assessment,
    entered: Option<&Assessment>,
    buyer: Buyer<'_>,
    standing: &OfferStanding,
) -> Vec<OfferCheck> {
    let plain = |condition, met| OfferCheck {
        condition,
        met,
        with_entries: met,
        is_final: false,
    };
    let mut checks = requirements(offer, decision, entered);
    // Of what is held nothing has to qualify again before its window opens.
    if offer.gives == Gives::Qualified && standing.held.is_empty() {
        checks.push(qualified(
            catalog,
            offer,
            decision,
            entered,
            &standing.programs,
        ));
    }
    if let (None, Some(held)) = (standing.kind, standing.holding) {
        let window = held.renewal_opens.zip(held.renewal_closes);
        checks.push(plain(
            match window {
                Some((opens, closes)) => OfferCondition::Window { opens, closes },
                None => OfferCondition::Held,
            },
            false,
        ));
    }
    let currency = catalog.currency_of(buyer.country);
    let price = offer
        .price(None, currency, decision.day)
        .and_then(|price| price.amount);
    let is_free = price == Some(0) || standing.kind == Some(OrderKind::Addition);
    checks.push(plain(OfferCondition::Role, buyer.may_buy));
    if !is_free {
        checks.push(plain(OfferCondition::Billing, buyer.has_billing));
        if price.is_none() {
            checks.push(plain(OfferCondition::Price, false));
        }
    }
    let order = buyer
        .open_orders
        .iter()
        .find(|order| order.offer == offer.id);
    if let Some(order) = order {
        let order = Some(order.clone());
        checks.push(plain(OfferCondition::NoOrder { order }, false));
    }
    checks
}

/// The requirements that all of the offer's programs have: of a single one, each that it has.
fn requirements(
    offer: &MembershipOffer,
    decision: &Assessment,
    entered: Option<&Assessment>,
) -> Vec<OfferCheck> {
    let Some(program) = offer.programs.first() else {
        return Vec::new();
    };
    let everybody = |finding: &&Finding| {
        offer.gives == Gives::All
            || matches!(finding.kind, Kind::Joined { .. } | Kind::Verified { .. })
    };
    fn children<'a>(assessment: &'a Assessment, program: &str) -> Option<Vec<&'a Finding>> {
        let root = assessment.program(program)?.root.as_ref()?;
        Some(match root.kind {
            Kind::All => root.children.iter().collect(),
            _ => vec![root],
        })
    }
    let is_met = |finding: &Finding| finding.outcome == Outcome::Met;
    let known = entered.and_then(|entered| children(entered, program));
    let found = children(decision, program).unwrap_or_default();
    (found.into_iter().filter(everybody))
        .map(|finding| {
            let same = known.iter().flatten().find(|one| one.id == finding.id);
            OfferCheck {
                condition: OfferCondition::Requirement {
                    program: program.clone(),
                    requirement: finding.id.clone(),
                },
                met: is_met(finding),
                with_entries: same.map_or(is_met(finding), |one| is_met(one)),
                is_final: matches!(finding.kind, Kind::HeldOn { day, .. } if day < decision.day),
            }
        })
        .collect()
}

/// Whether one of the programs is qualified for, else which score is nearest.
fn qualified(
    catalog: &Catalog,
    offer: &MembershipOffer,
    decision: &Assessment,
    entered: Option<&Assessment>,
    programs: &[String],
) -> OfferCheck {
    let scores = (offer.programs.iter())
        .filter_map(|id| catalog.program(id)?.score.as_deref())
        .filter_map(|id| decision.score(id));
    let nearest = scores
        .map(|score| Nearest {
            score: score.score.clone(),
            short: (score.pass_mark - score.total).at_least_zero(),
        })
        .min_by_key(|nearest| nearest.short);
    let met = !programs.is_empty();
    let in_entries = |entered: &Assessment| {
        let mut programs = offer.programs.iter();
        programs.any(|id| entered.program(id).is_some_and(ProgramAssessment::is_met))
    };
    OfferCheck {
        condition: OfferCondition::Qualified {
            programs: programs.to_vec(),
            nearest: nearest.filter(|_| !met),
        },
        met,
        with_entries: met || entered.is_some_and(in_entries),
        is_final: false,
    }
}
