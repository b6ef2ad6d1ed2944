//! A program: what it is, what it takes, what it gives, and a preview.

mod benefits;
mod terms;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_domain::catalog::Program;

use crate::api::boot;
use crate::findings::{Place, certainty_mark, checklist};
use crate::pages::standing;
use crate::preview::{self, Preview};
use crate::shell::heading::lead;
use crate::text::{programs as words, shell};
use crate::ui::{self, LinkButton, Tone};
use crate::workspace::{self, Workspace};
use crate::{format, paths};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("program"))
            .unwrap_or_default()
    });
    workspace::with(&organization, move |workspace| {
        let workspace = StoredValue::new(workspace);
        (move || {
            let id = id.get();
            workspace.with_value(|workspace| match workspace.catalog.program(&id) {
                Some(program) => content(workspace, program),
                None => unknown(),
            })
        })
        .into_any()
    })
}

fn above() -> AnyView {
    let all = paths::PROGRAMS.href();
    ui::crumbs(vec![(shell::PROGRAMS.to_owned(), all)])
}

fn unknown() -> AnyView {
    let all = paths::PROGRAMS.href();
    view! {
        {above()}
        {lead(words::UNKNOWN.to_owned(), words::UNKNOWN_WHY, ())}
        <p>
            <a href=all>{words::SHOW_ALL}</a>
        </p>
    }
    .into_any()
}

fn content(workspace: &Workspace, program: &Program) -> AnyView {
    let preview = Preview::of(workspace);
    let availability =
        en::availability(program.availability).map(|text| ui::tag(Tone::Quiet, text));
    let counted = preview.counted;
    let score = program.score.clone().map(|score| {
        move || {
            let href = paths::with_query(&paths::area(&score), &[counted.field()]);
            view! { <LinkButton href=href>{words::SEE_SCORE}</LinkButton> }
        }
    });
    let offer = workspace.catalog.offer_of(&program.id);
    let offer = offer.filter(|_| boot::local().is_none()).map(|_| {
        view! { <LinkButton href=paths::OFFERS.href()>{words::SEE_OFFERS}</LinkButton> }
    });
    let actions = view! { {score} {offer} };
    let counted = counted.program(program);
    let counted = counted.map(|differs| preview.provenance(differs));
    let about = view! {
        <span class="cluster">
            {program.solution_area.clone()}
            {availability}
        </span>
    };
    view! {
        {above()}
        {lead(program.name.clone(), about, actions)}
        {preview.banner()}
        {counted}
        <div class="columns">
            <div class="stack">
                {now(preview, program)}
                {requirements(preview, program)}
                {tiers(preview, program)}
                {about_program(program)}
                {terms::card(workspace, program)}
                {benefits::card(workspace, program)}
            </div>
            {preview::for_program(preview, program)}
        </div>
    }
    .into_any()
}

/// Where the partner stands, today or in the preview.
fn now(preview: Preview, program: &Program) -> AnyView {
    let (id, kind) = (program.id.clone(), program.kind);
    let inside = move || {
        let shown = preview.shown.get();
        let assessed = shown.program(&id)?;
        let says = preview
            .workspace
            .with_value(|workspace| workspace.speaker().stands(assessed, &shown));
        Some(view! {
            <div class="cluster">{standing::mark(assessed.standing, kind)}</div>
            <p>{says}</p>
        })
    };
    view! {
        <section class="card" data-standing="">
            <div class="body">{inside}</div>
        </section>
    }
    .into_any()
}

