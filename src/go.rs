//! Going to another address of the app, as a link does, and what an address asks for.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::params::ParamsMap;

/// What going there does to the way back and to the page's place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A new page: the one before can be gone back to, and this one is seen from its top.
    On,
    /// In place of the page before.
    Instead,
    /// The same page with something else in its address, and where it stands.
    Here,
}

/// What [`use_go`] gives, to be kept.
pub type Go = Box<dyn Fn(&str)>;

/// Goes to addresses as `paths` gives them. They are whole; the router is told so, since it would
/// put the app's base before them once more.
pub fn use_go(step: Step) -> impl Fn(&str) + Clone {
    let navigate = use_navigate();
    move |address| {
        let options = NavigateOptions {
            resolve: false,
            replace: step != Step::On,
            scroll: step != Step::Here,
            ..NavigateOptions::default()
        };
        navigate(address, options);
    }
}

/// What the page's address asks for behind its path. The router's own `use_query_map` stays as it
/// was where the same page opens for something else, as for another organization.
pub fn query() -> Memo<ParamsMap> {
    let location = use_location();
    let page = location.pathname.get_untracked();
    Memo::new(move |before: Option<&ParamsMap>| {
        let is_left = location.pathname.with(|path| *path != page);
        match before {
            // The next page's query is not for this one.
            Some(before) if is_left => before.clone(),
            _ => location.query.get(),
        }
    })
}
