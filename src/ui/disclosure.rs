//! More of something, on demand.

use std::collections::BTreeSet;

use leptos::prelude::*;

/// The names of the disclosures that somebody opened on a page.
#[derive(Clone, Copy)]
pub struct Opened(StoredValue<BTreeSet<String>>);

impl Opened {
    /// Remembers, for everything below.
    pub fn provide() {
        provide_context(Self(StoredValue::new(BTreeSet::new())));
    }
}

/// A native disclosure: found by "find in page", works without us.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// What it is called among those of the page: one that is drawn anew stays open.
    #[prop(optional, into)]
    name: Option<String>,
    /// The inside.
    children: Children,
) -> impl IntoView {
    let opened = use_context::<Opened>();
    let was_open = match (&opened, &name) {
        (Some(Opened(names)), Some(name)) => names.with_value(|names| names.contains(name)),
        _ => false,
    };
    let remember = move |event: leptos::ev::Event| {
        let (Some(Opened(names)), Some(name)) = (&opened, &name) else {
            return;
        };
        let is_open = event_target::<web_sys::Element>(&event).has_attribute("open");
        names.try_update_value(|names| {
            if is_open {
                names.insert(name.clone());
            } else {
                names.remove(name);
            }
        });
    };
    view! {
        <details class="disclosure" open=open || was_open on:toggle=remember>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