fn requirements(preview: Preview, program: &Program) -> AnyView {
    let id = program.id.clone();
    let tree = move || {
        let shown = preview.shown.get();
        let today = preview.today.get();
        let Some(root) = shown
            .program(&id)
            .and_then(|assessed| assessed.root.as_ref())
        else {
            return view! { <p class="muted">{words::NO_RULE}</p> }.into_any();
        };
        let was = today
            .program(&id)
            .and_then(|assessed| assessed.root.as_ref());
        preview.workspace.with_value(|workspace| {
            let place = Place::program(&id, preview.basis.get());
            // A root that only says "all of these" is the page itself.
            if root.children.is_empty() {
                checklist(
                    workspace,
                    place,
                    std::slice::from_ref(root),
                    &was.cloned().into_iter().collect::<Vec<_>>(),
                )
            } else {
                checklist(
                    workspace,
                    place,
                    &root.children,
                    was.map(|was| was.children.as_slice()).unwrap_or_default(),
                )
            }
        })
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::REQUIREMENTS}</h2>
            </header>
            <div class="body">{tree}</div>
        </section>
    }
    .into_any()
}

/// What each tier takes; nothing where the program has none.
fn tiers(preview: Preview, program: &Program) -> Option<AnyView> {
    let has_tiers = program.rules.iter().any(|rule| !rule.tiers.is_empty());
    let id = program.id.clone();
    let stages = program.stages.clone();
    let list = move || {
        let (today, shown) = (preview.today.get(), preview.shown.get());
        let (was, now) = (today.program(&id)?, shown.program(&id)?);
        let reached = now.tier.as_ref().and_then(|tier| {
            let stage = stages.iter().find(|stage| stage.id == *tier)?;
            Some(ui::tag(Tone::Good, words::tier(&stage.name)))
        });
        let reached = reached.unwrap_or_else(|| ui::tag(Tone::Quiet, words::NO_TIER));
        let locations = now.locations.iter().map(|known| {
            let tier = stages
                .iter()
                .find(|stage| Some(&stage.id) == known.tier.as_ref());
            let tier = tier
                .map_or(words::NO_TIER, |stage| stage.name.as_str())
                .to_owned();
            view! {
                <li>
                    <span class="strong">{known.location.to_string()}</span>
                    {format!(": {tier}")}
                </li>
            }
        });
        let locations = (!now.locations.is_empty()).then(|| {
            view! {
                <h3>{words::LOCATIONS}</h3>
                <ul class="changes">{locations.collect_view()}</ul>
            }
        });
        let tiers = preview.workspace.with_value(|workspace| {
            checklist(
                workspace,
                Place::program(&id, preview.basis.get()),
                &now.tiers,
                &was.tiers,
            )
        });
        Some(view! {
            <div class="cluster">{reached}</div>
            {locations}
            {tiers}
        })
    };
    has_tiers.then(|| {
        view! {
            <section class="card">
                <header>
                    <h2>{words::TIERS}</h2>
                </header>
                <div class="body">{list}</div>
            </section>
        }
        .into_any()
    })
}

fn about_program(program: &Program) -> AnyView {
    let facts = (!program.facts.is_empty()).then(|| {
        let facts = program.facts.iter().map(|fact| {
            let mark = fact.cite().and_then(certainty_mark);
            view! { <li>{fact.text().to_owned()} " " {mark}</li> }
        });
        view! {
            <h3>{words::FACTS}</h3>
            <ul class="changes">{facts.collect_view()}</ul>
        }
    });
    let stages = (!program.stages.is_empty()).then(|| {
        let stages = program.stages.iter().map(|stage| {
            view! {
                <li>
                    <span class="strong">{stage.name.clone()}</span>
                    {format!(": {}", stage.summary)}
                </li>
            }
        });
        view! {
            <h3>{words::STAGES}</h3>
            <ol class="changes">{stages.collect_view()}</ol>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{words::ABOUT_PROGRAM}</h2>
                {certainty_mark(&program.cite)}
            </header>
            <div class="body">
                <p>{program.summary.clone()}</p>
                {facts}
                {stages}
            </div>
        </section>
    }
    .into_any()
}

/// Minor units as money, or the words for nothing.
fn fee(amount: Option<i64>, currency: &str) -> String {
    match amount {
        None => words::FEE_UNKNOWN.to_owned(),
        Some(0) => words::NO_FEE.to_owned(),
        Some(amount) => format::money(amount, currency),
    }
}
