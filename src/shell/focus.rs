//! Focus that is not lost: where a control is drawn anew, or goes, the keyboard stays on the page.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, FocusEvent, HtmlElement, MutationObserver, MutationObserverInit};

use super::give_focus;

/// What had the focus last: what it is, what it says, and on which page.
struct Last {
    element: HtmlElement,
    tag: String,
    label: String,
    path: String,
}

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

/// When it is looked for what came instead: a list may be asked for first.
const LATER: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(300),
    Duration::from_millis(1000),
];

/// Watches the page, once for the whole program.
pub fn keep() {
    window_event_listener(leptos::ev::focusin, |event| {
        let target = event.target();
        let element = target.and_then(|one| one.dyn_into::<HtmlElement>().ok());
        LAST.set(element.map(|element| Last {
            tag: element.tag_name(),
            label: label(&element),
            path: path(),
            element,
        }));
    });
    window_event_listener(leptos::ev::focusout, |event: FocusEvent| {
        if event.related_target().is_none() {
            // Whoever leaves a control that stays wants no focus.
            let left =
                || LAST.with_borrow_mut(|last| last.take_if(|one| one.element.is_connected()));
            set_timeout(move || drop(left()), Duration::ZERO);
        }
    });
    let changed = Closure::<dyn FnMut()>::new(|| {
        let gone = LAST.with_borrow_mut(|last| last.take_if(|one| !one.element.is_connected()));
        if let Some(gone) = gone {
            find(gone, 0);
        }
    });
    let all = MutationObserverInit::new();
    all.set_child_list(true);
    all.set_subtree(true);
    // Where a browser has none of it, focus is lost as it would be without us.
    if let Ok(watch) = MutationObserver::new(changed.as_ref().unchecked_ref()) {
        let _ = watch.observe_with_options(&document(), &all);
    }
    changed.forget();
}

/// Gives the focus to what came instead, else to the content of the page. Nothing is done where
/// something has it already, or where another page opened: that has its heading.
fn find(gone: Last, turn: usize) {
    let Some(later) = LATER.get(turn) else {
        return give_focus("main");
    };
    set_timeout(
        move || {
            let has_focus = document()
                .active_element()
                .is_some_and(|one| one.tag_name() != "BODY");
            if has_focus || gone.path != path() {
                return;
            }
            let all = document().get_elements_by_tag_name(&gone.tag);
            let mut same = (0..all.length())
                .filter_map(|at| all.item(at))
                .filter(|one| label(one) == gone.label);
            // Of several nobody knows which it was.
            let only = same.next().filter(|_| same.next().is_none());
            match only.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
                Some(same) if !gone.label.is_empty() => {
                    let _ = same.focus();
                }
                _ => find(gone, turn + 1),
            }
        },
        *later,
    );
}

fn label(element: &Element) -> String {
    let told = element.get_attribute("aria-label");
    told.or_else(|| element.text_content()).unwrap_or_default()
}

fn path() -> String {
    document().location().map_or_else(String::new, |location| {
        location.pathname().unwrap_or_default()
    })
}
