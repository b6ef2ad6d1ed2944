//! The heading of a page: the tab's title, and where focus goes after navigation.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::session::{self, Current};
use crate::{paths, text, ui};

/// The path whose heading was last shown, or at which the person arrived, so that focus moves once for each navigation.
#[derive(Clone, Copy)]
struct Shown(StoredValue<String>);

/// Remembers, for all headings, where the person was: at first, where they arrived.
pub fn provide() {
    let arrived = use_location().pathname.get_untracked();
    provide_context(Shown(StoredValue::new(arrived)));
}

/// The one `h1` of a page. It takes focus when the person came here from another page of the
/// app, so that keyboard and screen reader start at the top of what is new.
pub fn heading(title: impl Into<Signal<String>>) -> AnyView {
    let title = title.into();
    let element = NodeRef::<html::H1>::new();
    let path = use_location().pathname;
    let shown = use_context::<Shown>();

    let session = session::current();
    Effect::new(move |_| {
        let organization = session.one_of_several();
        let title = text::shell::document_title(&title.get(), organization.as_deref());
        document().set_title(&title);
    });
    Effect::new(move |_| {
        let path = path.get();
        let (Some(element), Some(Shown(shown))) = (element.get(), shown) else {
            return;
        };
        // The heading of the page that is left hears of the new path too; a frame later it is gone.
        request_animation_frame(move || {
            if element.is_connected() {
                arrive(&element, shown, path, session);
            }
        });
    });
    view! {
        <h1 tabindex="-1" node_ref=element>
            {move || title.get()}
        </h1>
    }
    .into_any()
}

/// Moves focus, unless this page was here before, or is the first one: that keeps the browser's
/// own start, so that the skip link is found first. Says so, and for whom, where that changed too.
fn arrive(
    element: &web_sys::HtmlElement,
    shown: StoredValue<String>,
    path: String,
    session: Current,
) {
    let before = shown.get_value();
    let (whose, now) = (paths::named(&before), paths::named(&path));
    // An old address that was made whole is the page at which the person arrived.
    let same =
        paths::page_of(&before) == paths::page_of(&path) && (whose.is_none() || whose == now);
    let turned = whose.is_some() && whose != now;
    shown.set_value(path);
    if !same {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Where focus cannot be moved it stays where it was.
        let _ = element.focus_with_options(&options);
        let heading = element.text_content().unwrap_or_default();
        let organization = untrack(|| session.one_of_several()).filter(|_| turned);
        ui::live::say(&organization.map_or(heading.clone(), |one| text::shell::at(&heading, &one)));
    }
}

/// The start of a page: its heading, a line about it, and what can be done with it as a whole.
pub fn lead(
    title: impl Into<Signal<String>>,
    about: impl IntoAny,
    actions: impl IntoAny,
) -> AnyView {
    view! {
        <div class="lead">
            <div class="title">
                {heading(title)}
                <div class="muted">{about.into_any()}</div>
            </div>
            <div class="cluster">{actions.into_any()}</div>
        </div>
    }
    .into_any()
}
