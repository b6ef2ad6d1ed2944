//! The books: the trial balance in each currency, whose sides are equal, open items, and the journal
//! for other programs.

use leptos::prelude::*;
use membership_contract::desk::{OpenItem, TrialBalance, TrialBalanceLine};
use membership_contract::paths as api_paths;
use membership_domain::Money;
use membership_domain::money::Currency;

use super::{money, table};
use crate::api::{Body, Method, action, remote};
use crate::go::{Step, query, use_go};
use crate::paths::desk as paths;
use crate::paths::with_query;
use crate::shell::heading::lead;
use crate::text::operator::{self as shared, books as words};
use crate::ui::{self, Button, TextField, Tone};
use crate::{download, format};

/// The page.
pub fn page() -> AnyView {
    let query = query();
    let until = Memo::new(move |_| {
        query
            .with(|query| query.get(paths::UNTIL))
            .unwrap_or_default()
    });
    let balance = remote::<TrialBalance>(move || {
        let asked = until.get();
        Some(with_query(
            api_paths::DESK_TRIAL_BALANCE,
            &[(paths::UNTIL, &asked)],
        ))
    });
    let title = move || match balance.get() {
        Some(balance) => verdict(&balance),
        None => shared::BOOKS.to_owned(),
    };
    let read = action();
    let save = Callback::new(move |()| {
        let path = api_paths::DESK_JOURNAL.to_owned();
        read.run(Method::Get, path, Body::default(), |reply| {
            download::save("books.journal", "text/plain", &reply.body);
        });
    });
    let actions = view! {
        <Button on_press=save busy=read.busy icon_name="download">
            {words::DOWNLOAD}
        </Button>
    };
    let failed = move || read.error.get().map(|error| ui::failure(&error, save));
    view! {
        {lead(Signal::derive(title), words::ABOUT, actions)}
        <div class="stack">
            {failed}
            {day(until)}
            {ui::loaded(balance, |balance| content(&balance))}
        </div>
    }
    .into_any()
}

/// The last day that counts: the address follows what is chosen.
fn day(until: Memo<String>) -> AnyView {
    let go = use_go(Step::Here);
    let typed = RwSignal::new(until.get_untracked());
    Effect::new(move |before: Option<String>| {
        let day = typed.get();
        if before.is_some_and(|before| before != day) && until.get_untracked() != day {
            go(&with_query(&paths::BOOKS.href(), &[(paths::UNTIL, &day)]));
        }
        day
    });
    Effect::new(move |_| {
        let day = until.get();
        if typed.with_untracked(|typed| *typed != day) {
            typed.set(day);
        }
    });
    view! { <TextField label=words::UNTIL hint=words::UNTIL_HINT value=typed kind="date" class="field short" /> }
        .into_any()
}

/// All currencies that have something, each once, in the order in which they come.
fn currencies(balance: &TrialBalance) -> Vec<Currency> {
    let mut all = Vec::new();
    for line in &balance.lines {
        if !all.contains(&line.currency) {
            all.push(line.currency);
        }
    }
    all
}

/// Debits and credits of a currency.
fn totals(balance: &TrialBalance, currency: Currency) -> (i64, i64) {
    let lines = balance
        .lines
        .iter()
        .filter(|line| line.currency == currency);
    lines.fold((0, 0), |(debit, credit), line| {
        (
            debit.saturating_add(line.debit),
            credit.saturating_add(line.credit),
        )
    })
}

/// The headline: whether all is well.
fn verdict(balance: &TrialBalance) -> String {
    let wrong: Vec<String> = (currencies(balance).into_iter())
        .filter(|currency| {
            let (debit, credit) = totals(balance, *currency);
            debit != credit
        })
        .map(|currency| currency.code().to_owned())
        .collect();
    match (wrong.is_empty(), balance.lines.is_empty()) {
        (false, _) => words::wrong(&format::list(&wrong)),
        (true, true) => shared::BOOKS.to_owned(),
        (true, false) => words::BALANCED.to_owned(),
    }
}

fn content(balance: &TrialBalance) -> AnyView {
    let all = currencies(balance);
    let nothing = all.is_empty().then(|| {
        ui::empty(
            words::NOTHING.to_owned(),
            words::NOTHING_WHY.to_owned(),
            None,
        )
    });
    let cards = all.into_iter().map(|currency| card(balance, currency));
    view! {
        {nothing}
        {cards.collect_view()}
        {open_items(&balance.open_items)}
    }
    .into_any()
}

fn card(balance: &TrialBalance, currency: Currency) -> AnyView {
    let (debit, credit) = totals(balance, currency);
    let lines = balance
        .lines
        .iter()
        .filter(|line| line.currency == currency);
    let rows = lines.map(line).collect_view();
    let of = move |amount: i64| money(Money::new(amount, currency));
    let alarm = (debit != credit).then(|| {
        let said = words::unbalanced(currency.code(), &of(debit.saturating_sub(credit)));
        view! { <div class="body" role="alert">{ui::note(Tone::Bad, said)}</div> }
    });
    let until = format!("{} {}", words::UNTIL, format::day(balance.until));
    view! {
        <section class="card">
            <header>
                <h2>{currency.code().to_owned()}</h2>
                <span class="small muted">{until}</span>
            </header>
            {alarm}
            // Amounts can be wider than a phone.
            <div class="table-wrap" role="region" tabindex="0" aria-label=currency.code().to_owned()>
                <table class="table">
                    <caption>{currency.code().to_owned()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::ACCOUNT}</th>
                            <th scope="col" class="end">{words::DEBITS}</th>
                            <th scope="col" class="end">{words::CREDITS}</th>
                            <th scope="col" class="end wide-only">{words::BALANCE}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words::TOTAL}</th>
                            <td class="end num strong">{of(debit)}</td>
                            <td class="end num strong">{of(credit)}</td>
                            <td class="end num strong wide-only">
                                {of(debit.saturating_sub(credit))}
                            </td>
                        </tr>
                    </tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(one: &TrialBalanceLine) -> AnyView {
    let of = |amount: i64| money(Money::new(amount, one.currency));
    view! {
        <tr>
            <th scope="row">
                {words::account(one.account)}
                <p class="why">{one.account.code()}</p>
            </th>
            <td class="end num">{of(one.debit)}</td>
            <td class="end num">{of(one.credit)}</td>
            <td class="end num wide-only">{of(one.debit.saturating_sub(one.credit))}</td>
        </tr>
    }
    .into_any()
}

const HEAD: &[table::Head] = &[
    (shared::ORDER, false),
    (shared::STATUS, false),
    (shared::AMOUNT, true),
];

fn open_items(all: &[OpenItem]) -> AnyView {
    let row = |one: &OpenItem| {
        let href = paths::order(one.order);
        let number = one.order_number.clone();
        let said = match one.money.amount < 0 {
            true => words::PAID_AHEAD,
            false => words::OWES,
        };
        let amount = Money::new(one.money.amount.saturating_abs(), one.money.currency);
        table::row(vec![
            table::cell("start num", None, view! { <a href=href>{number}</a> }),
            table::cell("whole", None, said),
            table::cell("end num late", None, money(amount)),
        ])
    };
    let inside = match all.is_empty() {
        true => table::nothing(words::NO_OPEN_ITEMS),
        false => {
            let rows = all.iter().map(row).collect_view();
            table::fold(words::OPEN_ITEMS, HEAD, rows.into_any())
        }
    };
    let about = view! { <span class="small muted">{words::OPEN_ITEMS_ABOUT}</span> };
    table::card(words::OPEN_ITEMS, about, inside)
}
