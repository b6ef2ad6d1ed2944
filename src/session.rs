//! Who is signed in, for which organization, and what they may do.

mod again;
mod asked;
mod last;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use membership_contract::paths as api_paths;
use membership_contract::problem::code;
use membership_contract::session::{Session, SessionOrganization, User};
use wasm_bindgen_futures::spawn_local;

use crate::api::connection::connection;
use crate::api::request::asked as asked_before;
use crate::api::{Abort, ApiError, Body, Method, Reply, cache, send};
use crate::{drafts, paths, tabs};

/// Whether somebody is signed in. "Not known yet" is a third answer, and is not "nobody".
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// The server was asked and has not answered.
    Unknown,
    /// The server answered with something else than a session.
    Failed(ApiError),
    /// Nobody, after this.
    Nobody(After),
    /// This person.
    Somebody(Arc<Session>),
}

/// What was before nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Nobody was signed in since the page was loaded.
    Arriving,
    /// Somebody was, until the server said that the session is over.
    Expiry,
    /// Somebody was, and signed out.
    SignOut,
}

/// The session, as every page reads it.
#[derive(Clone, Copy)]
pub struct Current {
    /// Who is signed in.
    pub who: RwSignal<Who>,
    /// Which of the person's organizations the address asks for.
    place: Memo<Option<usize>>,
}

/// Asks who is signed in and provides [`Current`] to everything below. The address says for which
/// organization, so there is a router around.
pub fn provide() {
    let who = RwSignal::new(Who::Unknown);
    let current = Current {
        who,
        place: in_address(who),
    };
    provide_context(current);
    follow_other_tabs(current);
    spawn_local(async move { current.accept(ask_first().await) });

    let signed_out = connection().signed_out;
    Effect::new(move |before: Option<u32>| {
        let count = signed_out.get();
        let somebody = matches!(current.who.get_untracked(), Who::Somebody(_));
        if before.is_some_and(|before| before != count) && somebody {
            current.forget(After::Expiry);
        }
        count
    });
    again::keep_asking(current);
}

/// The session of the page.
///
/// Without [`provide`] above it is nobody's: a page outside the app shows nothing.
pub fn current() -> Current {
    use_context().unwrap_or_else(|| Current {
        who: RwSignal::new(Who::Nobody(After::Arriving)),
        place: Memo::new(|_| None),
    })
}

/// Which of the person's organizations the address asks for, if it is one of theirs.
fn in_address(who: RwSignal<Who>) -> Memo<Option<usize>> {
    let path = use_location().pathname;
    Memo::new(move |_| {
        let Who::Somebody(session) = who.get() else {
            return None;
        };
        path.with(|path| asked(&session, paths::named(path)))
    })
}

/// Has addresses name the organization, and the browser remember which was shown last.
pub fn name_organizations() {
    let current = current();
    paths::follow(move || current.organization().map(|one| one.partner_id));
    Effect::new(move |_| {
        if let Some(one) = current.organization() {
            last::set(one.id);
        }
    });
}

/// Which of the person's organizations an address asks for that names this PartnerID, or none.
pub fn asked(session: &Session, named: Option<&str>) -> Option<usize> {
    asked::find(&session.organizations, named, last::get().as_deref())
}

impl Current {
    /// The person's session. Tracks.
    pub fn session(self) -> Option<Arc<Session>> {
        match self.who.get() {
            Who::Somebody(session) => Some(session),
            _ => None,
        }
    }

    /// Who is signed in. Tracks nothing.
    pub fn user(self) -> Option<User> {
        untrack(|| self.session()).map(|session| session.user.clone())
    }

    /// The organization that the pages are about: the one in the address, where it is one of the
    /// person's. Tracks.
    pub fn organization(self) -> Option<SessionOrganization> {
        let place = self.place.get()?;
        self.session()?.organizations.get(place).cloned()
    }

    /// The name of the organization that the pages are about, for somebody with several: tabs and
    /// pages of theirs are told apart by it. Tracks.
    pub fn one_of_several(self) -> Option<String> {
        let several = self.session()?.organizations.len() > 1;
        self.organization().filter(|_| several).map(|one| one.name)
    }

    /// Somebody signed in.
    pub fn enter(self, session: Session) {
        cache::clear();
        drafts::keep_only(Some(session.user.id));
        self.who.set(Who::Somebody(Arc::new(session)));
    }

    /// The person signed out here, and so in every tab of this browser.
    pub fn sign_out(self) {
        tabs::sign_out();
        self.forget(After::SignOut);
    }

    /// Nobody is signed in any more. After a sign-out this tab keeps nothing of the person.
    fn forget(self, after: After) {
        cache::clear();
        if after == After::SignOut {
            drafts::keep_only(None);
            last::forget();
        }
        self.who.set(Who::Nobody(after));
    }

    /// Asks the server again who is signed in.
    pub fn ask(self) {
        spawn_local(async move { self.accept(ask().await) });
    }

    fn accept(self, answer: Result<Reply, ApiError>) {
        let before = self.who.get_untracked();
        let session = match answer {
            // Nobody, and no reason for an error on the console of whoever is about to sign in.
            Ok(reply) if reply.status == 204 => Ok(None),
            Ok(reply) => reply.json::<Session>(api_paths::SESSION).map(Some),
            Err(error) if error.is(code::NOT_SIGNED_IN) => Ok(None),
            Err(error) => Err(error),
        };
        match session {
            Ok(Some(session)) => {
                drafts::keep_only(Some(session.user.id));
                let who = Who::Somebody(Arc::new(session));
                if before != who {
                    self.who.set(who);
                }
            }
            Ok(None) if matches!(before, Who::Somebody(_)) => self.forget(After::Expiry),
            Ok(None) if !matches!(before, Who::Nobody(_)) => self.forget(After::Arriving),
            // While the server is away, what was known stays known.
            Err(error) if matches!(before, Who::Unknown | Who::Failed(_)) => {
                self.who.set(Who::Failed(error));
            }
            Ok(None) | Err(_) => {}
        }
    }
}

async fn ask() -> Result<Reply, ApiError> {
    let abort = Abort::new();
    send(
        Method::Get,
        api_paths::SESSION,
        Body::default(),
        abort.signal(),
    )
    .await
}

/// The answer that boot.js already asked for, or else a new one.
async fn ask_first() -> Result<Reply, ApiError> {
    match asked_before(api_paths::SESSION).await {
        Some(answer) => answer,
        None => ask().await,
    }
}

/// Forgets the person as soon as they have signed out in another tab: now, while this one is open,
/// and when the browser shows it again as it was left.
fn follow_other_tabs(current: Current) {
    let look = move || {
        if !tabs::was_signed_out() {
            return;
        }
        drafts::keep_only(None);
        // A preview has no account: nobody leaves it, and what is typed there is nobody's.
        let here = current.who.get_untracked();
        if !matches!(here, Who::Somebody(session) if session.user.id == drafts::NOBODY) {
            current.forget(After::SignOut);
            // An answer from before may be on its way, and somebody else may be signed in there.
            current.ask();
        }
    };
    if tabs::was_signed_out() {
        // The server is asked who is signed in now; they did not type this.
        drafts::keep_only(None);
    }
    let told = window_event_listener_untyped("storage", move |_| look());
    let shown = window_event_listener_untyped("pageshow", move |_| look());
    on_cleanup(move || {
        told.remove();
        shown.remove();
    });
}
