//! The rule behind a finding: its version, its source, and how sure it is.

use leptos::prelude::*;
use membership_contract::text::en;
use membership_domain::assess::RuleRef;
use membership_domain::catalog::{Certainty, Cite};

use crate::text::findings as words;
use crate::ui;
use crate::workspace::Workspace;

/// "Rule of 3 October 2022; source: …", with a mark where the value is not documented.
pub fn rule_line(workspace: &Workspace, rule: &RuleRef) -> AnyView {
    let source = workspace.catalog.source(&rule.source);
    let dated = source.and_then(|source| source.date.map(crate::format::day));
    let title = source.map_or(&*rule.source, |source| &source.title);
    let from = crate::format::day(rule.effective_from);
    let text = words::rule(&from, title, dated.as_deref());
    view! {
        <p class="why cluster">
            <span title=rule.file.to_string()>{text}</span>
            {mark(rule.certainty)}
        </p>
    }
    .into_any()
}

/// The mark of a value that is not documented; nothing where it is.
pub fn certainty_mark(cite: &Cite) -> Option<AnyView> {
    mark(cite.certainty)
}

fn mark(certainty: Certainty) -> Option<AnyView> {
    match certainty {
        Certainty::Documented => None,
        Certainty::Sample => Some(ui::sample()),
        other => {
            let why = en::certainty_explained(other);
            Some(ui::honest(en::certainty(other), why))
        }
    }
}
