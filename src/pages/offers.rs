//! Offers: what is held and how long, and what can be bought, renewed or enrolled in, and why not.
//! Everything is found here, by the rules that the server asks too when an order is placed.

pub mod begin;
mod checks;
mod headline;
mod held;
mod table;

use std::sync::Arc;

use leptos::prelude::*;
use membership_contract::countries;
use membership_contract::paths as api_paths;
use membership_contract::purchase::Purchasing;
use membership_contract::session::SessionOrganization;
use membership_domain::assess::{Assessment, Basis};
use membership_domain::catalog::{Fee, MembershipOffer};
use membership_domain::money::Currency;
use membership_domain::purchase::offers::{Buyer, OfferCheck, OfferStanding, OrderKind, standing};
use membership_domain::roles::{Permission, may};

use super::selling;
use crate::api::remote::Load;
use crate::api::{Remote, remote};
use crate::format;
use crate::shell::heading::lead;
use crate::text::offers as words;
use crate::ui;
use crate::workspace::{self, Workspace};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let id = organization.id;
    let purchasing = remote::<Purchasing>(move || Some(api_paths::purchasing(id)));
    let whose = organization.clone();
    workspace::with(&organization, move |workspace| {
        let whose = whose.clone();
        let sold = selling::load(Some(&workspace.catalog));
        with(sold, purchasing, move |purchasing| {
            content(&Known::of(&workspace, &whose, purchasing))
        })
    })
}

/// Once it is known what the organization buys, where the catalog says who sells.
fn with(
    sold: Load,
    purchasing: Remote<Purchasing>,
    view: impl Fn(&Arc<Purchasing>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let load = Signal::derive(move || Load::all([purchasing.load(), sold.clone()]));
    let retry = Callback::new(move |()| purchasing.reload());
    ui::when_ready(load, retry, move || {
        purchasing.get().as_ref().map(&view).into_any()
    })
}

/// Everything that says what can be ordered.
struct Known<'k> {
    workspace: &'k Workspace,
    organization: &'k SessionOrganization,
    purchasing: &'k Purchasing,
    /// What decisions count.
    decision: Assessment,
    /// All that was entered.
    entered: Assessment,
    /// Whose prices hold.
    currency: Currency,
}

/// An offer, and where the organization stands with it.
struct Offered<'k> {
    offer: &'k MembershipOffer,
    standing: OfferStanding,
    price: Option<&'k Fee>,
}

impl<'k> Known<'k> {
    fn of(
        workspace: &'k Workspace,
        organization: &'k SessionOrganization,
        purchasing: &'k Purchasing,
    ) -> Self {
        Self {
            workspace,
            organization,
            purchasing,
            decision: workspace.today(),
            entered: workspace.on(Basis::Entered).today(),
            currency: workspace.catalog.currency_of(&purchasing.country),
        }
    }

    fn may(&self, permission: Permission) -> bool {
        may(&self.organization.roles, permission)
    }

    fn offered(&self, offer: &'k MembershipOffer) -> Offered<'k> {
        let catalog = &self.workspace.catalog;
        let buyer = Buyer {
            country: &self.purchasing.country,
            may_buy: self.may(Permission::BuyOffers),
            has_billing: self.purchasing.billing.is_some(),
            open_orders: &self.purchasing.open_orders,
        };
        let decision = &self.decision;
        Offered {
            offer,
            standing: standing(catalog, offer, decision, Some(&self.entered), buyer),
            price: offer.price(None, self.currency, decision.day),
        }
    }

    /// Their solution areas, or what else the programs are called.
    fn areas(&self, programs: &[String]) -> String {
        let catalog = &self.workspace.catalog;
        let name = |id: &String| {
            let program = catalog.program(id);
            let area = program.and_then(|one| one.solution_area.clone());
            area.or_else(|| program.map(|one| one.name.clone()))
        };
        format::list(&programs.iter().filter_map(name).collect::<Vec<_>>())
    }
}

impl Offered<'_> {
    /// Whether an order costs nothing.
    fn is_free(&self) -> bool {
        self.standing.kind == Some(OrderKind::Addition)
            || self.price.and_then(|price| price.amount) == Some(0)
    }

    fn price_said(&self) -> String {
        match self.price.and_then(Fee::money) {
            _ if self.is_free() => words::FREE.to_owned(),
            Some(money) => format::money(money.amount, money.currency.code()),
            None => words::NOT_PUBLISHED.to_owned(),
        }
    }

    /// The conditions that say something: where nothing can ever help, only why.
    fn checks(&self) -> impl Iterator<Item = &OfferCheck> {
        let standing = &self.standing;
        let never = standing.is_never();
        let says = move |check: &&OfferCheck| !never || (check.is_final && !check.met);
        standing.checks.iter().filter(says)
    }

    /// By need: what can be ordered, what is held, what can come, and last what never can.
    fn rank(&self) -> u8 {
        let standing = &self.standing;
        match standing.kind {
            Some(OrderKind::Renewal) => 0,
            _ if standing.is_possible() => 1,
            _ if standing.holding.is_some() => 2,
            _ if standing.is_never() => 4,
            _ => 3,
        }
    }
}

fn content(known: &Known<'_>) -> AnyView {
    let offers = known.workspace.catalog.offers.iter();
    let mut all: Vec<Offered<'_>> = offers.map(|offer| known.offered(offer)).collect();
    all.sort_by_key(Offered::rank);
    let country = &known.purchasing.country;
    let country = countries::name(country).unwrap_or(country);
    let about = words::about(country, known.currency.code());
    view! {
        {lead(headline::of(known, &all), about, ())}
        <div class="stack">
            {held::card(known, &all)}
            {table::card(known, &all)}
        </div>
    }
    .into_any()
}
