//! The draft of an order, to be checked: the answers, what it costs and does, the agreement, and the
//! one button that orders.

mod answers;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::purchase::{Order, Placement};
use membership_contract::session::SessionOrganization;
use membership_domain::Catalog;
use membership_domain::id::{OrderId, OrganizationId};
use membership_domain::purchase::order::OrderState;

use super::{amount, of_address, summary};
use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, action};
use crate::go::{Step, use_go};
use crate::shell::heading::lead;
use crate::text::orders::{self as all_words, check as words};
use crate::ui::{self, Button, Check, Disclosure, Kind, LinkButton, Tone};
use crate::{format, paths, text};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let Some(id) = of_address() else {
        return super::gone();
    };
    let draft = Draft {
        organization: organization.id,
        agreed: RwSignal::new(false),
        changed: RwSignal::new(false),
        refused: RwSignal::new(None),
        action: action(),
    };
    let (_, view) = super::with(
        &organization,
        id,
        move |remote, order, catalog| match order.state {
            OrderState::Draft => draft.content(remote, order, catalog),
            _ => placed(order.id),
        },
    );
    view
}

/// What was placed, also in another tab, is not placed again.
fn placed(id: OrderId) -> AnyView {
    let go = use_go(Step::Instead);
    request_animation_frame(move || go(&paths::order(id)));
    ui::skeleton(3)
}

/// What lasts as long as the page, however often the draft is read again.
#[derive(Clone, Copy)]
struct Draft {
    organization: OrganizationId,
    /// Whether the agreement is accepted.
    agreed: RwSignal<bool>,
    /// Whether the price changed since it was confirmed.
    changed: RwSignal<bool>,
    refused: RwSignal<Option<ApiError>>,
    action: Action,
}

impl Draft {
    fn content(self, remote: Remote<Order>, order: &Order, catalog: &Catalog) -> AnyView {
        let quote = &order.quote;
        let about = words::about(&summary::name(order), &quote.sale.buyer.name);
        let held = words::held(&format::time_input(order.held_until));
        let held = Some(held).filter(|_| order.total.amount != 0);
        view! {
            {ui::crumbs(vec![(text::shell::OFFERS.to_owned(), paths::OFFERS.href())])}
            {lead(words::TITLE.to_owned(), about, ())}
            <div class="stack">
                {self.price_changed(order)}
                <div class="columns">
                    {answers::answers(order)}
                    {summary::card(order, held)}
                </div>
                {self.confirm(remote, order, catalog)}
            </div>
        }
        .into_any()
    }

    /// That the price is another one, where somebody just confirmed the one before.
    fn price_changed(self, order: &Order) -> AnyView {
        let says = StoredValue::new(words::changed(&amount(order, order.total.amount)));
        let note = NodeRef::<leptos::html::Section>::new();
        Effect::new(move |_| {
            if let Some(note) = note.get() {
                let _ = note.focus();
            }
        });
        (move || {
            self.changed.get().then(|| {
                view! {
                    <section tabindex="-1" aria-label=words::PRICE_CHANGED node_ref=note>
                        {ui::note(
                            Tone::Warn,
                            view! {
                                <p class="strong">{words::PRICE_CHANGED}</p>
                                <p>{says.get_value()}</p>
                            },
                        )}
                    </section>
                }
            })
        })
        .into_any()
    }

    fn confirm(self, remote: Remote<Order>, order: &Order, catalog: &Catalog) -> AnyView {
        let agreements = &catalog.billing.agreements;
        let agreement = agreements
            .iter()
            .find(|one| one.id == order.quote.agreement);
        let title = agreement.map(|one| one.title.clone()).unwrap_or_default();
        let text = agreement.map(|agreement| {
            let all = agreement.paragraphs.iter();
            let all = all
                .map(|text| view! { <p>{text.clone()}</p> })
                .collect_view();
            view! {
                <Disclosure summary=title.clone()>
                    <div class="stack tight">{all}</div>
                </Disclosure>
            }
        });
        let says = answers::happens(order, catalog).into_iter();
        let says = says.map(|says| view! { <li>{says}</li> }).collect_view();
        let agree = words::accept(&order.quote.sale.buyer.name, &title);
        let turn = Callback::new(move |on| self.agreed.set(on));
        let refused = move || {
            let error = self.refused.get();
            error.map(|error| {
                let href = paths::OFFERS.href();
                let way = view! { <LinkButton href=href>{all_words::OFFERS}</LinkButton> };
                ui::refused(error.detail(), way)
            })
        };
        view! {
            <section class="card">
                <header>
                    <h2>{words::BEFORE}</h2>
                </header>
                <div class="body">
                    <ul class="changes">{says}</ul>
                    {text}
                    <Check label=agree checked=self.agreed on_change=turn />
                    {refused}
                    {self.buttons(remote, order)}
                </div>
            </section>
        }
        .into_any()
    }

    fn buttons(self, remote: Remote<Order>, order: &Order) -> AnyView {
        let label = match order.total.amount {
            0 => words::ENROLL.to_owned(),
            total => words::place(&amount(order, total)),
        };
        let id = order.id;
        let placement = Placement {
            total: order.total,
            agreement: order.quote.agreement.clone(),
        };
        // The same for this draft at this price, in any tab and after loading the page again: it is
        // ordered once.
        let key = format!("place-{id}-{}", order.held_until.timestamp_millis());
        let go = use_go(Step::Instead);
        let press = Callback::new(move |()| {
            let path = api_paths::of_order(self.organization, id, "placement");
            let body = Body {
                key: Some(key.clone()),
                ..Body::json(&placement)
            };
            let go = go.clone();
            self.changed.set(false);
            self.refused.set(None);
            let done = Box::new(move |_| go(&paths::order(id)));
            let failed = Box::new(move |error| self.failed(remote, error));
            self.action.run_or(Method::Post, path, body, done, failed);
        });
        let blocked =
            Signal::derive(move || (!self.agreed.get()).then(|| words::ACCEPT_FIRST.to_owned()));
        let leave = use_go(Step::Instead);
        let discard = Callback::new(move |()| {
            let (path, leave) = (api_paths::order(self.organization, id), leave.clone());
            let done = Box::new(move |_| {
                ui::live::say(words::DISCARDED);
                leave(&paths::OFFERS.href());
            });
            let failed = Box::new(move |error| drop(self.refused.try_set(Some(error))));
            (self.action).run_or(Method::Delete, path, Body::default(), done, failed);
        });
        let later = paths::OFFERS.href();
        view! {
            <div class="cluster">
                <Button kind=Kind::Primary on_press=press busy=self.action.busy blocked=blocked>
                    {label}
                </Button>
                <a href=later>{words::LATER}</a>
                <Button kind=Kind::Subtle on_press=discard busy=self.action.busy>
                    {words::DISCARD}
                </Button>
            </div>
        }
        .into_any()
    }

    /// What changed is shown and asked again; what was placed elsewhere is led to.
    fn failed(self, remote: Remote<Order>, error: ApiError) {
        // The page may be gone by then.
        if self.changed.is_disposed() {
            return;
        }
        if error.is(code::PRICE_CHANGED) {
            self.agreed.set(false);
            self.changed.set(true);
        } else {
            self.refused.set(Some(error));
        }
        remote.reload();
    }
}
