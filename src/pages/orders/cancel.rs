//! Paying otherwise, and canceling: asked once more, with what it does.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::{MethodChange, Order};
use membership_contract::text::en;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::{OrderCommand, OrderState, after};

use super::{Place, amount};
use crate::api::{Body, Method, cache};
use crate::text::orders::placed as words;
use crate::ui::{self, Button, Kind};

/// The card; nothing once the order has ended.
pub fn card(place: Place, order: &Order) -> Option<AnyView> {
    if !order.status().is_open() {
        return None;
    }
    let methods = order.quote.methods.iter().copied();
    let others = methods.filter(|method| *method != order.answers.method);
    let others = others
        .map(|method| switch(place, order, method))
        .collect_view();
    let card = view! {
        <section class="card screen-only">
            <header>
                <h2>{words::OTHERWISE}</h2>
            </header>
            <div class="body">
                {others}
                {cancel(place, order)}
            </div>
        </section>
    };
    Some(card.into_any())
}

/// Why a command does nothing now, or not by this person.
fn blocked(place: Place, order: &Order, command: OrderCommand) -> Signal<Option<String>> {
    let refused = after(&order.status(), command).err();
    let why = refused.map(|_| match order.state {
        OrderState::Paying => words::GIVE_UP_FIRST,
        OrderState::Unknown => words::BEING_CHECKED,
        _ => words::MONEY_IS_HERE,
    });
    Signal::stored(place.no_role().or(why.map(str::to_owned)))
}

fn switch(place: Place, order: &Order, to: PaymentMethod) -> AnyView {
    let path = api_paths::of_order(place.organization, order.id, "method");
    let tagged = api_paths::order(place.organization, order.id);
    let name = en::payment_method(to);
    let press = Callback::new(move |()| {
        let body = Body {
            if_match: cache::get(&tagged).and_then(cache::Known::etag),
            ..Body::json(&MethodChange { method: to })
        };
        place.action.run(Method::Put, path.clone(), body, move |_| {
            ui::live::say(&words::switched(name));
            place.order.reload();
        });
    });
    let blocked = blocked(place, order, OrderCommand::SwitchMethod { to });
    view! {
        <Button on_press=press busy=place.action.busy blocked=blocked>
            {words::switch(name)}
        </Button>
    }
    .into_any()
}

fn cancel(place: Place, order: &Order) -> AnyView {
    let ask = Callback::new(move |()| place.asked.set(true));
    let keep = Callback::new(move |()| place.asked.set(false));
    let path = api_paths::order(place.organization, order.id);
    let end = Callback::new(move |()| {
        place
            .action
            .run(Method::Delete, path.clone(), Body::default(), move |_| {
                ui::live::say(words::CANCELED);
                place.asked.set(false);
                place.order.reload();
            });
    });
    let blocked = blocked(place, order, OrderCommand::Cancel);
    let received = (order.received > 0).then(|| amount(order, order.received));
    let about = StoredValue::new(words::sure_about(received.as_deref()));
    let sure = StoredValue::new(words::sure(order.number.as_deref().unwrap_or_default()));
    let question = NodeRef::<leptos::html::Div>::new();
    // Whoever pressed a button that is gone is led to the one that came instead.
    Effect::new(move |before: Option<bool>| {
        let asked = place.asked.get();
        if before.is_some_and(|before| before != asked) {
            request_animation_frame(move || {
                if let Some(question) = question.try_get_untracked().flatten() {
                    ui::focus_first(&question, "button");
                }
            });
        }
        asked
    });
    let shown = move || match place.asked.get() {
        false => view! {
            <Button kind=Kind::Subtle on_press=ask blocked=blocked>
                {words::CANCEL}
            </Button>
        }
        .into_any(),
        true => view! {
            <div class="stack tight">
                <p>{about.get_value()}</p>
                <div class="cluster">
                    <Button on_press=end busy=place.action.busy>
                        {sure.get_value()}
                    </Button>
                    <Button kind=Kind::Subtle on_press=keep>
                        {words::KEEP}
                    </Button>
                </div>
            </div>
        }
        .into_any(),
    };
    view! { <div node_ref=question>{shown}</div> }.into_any()
}
