//! The six areas.

pub mod area;

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_domain::catalog::Program;

use super::standing;
use crate::counted::Counted;
use crate::shell::heading::lead;
use crate::text::designations as words;
use crate::workspace::{self, Workspace};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    workspace::with(&organization, |workspace| content(&workspace))
}

/// The programs that take a score.
fn listed(workspace: &Workspace) -> Vec<&Program> {
    let programs = workspace.catalog.programs.iter();
    programs.filter(|program| program.score.is_some()).collect()
}

fn content(workspace: &Workspace) -> AnyView {
    let counted = Counted::of(workspace);
    let control = counted.over(&listed(workspace));
    let workspace = workspace.clone();
    let rows = move || {
        let today = counted.today(counted.asked.get());
        let row = |program: &Program| {
            let assessed = today.program(&program.id)?;
            Some(standing::row(
                &workspace, &today, program, assessed, counted,
            ))
        };
        let rows = listed(&workspace).into_iter().filter_map(row);
        rows.collect_view()
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        {control}
        <section class="card">
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}
