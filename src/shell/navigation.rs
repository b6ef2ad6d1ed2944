//! The side navigation: a column on a wide screen, a popover behind the menu button on a small one.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_domain::roles::{Permission, Role, may};

use super::close_on_navigation;
use crate::api::boot;
use crate::{paths, text, ui};

/// The id of the navigation, for the menu button.
pub const ID: &str = "navigation";

struct Entry {
    label: &'static str,
    path: paths::Page,
    icon: &'static str,
}

const WORKSPACE: &[Entry] = &[
    Entry {
        label: text::shell::OVERVIEW,
        path: paths::OVERVIEW,
        icon: "home",
    },
    Entry {
        label: text::shell::PROGRAMS,
        path: paths::PROGRAMS,
        icon: "programs",
    },
    Entry {
        label: text::shell::DESIGNATIONS,
        path: paths::DESIGNATIONS,
        icon: "designations",
    },
    Entry {
        label: text::shell::SPECIALIZATIONS,
        path: paths::SPECIALIZATIONS,
        icon: "certificate",
    },
    Entry {
        label: text::shell::EVIDENCE,
        path: paths::EVIDENCE,
        icon: "person",
    },
];

const OFFERS: Entry = Entry {
    label: text::shell::OFFERS,
    path: paths::OFFERS,
    icon: "offer",
};

const BILLS: Entry = Entry {
    label: text::shell::BILLS,
    path: paths::BILLS,
    icon: "bill",
};

const BILLING: Entry = Entry {
    label: text::shell::BILLING,
    path: paths::BILLING,
    icon: "organization",
};

const ACCESS: Entry = Entry {
    label: text::shell::ACCESS,
    path: paths::ACCESS,
    icon: "access",
};

const RECORD: Entry = Entry {
    label: text::company::TITLE,
    path: paths::COMPANY,
    icon: "organization",
};

const PEOPLE: Entry = Entry {
    label: text::users::TITLE,
    path: paths::USERS,
    icon: "person",
};

const TOKENS: Entry = Entry {
    label: text::tokens::TITLE,
    path: paths::TOKENS,
    icon: "access",
};

const LOG: Entry = Entry {
    label: text::audit::TITLE,
    path: paths::AUDIT,
    icon: "history",
};

/// In a preview, where nobody has an account.
const LOCAL: &[Entry] = &[Entry {
    label: text::start::YOUR_DATA,
    path: paths::START,
    icon: "organization",
}];

/// The navigation of somebody with these roles: only what they may see.
pub fn side(roles: &[Role]) -> AnyView {
    close_on_navigation(ID);
    let workspace = may(roles, Permission::SeeWorkspace);
    let buying = [
        (Permission::SeeWorkspace, &OFFERS),
        (Permission::ViewOrders, &BILLS),
        (Permission::ViewOrders, &BILLING),
    ];
    let own = [
        (Permission::ViewProfiles, &RECORD),
        (Permission::ViewOwnAccess, &ACCESS),
        (Permission::ViewUsers, &PEOPLE),
        (Permission::ManageTokens, &TOKENS),
        (Permission::ViewAudit, &LOG),
    ];
    // One's own access is of use also where one has none.
    let sees = |needed| needed == Permission::ViewOwnAccess || may(roles, needed);
    let seen = |all: &[(Permission, &'static Entry)], label| {
        let seen: Vec<_> = all.iter().filter(|(needed, _)| sees(*needed)).collect();
        (!seen.is_empty()).then(|| group(label, seen.into_iter().map(|(_, entry)| *entry)))
    };
    let last = match boot::local() {
        Some(_) => (None, Some(group(text::shell::PREVIEW, LOCAL.iter()))),
        None => (
            seen(&buying, text::shell::PURCHASES),
            seen(&own, text::shell::ACCOUNT),
        ),
    };
    view! {
        <nav id=ID class="side" popover="auto" aria-label=text::shell::NAVIGATION>
            {workspace.then(|| group(text::shell::WORKSPACE, WORKSPACE.iter()))}
            {last.0}
            {last.1}
        </nav>
    }
    .into_any()
}

fn group(label: &'static str, entries: impl Iterator<Item = &'static Entry>) -> AnyView {
    view! {
        <h2>{label}</h2>
        <ul>{entries.map(link).collect_view()}</ul>
    }
    .into_any()
}

fn link(entry: &'static Entry) -> AnyView {
    let here = use_location().pathname;
    let target = move || entry.path.followed();
    let current = move || here.with(|here| relation(&entry.path.followed(), here));
    view! {
        <li>
            <a href=target aria-current=current>
                {ui::icon(entry.icon)}
                {entry.label}
            </a>
        </li>
    }
    .into_any()
}

/// How an entry relates to the page that is shown: it is that page, or a page above it.
fn relation(entry: &str, here: &str) -> Option<&'static str> {
    if here == entry {
        return Some("page");
    }
    // The overview's own address ends with a slash, and is above nothing.
    let below = here
        .strip_prefix(entry)
        .is_some_and(|rest| rest.starts_with('/'));
    below.then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_current_on_its_page_and_below() {
        assert_eq!(relation("/programs", "/programs"), Some("page"));
        assert_eq!(
            relation("/programs", "/programs/azure-expert-msp"),
            Some("true")
        );
        assert_eq!(relation("/programs", "/programs-of-old"), None);
        assert_eq!(relation("/", "/"), Some("page"));
        assert_eq!(relation("/", "/programs"), None);
    }
}
