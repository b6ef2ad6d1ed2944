//! Which bills are shown, as the address asks, and those as a file.

use leptos::prelude::*;
use membership_contract::csv;
use membership_contract::purchase::Bill;
use membership_contract::text::en;
use membership_domain::purchase::bill::BillKind;

use crate::go::{Step, query, use_go};
use crate::text::bills as words;
use crate::ui::{self, Choice, Select};
use crate::{download, format, paths};

const YEAR: &str = "year";
const KIND: &str = "kind";
const KINDS: [BillKind; 3] = [BillKind::Invoice, BillKind::Receipt, BillKind::CreditNote];

/// A year and a kind, as the address has them; empty for all.
pub type Asked = Memo<(String, String)>;

/// What the page's address asks for.
pub fn asked() -> Asked {
    let query = query();
    Memo::new(move |_| {
        let get = |name| query.with(|query| query.get(name)).unwrap_or_default();
        (get(YEAR), get(KIND))
    })
}

/// Whether a bill is of the year and the kind that are asked for. Tracks.
pub fn fits(asked: Asked, bill: &Bill) -> bool {
    asked.with(|(asked, kind)| {
        (asked.is_empty() || *asked == year(bill).to_string())
            && (kind.is_empty() || kind == bill.kind.code())
    })
}

/// The year of a bill.
pub fn year(bill: &Bill) -> i32 {
    chrono::Datelike::year(&bill.issued_on)
}

/// The two filters: what is chosen is in the address.
pub fn choose(asked: Asked, years: &[i32]) -> AnyView {
    let go = use_go(Step::Here);
    let to = move |year: &str, kind: &str| {
        go(&paths::with_query(
            &paths::BILLS.href(),
            &[(YEAR, year), (KIND, kind)],
        ));
    };
    let years = years
        .iter()
        .map(|year| (year.to_string(), year.to_string()));
    let years: Vec<Choice> = ui::choices(words::ALL_YEARS, years);
    let kinds = KINDS.into_iter();
    let kinds = kinds.map(|kind| (kind.code().to_owned(), en::bill_kind(kind).to_owned()));
    let kinds: Vec<Choice> = ui::choices(words::ALL_KINDS, kinds);
    let year = Signal::derive(move || asked.get().0);
    let kind = Signal::derive(move || asked.get().1);
    let by_kind = to.clone();
    let by_year = Callback::new(move |year: String| to(&year, &kind.get_untracked()));
    let by_kind = Callback::new(move |kind: String| by_kind(&year.get_untracked(), &kind));
    view! {
        <Select label=words::YEAR choices=years value=year on_change=by_year />
        <Select label=words::KIND choices=kinds value=kind on_change=by_kind />
    }
    .into_any()
}

/// What is shown, as a file.
pub fn save(found: &[Bill]) {
    let header = [
        words::NUMBER,
        words::DAY,
        words::KIND,
        words::ORDER,
        words::FOR,
        words::TOTAL,
        words::CURRENCY,
    ];
    let row = |bill: &Bill| {
        vec![
            bill.number.clone().unwrap_or_default(),
            format::day_input(bill.issued_on),
            en::bill_kind(bill.kind).to_owned(),
            bill.order_number.clone(),
            bill.description.clone(),
            bill.total.decimal(),
            bill.total.currency.code().to_owned(),
        ]
    };
    let file = csv::table(&header, found.iter().map(row));
    download::save("bills.csv", "text/csv", &file);
}
