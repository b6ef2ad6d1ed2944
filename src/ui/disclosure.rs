//! More of something, on demand.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::prelude::*;

/// The names of the disclosures that somebody opened on a page.
#[derive(Clone, Copy)]
pub struct Opened(StoredValue<BTreeSet<String>>);

impl Opened {
    /// Remembers, for everything below.
    pub fn provide() {
        provide_context(Self(StoredValue::new(BTreeSet::new())));
    }

    fn has(name: &str) -> bool {
        use_context().is_some_and(|Self(names)| names.with_value(|names| names.contains(name)))
    }
}

/// How long what nobody sees may wait, so that presses in a preview do not draw it each time.
const LATER: Duration = Duration::from_millis(200);

/// Whether the inside of a disclosure of this name is drawn: at once where it is open, and a
/// little later where it is not, since "find in page" looks there too.
pub fn drawn(name: &str) -> RwSignal<bool> {
    let drawn = RwSignal::new(Opened::has(name));
    if !drawn.get_untracked() {
        let later = set_timeout_with_handle(
            move || {
                let _ = drawn.try_set(true);
            },
            LATER,
        );
        on_cleanup(move || {
            let _ = later.map(|later| later.clear());
        });
    }
    drawn
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
    let was_open = name.as_deref().is_some_and(Opened::has);
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
