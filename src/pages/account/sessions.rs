//! Where one is signed in.

use leptos::prelude::*;
use membership_contract::account::{OwnSession, OwnSessions};
use membership_contract::paths as api_paths;

use super::card as titled;
use crate::api::{Body, Method, Remote, action, remote};
use crate::format;
use crate::text::account as words;
use crate::ui::{self, Button, Tone};

/// The list.
pub fn card() -> AnyView {
    let sessions = remote::<OwnSessions>(|| Some(api_paths::SESSIONS.to_owned()));
    titled(
        words::SESSIONS,
        view! {
            <p class="muted">{words::SESSIONS_ABOUT}</p>
            {ui::loaded(sessions, move |all| list(&all, sessions))}
        },
    )
}

fn list(all: &OwnSessions, sessions: Remote<OwnSessions>) -> AnyView {
    let action = action();
    let end = move |path: String, said: &'static str| {
        Callback::new(move |()| {
            action.run(Method::Delete, path.clone(), Body::default(), move |_| {
                ui::live::say(said);
                sessions.reload();
            });
        })
    };
    let row = |one: &OwnSession| {
        let end = end(api_paths::own_session(one.id), words::ENDED);
        view! {
            <li class="stack tight">
                {about(one)}
                {(!one.this)
                    .then(|| {
                        let name = device(one);
                        view! {
                            <Button on_press=end busy=action.busy>
                                {words::END}
                                <span class="visually-hidden">{name}</span>
                            </Button>
                        }
                    })}
            </li>
        }
    };
    let others = (all.items.len() > 1).then(|| {
        let others = end(api_paths::SESSIONS.to_owned(), words::OTHERS_ENDED);
        view! {
            <div class="cluster">
                <Button on_press=others busy=action.busy>{words::END_OTHERS}</Button>
            </div>
        }
    });
    view! {
        <ul class="rows">{all.items.iter().map(row).collect_view()}</ul>
        {others}
        {move || action.error.get().map(|error| ui::note(Tone::Bad, error.detail()))}
    }
    .into_any()
}

fn device(one: &OwnSession) -> String {
    let known = one.device.clone();
    known.unwrap_or_else(|| words::UNKNOWN_DEVICE.to_owned())
}

/// Browser, place and times of a session. What is not known is said, and not guessed.
fn about(one: &OwnSession) -> AnyView {
    let place = match &one.address {
        Some(address) if one.this_network => format!("{address}, {}", words::THIS_NETWORK),
        Some(address) => address.clone(),
        None => words::UNKNOWN_ADDRESS.to_owned(),
    };
    let times = [
        words::used(&format::instant(one.seen_at)),
        words::begun(&format::instant(one.begun_at)),
    ];
    view! {
        <p>
            <span class="strong">{device(one)}</span>
            {one.this.then(|| view! { " " {ui::tag(Tone::Good, words::THIS)} })}
        </p>
        <p class="small muted">{place}</p>
        <p class="small muted">{times.join(" · ")}</p>
    }
    .into_any()
}
