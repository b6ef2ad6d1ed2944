//! A page with a form: it is filled once from what was read, so that what is typed later stays,
//! whatever arrives.

use std::sync::Arc;

use leptos::prelude::*;

use leptos_router::params::ParamsMap;

use crate::api::remote::Load;
use crate::go::query;
use crate::ui;

/// Draws a form that was filled before.
pub type Filled = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// The page of what the address names behind its path: another one where that changes, since the
/// router takes both for the same page.
pub fn of_address(page: impl Fn(ParamsMap) -> AnyView + Send + Sync + 'static) -> AnyView {
    let query = query();
    (move || page(query.get())).into_any()
}

/// What the page waits for.
pub struct Page {
    /// Whether everything is there that fills the form.
    pub load: Signal<Load>,
    /// Asks for it again.
    pub retry: Callback<()>,
    /// Whether what the address names is not there.
    pub gone: Signal<bool>,
    /// What is shown then.
    pub instead: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

/// The page; `fill` is called once, when everything is there.
pub fn page(page: Page, fill: impl Fn() -> Filled + Send + Sync + 'static) -> AnyView {
    let Page {
        load,
        retry,
        gone,
        instead,
    } = page;
    // What is typed belongs to the page, and not to the view of what arrived first.
    let filled = StoredValue::new(None::<Filled>);
    let owner = Owner::current().unwrap_or_default();
    let view = Arc::new(move || {
        let draw = filled.get_value().unwrap_or_else(|| {
            let draw = owner.with(|| untrack(&fill));
            filled.set_value(Some(draw.clone()));
            draw
        });
        draw()
    });
    let usual = move || {
        let view = view.clone();
        ui::when_ready(load, retry, move || view())
    };
    ui::instead_while(move || gone.get(), move || instead(), usual)
}
