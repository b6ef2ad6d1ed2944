//! The six areas.

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;

use super::standing;
use crate::shell::heading::lead;
use crate::text::designations as words;
use crate::workspace::{self, Workspace};

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    workspace::with(&organization, |workspace| content(&workspace))
}

fn content(workspace: &Workspace) -> AnyView {
    let today = workspace.today();
    let rows = (workspace.catalog.programs.iter())
        .filter(|program| program.score.is_some())
        .filter_map(|program| {
            let assessed = today.program(&program.id)?;
            Some(standing::row(workspace, &today, program, assessed))
        })
        .collect_view();
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <section class="card">
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}
