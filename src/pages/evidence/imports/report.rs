//! What a file would change: counts, refused lines with their reasons, changes, and the button.

use leptos::prelude::*;
use membership_contract::import::Refused;
use membership_contract::text::en;
use membership_import::Line;

use super::Page;
use crate::api::reader::Read;
use crate::text::imports as words;
use crate::ui::{self, Button, Disclosure, Kind, Table, Tone};
use crate::{download, format};

/// As many rows as somebody reads; a file with all of them can be downloaded beside.
const SHOWN: usize = 50;

/// The report of a file that leaves nothing open.
pub fn card(page: Page, read: &Read) -> AnyView {
    let counts = read.report.counts;
    let lines = counts.added + counts.changed;
    let blocked = (lines == 0).then(|| {
        let known = counts.unchanged > 0;
        let why = match (known, counts.refused) {
            (false, _) if counts.left > 0 => words::ONLY_LEFT,
            (false, 0) if read.report.kind == membership_import::Kind::Evidence => words::NO_ROWS,
            (false, 0) => words::NO_LINES,
            (true, 0) => words::NOTHING_NEW,
            (true, _) => words::REST_KNOWN,
            (false, _) => words::ALL_REFUSED,
        };
        why.to_owned()
    });
    let import = {
        let read = read.clone();
        Callback::new(move |()| page.import(&read))
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::kind(read.report.kind)}</h2>
                <span class="num">{words::summary(&counts)}</span>
            </header>
            {refused(read)}
            <div class="body">
                {changes(read)}
                <div class="cluster">
                    <Button
                        kind=Kind::Primary
                        on_press=import
                        busy=page.upload.busy
                        blocked=Signal::derive(move || blocked.clone())
                    >
                        {words::import(lines)}
                    </Button>
                </div>
                {page.sending()}
                {page.refusal()}
            </div>
        </section>
    }
    .into_any()
}

fn refused(read: &Read) -> Option<AnyView> {
    let all = read.report.counts.refused;
    if all == 0 {
        return None;
    }
    let csv = read.refused.clone();
    let save = Callback::new(move |()| download::save("refused.csv", "text/csv", &csv));
    let place = words::column(read.report.kind);
    let row = |refused: &Refused| {
        view! {
            <tr>
                <td data-label=words::LINE class="num">{format::number(whole(refused.line))}</td>
                <td data-label=place>{refused.column.clone().unwrap_or_default()}</td>
                <td data-label=words::VALUE class="cut">{refused.value.clone()}</td>
                <td data-label=words::REASON>{refused.detail.clone()}</td>
            </tr>
        }
    };
    let rows = read
        .report
        .refused
        .iter()
        .take(SHOWN)
        .map(row)
        .collect_view();
    Some(
        view! {
            <div class="body">
                {ui::note(Tone::Warn, words::left_out(all))}
                <div class="cluster">
                    <Button on_press=save>{words::DOWNLOAD_REFUSED}</Button>
                </div>
            </div>
            <Table
                caption=words::refused(SHOWN, all)
                head=move || {
                    [words::LINE, place, words::VALUE, words::REASON]
                        .map(|name| view! { <th scope="col">{name}</th> })
                }
            >
                {rows}
            </Table>
        }
        .into_any(),
    )
}

fn changes(read: &Read) -> Option<AnyView> {
    let lines: Vec<Line> = read.report.lines.iter().take(SHOWN).cloned().collect();
    if lines.is_empty() {
        return None;
    }
    let counts = read.report.counts;
    let all = counts.added + counts.changed + counts.unchanged + counts.left;
    let row = |line: Line| {
        let becomes = en::line_outcome(&line);
        view! {
            <tr>
                <td data-label=words::LINE class="num">{format::number(whole(line.line))}</td>
                <td data-label=words::ABOUT_WHAT>{line.about}</td>
                <td data-label=words::BECOMES>{becomes}</td>
            </tr>
        }
    };
    let csv = read.used.clone();
    let save = Callback::new(move |()| download::save("lines.csv", "text/csv", &csv));
    let table = move || {
        view! {
            <div class="cluster">
                <Button on_press=save>{words::DOWNLOAD_LINES}</Button>
            </div>
            <Table
                caption=words::used(SHOWN, all)
                head=|| {
                    [words::LINE, words::ABOUT_WHAT, words::BECOMES]
                        .map(|name| view! { <th scope="col">{name}</th> })
                }
            >
                {lines.clone().into_iter().map(row).collect_view()}
            </Table>
        }
    };
    Some(view! { <Disclosure summary=words::LINES name="lines">{table()}</Disclosure> }.into_any())
}

fn whole(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}
