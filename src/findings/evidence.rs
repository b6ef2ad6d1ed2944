//! The evidence behind a finding: what counted, and what did not and why.

use leptos::prelude::*;
use membership_domain::assess::{Finding, Item};
use membership_domain::sort;

use super::Place;
use crate::format;
use crate::text::findings as words;
use crate::ui::{self, Disclosure, Sort, SortHeader, Table, Tone};
use crate::workspace::Workspace;

/// So many rows a page draws; of more, all are on the pages of evidence.
const MOST: usize = 100;

/// What counted and what did not, behind a disclosure; nothing where there is no evidence.
pub fn evidence(workspace: &Workspace, place: Place<'_>, finding: &Finding) -> Option<AnyView> {
    let (counted, not_counted) = (finding.counted.len(), finding.not_counted.len());
    if counted + not_counted == 0 {
        return None;
    }
    let sorted = RwSignal::new(None::<(Column, Sort)>);
    let title = workspace.speaker().title(finding);
    let name = format!("{}: {title}", finding.rule.file);
    let head = move || {
        let header = |label: &'static str, column: Column| {
            let now = move || {
                sorted
                    .get()
                    .and_then(|(by, sort)| (by == column).then_some(sort))
            };
            let sort = move |sort| sorted.set(Some((column, sort)));
            view! { <SortHeader label=label sort=Signal::derive(now) on_sort=sort /> }
        };
        view! {
            {header(words::WHAT, Column::What)}
            {header(words::COUNTED, Column::Counted)}
            <th scope="col">{words::WHY}</th>
        }
    };
    let number = |count: usize| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    let summary = words::evidence(&number(counted), &number(not_counted));
    let total = counted + not_counted;
    let more = (total > MOST).then(|| {
        view! {
            <p class="small muted">
                {words::the_first(&number(MOST), &number(total))} " "
                <a href=place.all(finding)>{words::ALL_ROWS}</a>
            </p>
        }
    });
    let (workspace, finding) = (workspace.clone(), finding.clone());
    let drawn = ui::drawn(&name);
    let rows = move || {
        let shown = drawn
            .get()
            .then(|| in_order(&workspace, &finding, sorted.get()));
        shown.unwrap_or_default()
    };
    Some(
        view! {
            <Disclosure summary=summary name=name>
                <Table caption=words::evidence_for(&title) head=head>
                    {rows}
                </Table>
                {more}
            </Disclosure>
        }
        .into_any(),
    )
}

/// What the table can be sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    What,
    Counted,
}

/// The first rows; those that count come first, until somebody sorts them.
fn in_order(
    workspace: &Workspace,
    finding: &Finding,
    sorted: Option<(Column, Sort)>,
) -> Vec<AnyView> {
    let mut items: Vec<&Item> = finding.counted.iter().chain(&finding.not_counted).collect();
    match sorted {
        Some((Column::What, _)) => {
            sort::sort_by_key(&mut items, |item| workspace.speaker().item(item));
        }
        Some((Column::Counted, _)) => sort::sort_by_key(&mut items, |item| item.reason.is_some()),
        None => {}
    }
    if matches!(sorted, Some((_, Sort::Descending))) {
        items.reverse();
    }
    items
        .into_iter()
        .take(MOST)
        .map(|item| row(workspace, finding, item))
        .collect()
}

fn row(workspace: &Workspace, finding: &Finding, item: &Item) -> AnyView {
    let speaker = workspace.speaker();
    let mark = match &item.reason {
        None => ui::tag(Tone::Good, words::COUNTED),
        Some(_) => ui::tag(Tone::Warn, words::NOT_COUNTED),
    };
    let why = match (&item.reason, item.until) {
        (Some(reason), _) => speaker.reason(reason),
        (None, Some(until)) => words::until(&crate::format::day(until)),
        (None, None) => amount(workspace, finding, item).unwrap_or_default(),
    };
    view! {
        <tr>
            <th scope="row">{speaker.item(item)}</th>
            <td data-label=words::COUNTED>{mark}</td>
            <td data-label=words::WHY>{why}</td>
        </tr>
    }
    .into_any()
}

/// How much of the measured value an item has, with its unit.
fn amount(workspace: &Workspace, finding: &Finding, item: &Item) -> Option<String> {
    use membership_domain::assess::{Kind, MeasureUnit};
    let amount = item.amount?;
    let speaker = workspace.speaker();
    match &finding.kind {
        Kind::Part { measured, .. } | Kind::Measure { measured, .. } => match measured.unit {
            MeasureUnit::Percent(value) | MeasureUnit::More(value) => Some(words::change(
                &speaker.amount(amount, value),
                amount.is_positive(),
            )),
            MeasureUnit::Amount(value) => Some(speaker.amount(amount, value)),
            _ => Some(speaker.number(amount)),
        },
        _ => None,
    }
}
