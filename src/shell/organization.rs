//! The organization that the pages are about, and the way to another one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::session::SessionOrganization;

use super::close;
use crate::{paths, session, text, ui};

const ID: &str = "organizations";

/// A chip with the name; a menu for those who work for several organizations.
pub fn switch() -> AnyView {
    let session = session::current();
    (move || {
        let current = session.organization()?;
        let several = session
            .session()
            .is_some_and(|one| one.organizations.len() > 1);
        Some(if several {
            menu(&current)
        } else {
            chip(&current)
        })
    })
    .into_any()
}

fn names(organization: &SessionOrganization) -> AnyView {
    view! {
        {ui::icon("organization")}
        <span class="name">{organization.name.clone()}</span>
        <span class="muted num wide">{organization.partner_id.clone()}</span>
    }
    .into_any()
}

fn chip(organization: &SessionOrganization) -> AnyView {
    view! { <span class="chip bare">{names(organization)}</span> }.into_any()
}

fn menu(current: &SessionOrganization) -> AnyView {
    let id = current.id;
    let path = use_location().pathname;
    let item = move |one: SessionOrganization| {
        let here = one.id == id;
        let partner = text::shell::partner_id(&one.partner_id);
        let href = move || path.with(|path| paths::counterpart(&one.partner_id, path));
        let press = move |event: leptos::ev::MouseEvent| {
            // Nobody leaves a page, and what is tried out there, for itself.
            if here {
                event.prevent_default();
            }
            close(ID);
        };
        view! {
            <li>
                <a
                    class="menu-item"
                    aria-current=here.then_some("true")
                    href=href
                    on:click=press
                >
                    <span class="stacked">
                        <span>{one.name}</span>
                        <span class="small muted">{partner}</span>
                    </span>
                    {here.then(|| view! { <span class="end">{ui::icon("check")}</span> })}
                </a>
            </li>
        }
    };
    let all = session::current()
        .session()
        .map(|one| one.organizations.clone())
        .unwrap_or_default();
    view! {
        <button type="button" class="chip" popovertarget=ID>
            {names(current)}
            {ui::small_icon("chevron-down")}
        </button>
        <div id=ID class="menu start" popover="auto" role="group" aria-label=text::shell::SWITCH>
            <ul class="plain">{all.into_iter().map(item).collect_view()}</ul>
        </div>
    }
    .into_any()
}
