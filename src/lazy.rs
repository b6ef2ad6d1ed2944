//! Pages whose code comes when they are opened.
//!
//! In a release build the workspace and the preview are a main part and chunks, one for each
//! [`Group`] of pages and some for what groups share (`crates/split` cuts, `xtask` packs). A
//! program declares its groups in its own file, with [`group!`](crate::group): a group that is
//! declared in this library would be in every program. A build for development has all pages in
//! its main part.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

#[doc(hidden)]
pub use leptos::prelude::AnyView;
use leptos::prelude::*;
use leptos::task::spawn_local;
#[doc(hidden)]
pub use leptos::wasm_split::{self as wasm_split_helpers, SplitLoaderError, wasm_split};
use membership_contract::session::SessionOrganization;

use crate::api::boot::{self, Fault};
use crate::api::connection::connection;
use crate::shell::heading::lead;
use crate::{session, text, ui};

/// What comes, or does not.
pub type Coming<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// What code gives that is there already.
pub fn now<T>(coming: impl Future<Output = Result<T, SplitLoaderError>>) -> Option<T> {
    let coming = std::pin::pin!(coming);
    match coming.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(made)) => Some(made),
        _ => None,
    }
}

/// Why the last code that was asked for did not come, for people.
pub fn why() -> String {
    text::lazy::why(&boot::fault())
}

/// Pages that come together. `A` says which of them, and what about.
pub struct Group<A: 'static> {
    /// Fetches the code; at once where it is there.
    pub load: fn() -> Coming<()>,
    /// Fetches it too, and makes a page.
    pub make: fn(A) -> Coming<AnyView>,
}

impl<A> Clone for Group<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Group<A> {}

impl<A: Clone + Send + Sync + 'static> Group<A> {
    /// A page: at once where its code is there, so that nothing flickers; else its outline, and
    /// then the page or why it does not come.
    pub fn show(self, argument: A) -> AnyView {
        let page = move || now((self.make)(argument.clone()));
        show(self.load, Box::new(page))
    }
}

/// A page about an organization.
pub type Show = Box<dyn Fn(SessionOrganization) -> AnyView + Send + Sync>;

impl<P: Copy + Send + Sync + 'static> Group<(P, SessionOrganization)> {
    /// One of the group's pages, for the gate before it.
    pub fn page(self, page: P) -> Show {
        Box::new(move |organization| self.show((page, organization)))
    }
}

/// Whether the code of a page is there.
#[derive(Clone)]
enum State {
    Coming,
    There,
    /// It did not come, while the connection was in this epoch.
    Failed(Fault, u32),
}

/// One for all groups, so that each costs little.
fn show(load: fn() -> Coming<()>, page: Box<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    let state = RwSignal::new(State::Coming);
    let epoch = connection().epoch;
    let session = session::current();
    (move || {
        let so_far = state.get();
        // What the connection took with it comes by itself when that is back.
        if let State::Failed(fault, then) = &so_far
            && (fault.needs_reload() || *then == epoch.get())
        {
            return failed(fault, Callback::new(move |()| state.set(State::Coming)));
        }
        if let Some(view) = page() {
            return view;
        }
        if !matches!(so_far, State::There) {
            let epoch = epoch.clone();
            spawn_local(async move {
                let came = load().await.is_ok();
                // The page may have been left by then.
                state.try_set(if came {
                    State::There
                } else {
                    // Tells whether the service is away, and looks out for it.
                    session.ask();
                    State::Failed(boot::fault(), epoch.get_untracked())
                });
            });
        }
        ui::skeleton(3)
    })
    .into_any()
}

/// In place of a page whose code did not come. The rest of the app goes on.
fn failed(fault: &Fault, again: Callback<()>) -> AnyView {
    let step = if fault.needs_reload() {
        view! {
            <ui::Button on_press=|()| reload() icon_name="retry">{text::lazy::RELOAD}</ui::Button>
        }
        .into_any()
    } else {
        view! {
            <ui::Button on_press=again icon_name="retry">{text::errors::RETRY}</ui::Button>
        }
        .into_any()
    };
    view! {
        {lead(text::lazy::TITLE.to_owned(), text::lazy::why(fault), ())}
        {step}
    }
    .into_any()
}

fn reload() {
    // Where that is refused, the page stays as it is.
    let _ = window().location().reload();
}

/// A function whose code is a chunk, and the one that fetches it: `load` and `call`, in a release
/// build. In a build for development the code is there.
#[cfg(not(debug_assertions))]
#[macro_export]
macro_rules! chunk {
    ($name:ident, ($($argument:ident: $type:ty),*) -> $gives:ty, $made:expr) => {
        use $crate::lazy::{SplitLoaderError, wasm_split, wasm_split_helpers};

        #[wasm_split($name, wasm_split_path = wasm_split_helpers, preload(load), fallible)]
        fn call($($argument: $type),*) -> Result<$gives, SplitLoaderError> {
            Ok($made)
        }
    };
}

/// The same in a build for development.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! chunk {
    ($name:ident, ($($argument:ident: $type:ty),*) -> $gives:ty, $made:expr) => {
        use $crate::lazy::SplitLoaderError;

        async fn load() -> Result<(), SplitLoaderError> {
            Ok(())
        }

        async fn call($($argument: $type),*) -> Result<$gives, SplitLoaderError> {
            Ok($made)
        }
    };
}

/// A group of pages of this program, by its name in [`groups`](crate::groups).
#[macro_export]
macro_rules! group {
    ($name:ident) => {{
        use $crate::groups::$name::{Which, page};

        $crate::chunk!($name, (which: Which) -> $crate::lazy::AnyView, page(which));
        $crate::lazy::Group::<Which> {
            load: || Box::pin(load()),
            make: |which| Box::pin(call(which)),
        }
    }};
}
