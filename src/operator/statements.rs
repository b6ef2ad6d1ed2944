//! Files of a bank: importing some, what they brought, what is missing between them, and which
//! statements there are.

mod send;
mod told;

use leptos::prelude::*;
use membership_contract::desk::{BankStatement, StatementGap};
use membership_contract::paths as api_paths;
use membership_domain::Money;

use self::send::Sending;
use super::{desk, grouped, money, table};
use crate::api::{Remote, remote};
use crate::format;
use crate::shell::heading::lead;
use crate::text::operator::statements as words;
use crate::ui::{self, Mark, Tone};

/// The page.
pub fn page() -> AnyView {
    let statements = remote::<Vec<BankStatement>>(|| Some(api_paths::DESK_STATEMENTS.to_owned()));
    let sending = Sending::new(statements);
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {gaps()}
            {send::card(sending)}
            {list(statements)}
        </div>
    }
    .into_any()
}

/// What is missing, as a warning.
fn gaps() -> AnyView {
    let desk = desk::current();
    let gaps = Memo::new(move |_| {
        desk.summary
            .get()
            .map_or_else(Vec::new, |one| one.gaps.clone())
    });
    let line = |gap: &StatementGap| {
        let day = |day: Option<chrono::NaiveDate>| day.map(format::day);
        let (after, before) = (day(gap.after), day(gap.before));
        let moved = gap.difference;
        let amount = money(Money::new(moved.amount.saturating_abs(), moved.currency));
        let moved = (amount.as_str(), moved.amount > 0);
        let account = grouped(&gap.account);
        let said = words::gap(&account, after.as_deref(), before.as_deref(), moved);
        view! { <li class="num">{said}</li> }
    };
    (move || {
        let gaps = gaps.get();
        (!gaps.is_empty()).then(|| {
            let inside = view! {
                <h2>{words::GAPS}</h2>
                <p>{words::GAPS_WHY}</p>
                <ul>{gaps.iter().map(line).collect_view()}</ul>
            };
            ui::note(Tone::Warn, inside)
        })
    })
    .into_any()
}

const HEAD: &[table::Head] = &[
    (words::DAYS, false),
    (words::ACCOUNT, false),
    (words::STATEMENT, false),
    (words::ENTRIES, true),
    (words::CHECKED, false),
    (words::WHEN, false),
];

fn list(statements: Remote<Vec<BankStatement>>) -> AnyView {
    let inside = |all: std::sync::Arc<Vec<BankStatement>>| {
        if all.is_empty() {
            return ui::empty(words::NONE.to_owned(), words::NONE_WHY.to_owned(), None);
        }
        let rows = all.iter().map(row).collect_view();
        let rows = table::fold(words::IMPORTED, HEAD, rows.into_any());
        table::card(words::IMPORTED, (), rows)
    };
    ui::loaded(statements, inside)
}

fn row(one: &BankStatement) -> AnyView {
    let days = match (one.from, one.until) {
        (Some(from), Some(until)) if from != until => format!(
            "{} \u{2013} {}",
            format::short_day(from),
            format::day_and_year(until)
        ),
        (from, until) => until.or(from).map(format::day_and_year).unwrap_or_default(),
    };
    let checked = match (one.has_balances, one.adds_up) {
        (false, _) => ui::status(Mark::None, words::NOTIFICATION),
        (true, true) => ui::status(Mark::Normal, words::ADDS_UP),
        (true, false) => ui::status(Mark::Warn, words::DOES_NOT),
    };
    let imported = format::day_and_year(one.imported_at.date_naive());
    table::row(vec![
        table::cell("start num", None, days),
        table::cell("whole num", None, grouped(&one.account)),
        table::cell("whole", None, one.bank_id.clone()),
        table::cell(
            "end num named",
            Some(words::ENTRIES),
            format::number(one.entries),
        ),
        table::cell("late", None, checked),
        table::cell("num nowrap named", Some(words::WHEN), imported),
    ])
}
