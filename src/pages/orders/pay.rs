//! How an order is paid: the transfer with what it needs, or the card.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::Order;
use membership_contract::text::en;
use membership_domain::Catalog;
use membership_domain::purchase::attempt::AttemptState;
use membership_domain::purchase::bill::PaymentMethod;
use membership_domain::purchase::order::{OrderCommand, OrderState, after};

use super::{Place, amount, proof, summary};
use crate::api::{Body, Method, Reply};
use crate::clipboard;
use crate::format;
use crate::text::orders::placed as words;
use crate::ui::{self, Button, Kind, Tone};

/// The card with what is to be done; nothing once the order has ended.
pub fn card(place: Place, order: &Order, catalog: &Catalog) -> Option<AnyView> {
    if order.state == OrderState::Disputed {
        return Some(ui::note(Tone::Warn, words::DISPUTED));
    }
    if !order.status().is_open() {
        return None;
    }
    let (title, inside) = match order.answers.method {
        PaymentMethod::Wire => (words::TRANSFER, transfer(place, order, catalog)),
        PaymentMethod::Card => (words::CARD, by_card(place, order)),
    };
    let until = words::until(&format::day(order.expires_on));
    let card = view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                <span class="small muted num">{until}</span>
            </header>
            <div class="body">{inside}</div>
        </section>
    };
    Some(card.into_any())
}

/// In groups of four, as people compare and type it.
fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups = letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

fn transfer(place: Place, order: &Order, catalog: &Catalog) -> AnyView {
    let Some(account) = &order.quote.account else {
        return ui::note(Tone::Warn, words::NO_ACCOUNT);
    };
    let due = order.status().due();
    let decimal = order.total.currency.decimal(due);
    let reference = order.reference.clone().unwrap_or_default();
    let sample = order.quote.sample;
    let sample = sample.then(|| ui::honest(words::SAMPLE_ACCOUNT, words::SAMPLE_WHY));
    let copied = |name: &'static str, shown: AnyView, copied: String| {
        let press = Callback::new(move |()| {
            clipboard::copy(copied.clone(), words::COPIED, words::NOT_COPIED);
        });
        let button = view! {
            <Button on_press=press>
                <span aria-hidden="true">{words::COPY}</span>
                <span class="visually-hidden">{words::copy(name)}</span>
            </Button>
        };
        (name, shown, button.into_any())
    };
    let large = |text: String| view! { <span class="amount num">{text}</span> };
    let matched = view! {
        {large(grouped(&reference))}
        <p class="small muted">{words::REFERENCE_WHY}</p>
    };
    let to = view! { {account.holder.clone()} " " {sample} };
    let number = view! { <span class="num">{grouped(&account.account)}</span> };
    let facts = vec![
        copied(words::AMOUNT, large(amount(order, due)).into_any(), decimal),
        copied(words::REFERENCE, matched.into_any(), reference),
        (words::TO, to.into_any(), ().into_any()),
        copied(words::ACCOUNT, number.into_any(), account.account.clone()),
        (words::BIC, account.bic.clone().into_any(), ().into_any()),
        (words::BANK, account.bank.clone().into_any(), ().into_any()),
    ];
    view! {
        {summary::lines(facts)}
        <p class="small muted">{words::EXACT}</p>
        <div class="screen-only">{proof::part(place, order, catalog)}</div>
    }
    .into_any()
}

fn by_card(place: Place, order: &Order) -> AnyView {
    let watch = place.watch;
    let asking = move || {
        watch
            .is_asking()
            .then(|| view! { <p class="small muted">{words::CHECKING}</p> })
    };
    let inside = match order.state {
        OrderState::Unknown => unknown(place),
        OrderState::Paying => open(place, order),
        _ => begin(place, order),
    };
    view! {
        {inside}
        <div role="status">{asking}</div>
    }
    .into_any()
}

fn unknown(place: Place) -> AnyView {
    let again = Callback::new(move |()| place.watch.again());
    (move || match place.watch.gave_up() {
        false => ui::note(Tone::Info, words::UNKNOWN),
        true => view! {
            {ui::note(Tone::Warn, words::STILL_UNKNOWN)}
            <div class="cluster">
                <Button on_press=again>{words::CHECK_AGAIN}</Button>
            </div>
        }
        .into_any(),
    })
    .into_any()
}

/// An attempt that is open: on with it, or away with it.
fn open(place: Place, order: &Order) -> AnyView {
    let Some(attempt) = &order.attempt else {
        return ().into_any();
    };
    let path = api_paths::order_attempt(place.organization, order.id, attempt.id);
    let give_up = Callback::new(move |()| {
        place
            .action
            .run(Method::Delete, path.clone(), Body::default(), move |_| {
                ui::live::say(words::GIVEN_UP);
                place.order.reload();
            });
    });
    let on = attempt.redirect.clone().filter(|_| place.may_buy);
    let on = on.map(|to| {
        view! {
            <a class="button primary" rel="external" href=to>
                {words::CONTINUE}
            </a>
        }
    });
    let blocked = Signal::stored(place.no_role());
    view! {
        <p>{words::OPEN}</p>
        <div class="cluster">
            {on}
            <Button on_press=give_up busy=place.action.busy blocked=blocked>
                {words::GIVE_UP}
            </Button>
        </div>
    }
    .into_any()
}

/// No attempt is open: how the last one ended, and the next one.
fn begin(place: Place, order: &Order) -> AnyView {
    let last = order.attempt.as_ref();
    let ended = last.and_then(|attempt| match (attempt.state, attempt.reason) {
        (AttemptState::Declined, Some(reason)) => Some((Tone::Bad, en::declined(reason))),
        (AttemptState::Canceled, _) => Some((Tone::Info, words::LEFT)),
        _ => None,
    });
    let path = api_paths::of_order(place.organization, order.id, "attempts");
    // The same for each try after the same attempt, in any tab: two presses begin one payment.
    let before = last
        .map(|attempt| attempt.id.to_string())
        .unwrap_or_default();
    let key = format!("attempt-{}-{before}", order.id);
    let pay = Callback::new(move |()| {
        let body = Body {
            key: Some(key.clone()),
            ..Body::default()
        };
        let done = move |reply: Reply| {
            let now = reply.json::<Order>("").ok();
            let to = now.and_then(|order| order.attempt?.redirect);
            match to {
                Some(to) => drop(window().location().set_href(&to)),
                None => place.order.reload(),
            }
        };
        place.action.run(Method::Post, path.clone(), body, done);
    });
    let label = words::pay(&amount(order, order.status().due()));
    let refused = after(&order.status(), OrderCommand::StartAttempt).err();
    let refused = refused.map(|why| en::order_refused(why).to_owned());
    let blocked = Signal::stored(place.no_role().or(refused));
    view! {
        {ended.map(|(tone, says)| ui::note(tone, says))}
        <p class="muted">{words::CARD_ABOUT}</p>
        <div class="cluster">
            <Button kind=Kind::Primary on_press=pay busy=place.action.busy blocked=blocked>
                {label}
            </Button>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reference_is_read_in_groups_of_four() {
        assert_eq!(super::grouped("RF185390075470"), "RF18 5390 0754 70");
        assert_eq!(super::grouped(""), "");
    }
}
