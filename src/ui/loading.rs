//! What stands where something is still to come.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::failure;
use crate::api::Remote;
use crate::api::remote::Load;
use crate::text;

/// Sooner than that nothing flickers.
const UNNOTICED: Duration = Duration::from_millis(150);
/// Later than that people want to know that it is still under way.
const SLOW: Duration = Duration::from_secs(8);

/// Gray shapes of about the right height: a heading, and `blocks` of what follows.
pub fn skeleton(blocks: usize) -> AnyView {
    let shown = after(UNNOTICED);
    let slow = after(SLOW);
    let bones = move || {
        shown.get().then(|| {
            let bone = |class: &'static str| view! { <div class=class></div> };
            view! {
                <div class="skeleton" aria-hidden="true">
                    {bone("bone title")}
                    {(0..blocks).map(|_| bone("bone block")).collect_view()}
                </div>
            }
        })
    };
    view! {
        <div role="status">
            <span class="visually-hidden">{text::loading::LOADING}</span>
            {bones}
            {move || slow.get().then(|| view! { <p class="muted">{text::loading::SLOW}</p> })}
        </div>
    }
    .into_any()
}

/// False, and true once this much time has passed.
fn after(time: Duration) -> ReadSignal<bool> {
    let (passed, set_passed) = signal(false);
    let pass = move || {
        set_passed.try_set(true);
    };
    let timer = set_timeout_with_handle(pass, time);
    if let Ok(timer) = timer {
        on_cleanup(move || timer.clear());
    }
    passed
}

/// The view of a loaded value; until then its skeleton, or why it could not be loaded.
pub fn loaded<T>(
    remote: Remote<T>,
    view: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Send + Sync + 'static,
{
    let load = Signal::derive(move || remote.load());
    let retry = Callback::new(move |()| remote.reload());
    when_ready(load, retry, move || remote.get().map(&view).into_any())
}

/// The same for what depends on several values (see [`Load::all`]). `view` runs again whenever
/// something that it reads changes.
pub fn when_ready(
    load: Signal<Load>,
    retry: Callback<()>,
    view: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let load = Memo::new(move |_| load.get());
    (move || match load.get() {
        Load::Waiting => skeleton(3),
        Load::Failed(error) => failure(&error, retry),
        Load::Ready => view(),
    })
    .into_any()
}

/// One view while something holds, and another one otherwise.
///
/// What decides is read here and nowhere below: an effect that reads a memo and another one made
/// of it misses a change of the first that leaves the second as it was (`reactive_graph` 0.2).
pub fn instead_while(
    holds: impl Fn() -> bool + Send + Sync + 'static,
    instead: impl Fn() -> AnyView + Send + Sync + 'static,
    usual: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let holds = Memo::new(move |_| holds());
    (move || if holds.get() { instead() } else { usual() }).into_any()
}
