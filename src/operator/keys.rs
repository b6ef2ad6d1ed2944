//! Single keys: they act outside of fields, each control shows its own, and one switch turns them
//! off, which this browser remembers.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::text::operator::keys as words;
use crate::ui::{self, Check};

/// Where the browser remembers that they are off.
const KEPT: &str = "desk-keys";
const OFF: &str = "off";
/// The id of the panel with all of them.
const PANEL: &str = "desk-keys";

/// All keys with what they do, in the order in which they are told.
const ALL: &[(&str, &str)] = &[
    ("J", words::NEXT),
    ("K", words::PREVIOUS),
    ("A", words::ACCEPT),
    ("O", words::ASSIGN),
    ("R", words::RETURN),
    ("B", words::RETURNED),
    ("F", words::FEE),
    ("U", words::UNDO),
    ("/", words::FIND),
    ("?", words::ALL),
];

/// What decides works in fields too, and stays where single keys are off.
pub const DECIDE: &str = "Ctrl \u{21b5}";

/// Whether single keys are on.
#[derive(Clone, Copy)]
pub struct Keys {
    on: RwSignal<bool>,
}

/// What was pressed.
#[derive(Debug, PartialEq, Eq)]
pub enum Press {
    /// A single key, as a capital letter or a sign.
    Key(String),
    /// Ctrl and Enter, or Cmd and Enter.
    Decide,
}

impl Keys {
    /// As this browser remembers.
    pub fn remembered() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEPT).ok().flatten());
        Self {
            on: RwSignal::new(kept.as_deref() != Some(OFF)),
        }
    }

    fn set(self, on: bool) {
        self.on.set(on);
        // A browser that refuses to remember has them on the next time.
        let _ = storage().map(|storage| match on {
            true => storage.remove_item(KEPT),
            false => storage.set_item(KEPT, OFF),
        });
        ui::live::say(if on { words::ON } else { words::OFF });
    }

    /// Has `press` hear of keys as long as the page is there; whether it did something.
    pub fn listen(self, press: impl Fn(Press) -> bool + 'static) {
        let told = window_event_listener(ev::keydown, move |event| {
            let Some(pressed) = pressed(&event) else {
                return;
            };
            let is_single = matches!(pressed, Press::Key(_));
            if is_single && !self.on.get_untracked() {
                return;
            }
            let done = match &pressed {
                Press::Key(key) if key == "?" => {
                    show_all();
                    true
                }
                _ => press(pressed),
            };
            if done {
                event.prevent_default();
            }
        });
        on_cleanup(move || told.remove());
    }

    /// The key of a control, in small beside its words, while single keys are on.
    pub fn hint(self, key: &'static str) -> AnyView {
        let shown = move || self.on.get() || key == DECIDE;
        (move || {
            shown().then(|| {
                view! {
                    <kbd class="key" aria-hidden="true">
                        {key}
                    </kbd>
                }
            })
        })
        .into_any()
    }

    /// What a control says of its key to those who hear the page.
    pub fn shortcut(self, key: &'static str) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.on.get().then_some(key))
    }

    /// The button that shows all keys, and the panel with the switch.
    pub fn panel(self) -> AnyView {
        let line = |(key, does): &(&'static str, &'static str)| {
            view! {
                <dt>
                    <kbd class="key">{*key}</kbd>
                </dt>
                <dd>{*does}</dd>
            }
        };
        let all = ALL.iter().map(line).collect_view();
        let turn = Callback::new(move |on: bool| self.set(on));
        view! {
            <button type="button" class="button wide-only" popovertarget=PANEL aria-keyshortcuts="?">
                {words::KEYS}
                {self.hint("?")}
            </button>
            <div id=PANEL class="menu keys" popover="auto" role="group" aria-label=words::KEYS>
                <div class="about">
                    <h2>{words::KEYS}</h2>
                    <p class="small muted">{words::ABOUT}</p>
                    <Check label=words::USE checked=self.on on_change=turn />
                </div>
                <dl>
                    {all}
                    <dt>
                        <kbd class="key">{DECIDE}</kbd>
                    </dt>
                    <dd>{words::DECIDE}</dd>
                </dl>
            </div>
        }
        .into_any()
    }
}

/// What a press means, if it means something here.
fn pressed(event: &KeyboardEvent) -> Option<Press> {
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() {
        return (key == "Enter" && !event.repeat()).then_some(Press::Decide);
    }
    let is_sign = key.chars().count() == 1;
    if !is_sign || event.alt_key() || event.default_prevented() || is_typing(event) {
        return None;
    }
    Some(Press::Key(key.to_uppercase()))
}

/// Whether the key goes into a field. A button, a link or a radio button takes no letters.
fn is_typing(event: &KeyboardEvent) -> bool {
    const FIELDS: &str = "textarea, select, [contenteditable], \
        input:not([type=radio]):not([type=checkbox])";
    let target = event
        .target()
        .and_then(|one| one.dyn_into::<Element>().ok());
    target.is_some_and(|one| one.matches(FIELDS).unwrap_or(false))
}

fn show_all() {
    let panel = document().get_element_by_id(PANEL);
    if let Some(panel) = panel.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
        // Where it is open already, it closes.
        let _ = panel.toggle_popover();
        ui::focus_first(&panel, "input");
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
