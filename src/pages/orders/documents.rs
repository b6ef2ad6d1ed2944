//! The documents of an order, and their files.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::{Bill, Order};
use membership_contract::text::en;
use membership_domain::id::OrganizationId;

use super::money;
use crate::api::{Body, Method, action};
use crate::text::orders::placed as words;
use crate::ui::{self, Button, Kind, Table, Tone};
use crate::{download, format};

/// The card.
pub fn card(order: &Order, organization: OrganizationId, may_download: bool) -> AnyView {
    let body = match order.bills.is_empty() {
        true => {
            let why = match order.status().is_open() {
                true => words::DOCUMENTS_COME,
                false => words::NO_DOCUMENTS,
            };
            view! { <p class="body muted">{why}</p> }.into_any()
        }
        false => table(&order.bills, organization, may_download),
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::DOCUMENTS}</h2>
            </header>
            {body}
        </section>
    }
    .into_any()
}

fn table(all: &[Bill], organization: OrganizationId, may_download: bool) -> AnyView {
    let head = || {
        let names = [
            words::DOCUMENT,
            words::NUMBER,
            words::DAY,
            words::AMOUNT,
            words::FILES,
        ];
        let names = names.map(|name| {
            let is_amount = name == words::AMOUNT;
            view! {
                <th scope="col" class:end=is_amount class:screen-only=name == words::FILES>
                    {name}
                </th>
            }
        });
        names.collect_view()
    };
    let row = |bill: &Bill| {
        let number = bill.number.clone();
        view! {
            <tr>
                <th scope="row">{en::bill_kind(bill.kind)}</th>
                <td data-label=words::NUMBER class="num nowrap">
                    {number.unwrap_or_else(|| words::NUMBERED.to_owned())}
                </td>
                <td data-label=words::DAY class="num nowrap">
                    {format::day_and_year(bill.issued_on)}
                </td>
                <td data-label=words::AMOUNT class="end num">{money(bill.total)}</td>
                <td class="screen-only">{files(bill, organization, may_download)}</td>
            </tr>
        }
    };
    let rows = all.iter().map(row).collect_view();
    view! { <Table caption=words::DOCUMENTS head=head>{rows}</Table> }.into_any()
}

/// What saves a bill's files.
pub fn files(bill: &Bill, organization: OrganizationId, may_download: bool) -> AnyView {
    let name = bill.number.clone().unwrap_or_default();
    let kind = en::bill_kind(bill.kind);
    let read = action();
    let button = |label: &'static str, file: &'static str| {
        let path = api_paths::bill_file(organization, bill.id, file);
        let saved = format!("{name}.{file}");
        let said = words::download(label, &format!("{kind} {name}"));
        let save = Callback::new(move |()| {
            let saved = saved.clone();
            read.run(
                Method::Get,
                path.clone(),
                Body::default(),
                move |reply| match &reply.packed {
                    Some(bytes) => download::save_bytes(&saved, "application/pdf", bytes),
                    None => download::save(&saved, "application/xml", &reply.body),
                },
            );
        });
        let blocked = match (may_download, bill.has_files) {
            (false, _) => Some(words::NO_DOWNLOAD.to_owned()),
            (true, false) => Some(words::MAKING.to_owned()),
            (true, true) => None,
        };
        view! {
            <Button kind=Kind::Subtle on_press=save busy=read.busy blocked=Signal::stored(blocked)>
                <span aria-hidden="true">{label}</span>
                <span class="visually-hidden">{said}</span>
            </Button>
        }
    };
    // Where nothing can be saved, the reason takes the lines that it needs.
    let line = (may_download && bill.has_files).then_some("nowrap");
    let xml = (bill.has_xml && may_download && bill.has_files).then(|| button("XML", "xml"));
    view! {
        <span class=line>{button("PDF", "pdf")} {xml}</span>
        {move || read.error.get().map(|error| ui::note(Tone::Bad, error.detail()))}
    }
    .into_any()
}
