//! An order that was placed: what is to be paid and how, what happens next, and its documents.

mod cancel;
pub mod check;
pub mod documents;
mod pay;
mod progress;
mod proof;
mod summary;
mod watch;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::paths as api_paths;
use membership_contract::purchase::{Order, Payment};
use membership_contract::session::SessionOrganization;
use membership_domain::Catalog;
use membership_domain::id::OrderId;
use membership_domain::money::Money;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::OrderState;
use membership_domain::roles::{Permission, may};

use self::watch::Watch;
use super::selling;
use crate::api::remote::Load;
use crate::api::{Remote, cache, remote};
use crate::go::{Step, use_go};
use crate::shell::heading::lead;
use crate::text::orders::{self as words, headline, placed};
use crate::ui::{self, Button, LinkButton};
use crate::{format, paths, text};

/// By what people know a payment: the reference of a transfer, the last digits of a card.
pub fn reference(payment: &Payment) -> Option<String> {
    let detail = payment.detail.as_deref()?;
    Some(match payment.method {
        PaymentMethod::Card => placed::card(detail),
        PaymentMethod::Wire => detail.to_owned(),
    })
}

/// Money, as it is written.
pub fn money(money: Money) -> String {
    format::money(money.amount, money.currency.code())
}

/// So many minor units of an order's currency.
fn amount(order: &Order, amount: i64) -> String {
    money(Money::new(amount, order.total.currency))
}

/// The order of the page's address.
fn of_address() -> Option<OrderId> {
    let params = use_params_map();
    params.with_untracked(|all| all.get("order"))?.parse().ok()
}

/// In place of an order that is not there.
fn gone() -> AnyView {
    view! {
        {lead(words::GONE.to_owned(), words::GONE_WHY, ())}
        <div class="cluster">
            <LinkButton href=paths::BILLS.href()>{text::shell::BILLS}</LinkButton>
        </div>
    }
    .into_any()
}

/// An order, with the rules. What is missing is said.
fn with(
    organization: &SessionOrganization,
    id: OrderId,
    view: impl Fn(Remote<Order>, &Order, &Catalog) -> AnyView + Send + Sync + 'static,
) -> (Remote<Order>, AnyView) {
    let path = api_paths::order(organization.id, id);
    // What it was, before it was paid or changed, would be wrong.
    cache::forget(&path);
    let order = remote::<Order>(move || Some(path.clone()));
    let catalog = remote::<Catalog>(|| Some(api_paths::CATALOG.to_owned()));
    let load = Signal::derive(move || {
        let sold = selling::load(catalog.get().as_deref());
        Load::all([order.load(), catalog.load(), sold])
    });
    let retry = Callback::new(move |()| {
        order.reload();
        catalog.reload();
    });
    let missing = move || {
        let code = membership_contract::problem::code::NOT_FOUND;
        matches!(order.load(), Load::Failed(error) if error.is(code))
    };
    let view = std::sync::Arc::new(view);
    let usual = move || {
        let view = view.clone();
        ui::when_ready(load, retry, move || {
            let known = order.get().zip(catalog.get());
            known
                .map(|(known, catalog)| view(order, &known, &catalog))
                .into_any()
        })
    };
    (order, ui::instead_while(missing, gone, usual))
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let Some(id) = of_address() else {
        return gone();
    };
    let may_buy = may(&organization.roles, Permission::BuyOffers);
    let may_download = may(&organization.roles, Permission::DownloadInvoice);
    let place = StoredValue::new(None::<Place>);
    let whose = organization.id;
    let (order, view) = with(&organization, id, move |_, order, catalog| {
        match place.get_value() {
            Some(place) if order.state != OrderState::Draft => {
                place.content(order, catalog, may_download)
            }
            _ => to_draft(order.id),
        }
    });
    let watch = Watch::new(whose, id, order);
    place.set_value(Some(Place::new(whose, order, watch, may_buy)));
    view
}

/// A draft is checked first.
fn to_draft(id: OrderId) -> AnyView {
    let go = use_go(Step::Instead);
    request_animation_frame(move || go(&paths::check_order(id)));
    ui::skeleton(3)
}

/// What lasts as long as the page, however often the order is read again.
#[derive(Clone, Copy)]
struct Place {
    organization: membership_domain::id::OrganizationId,
    order: Remote<Order>,
    watch: Watch,
    may_buy: bool,
    /// What the person asked for, and why it failed.
    action: crate::api::action::Action,
    /// The proof of a transfer that is being uploaded.
    proof: proof::Proof,
    /// Whether it is asked if the order is to be canceled.
    asked: RwSignal<bool>,
}

impl Place {
    fn new(
        organization: membership_domain::id::OrganizationId,
        order: Remote<Order>,
        watch: Watch,
        may_buy: bool,
    ) -> Self {
        Self {
            organization,
            order,
            watch,
            may_buy,
            action: crate::api::action(),
            proof: proof::Proof::new(),
            asked: RwSignal::new(false),
        }
    }

    /// Why the person cannot change it, if so.
    fn no_role(self) -> Option<String> {
        (!self.may_buy).then(|| words::NO_ROLE.to_owned())
    }

    fn content(self, order: &Order, catalog: &Catalog, may_download: bool) -> AnyView {
        let print = Callback::new(|()| drop(window().print()));
        let action = self.action;
        let about = placed::about(&summary::name(order), &order.quote.sale.buyer.name);
        let failed = move || {
            let error = action.error.get();
            error.map(|error| ui::refused(error.detail(), ()))
        };
        view! {
            {ui::crumbs(vec![(text::shell::BILLS.to_owned(), paths::BILLS.href())])}
            {lead(
                said(order),
                about,
                view! { <Button on_press=print>{placed::PRINT}</Button> },
            )}
            <div class="columns">
                <div class="stack">
                    {failed} {pay::card(self, order, catalog)} {documents::card(order, self.organization, may_download)}
                    {progress::received(order)}
                </div>
                <div class="stack">
                    {progress::next(order, catalog)} {summary::card(order, None)} {summary::facts(order)}
                    {cancel::card(self, order)}
                </div>
            </div>
        }
        .into_any()
    }
}

/// The headline: how far it is, and what is to be done now.
fn said(order: &Order) -> String {
    let number = order.number.clone().unwrap_or_default();
    let due = amount(order, order.status().due());
    match order.state {
        OrderState::Draft => check_title(),
        OrderState::AwaitingPayment => match order.answers.method {
            PaymentMethod::Wire => headline::transfer(&number, &due),
            PaymentMethod::Card => headline::by_card(&number, &due),
        },
        OrderState::Paying => headline::paying(&number),
        OrderState::Unknown => headline::unknown(&number),
        OrderState::PartlyPaid => headline::partly(&number, &due),
        OrderState::Fulfilled if order.total.amount == 0 => {
            headline::enrolled(&order.quote.offer_name)
        }
        OrderState::Fulfilled => headline::paid(&number),
        OrderState::Expired => headline::expired(&number),
        OrderState::Canceled => headline::canceled(&number),
        OrderState::Refunded => headline::refunded(&number),
        OrderState::Disputed => headline::disputed(&number),
    }
}

fn check_title() -> String {
    words::check::TITLE.to_owned()
}
