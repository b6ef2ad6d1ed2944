//! What is kept in this browser, and how to take it along or be rid of it.

use leptos::html;
use leptos::prelude::*;
use membership_contract::problem::code;
use membership_domain::Evidence;

use crate::api::connection::connection;
use crate::api::{ApiError, Body, Method, action, boot};
use crate::session::Current;
use crate::text::start as words;
use crate::ui::{self, Button, Kind, LinkButton};
use crate::{download, drafts, format, paths};

/// The evidence that a writer has read.
#[derive(Clone, Copy)]
pub struct Known {
    /// Its address.
    pub path: StoredValue<String>,
    /// Its tag.
    pub tag: StoredValue<Option<String>>,
    /// Whoever it is about.
    pub session: Current,
}

impl Known {
    /// What replaces it.
    pub fn body(self, evidence: &Evidence) -> Body {
        Body {
            if_match: self.tag.get_value(),
            ..Body::json(evidence)
        }
    }

    /// What went wrong, for whoever pressed, and what brings in what another tab changed.
    pub fn refusal(self, error: RwSignal<Option<ApiError>>) -> AnyView {
        let again = Callback::new(move |()| {
            error.set(None);
            self.begin_anew();
        });
        let read = move || view! { <Button on_press=again>{words::READ_AGAIN}</Button> };
        (move || {
            let error = error.get()?;
            Some(ui::refused(
                error.detail(),
                error.is(code::STALE).then(read),
            ))
        })
        .into_any()
    }

    /// Everything that was read is about somebody else now.
    pub fn begin_anew(self) {
        connection().reread();
        self.session.ask();
    }
}

/// Whether nobody has entered anything yet.
pub fn is_nothing(evidence: &Evidence) -> bool {
    *evidence == Evidence::default()
}

/// The card; there is something. `forgotten`: there is no longer.
pub fn card(known: Known, forgotten: Callback<()>, evidence: &Evidence) -> AnyView {
    let counted = |count: usize, one: &str, many: &str| {
        format::counted(i64::try_from(count).unwrap_or(i64::MAX), one, many)
    };
    let what = words::kept(
        &counted(evidence.people.len(), "person", "people"),
        &counted(evidence.customers.len(), "customer", "customers"),
        &counted(evidence.usage.len(), "row", "rows"),
    );
    let save = action();
    let press_save = Callback::new(move |()| {
        save.run(
            Method::Get,
            known.path.get_value(),
            Body::default(),
            |reply| {
                download::save("evidence.json", "application/json", &reply.body);
            },
        );
    });
    let sign_in = boot::home().map(|home| {
        view! { <LinkButton href=format!("{home}sign-in")>{words::SIGN_IN}</LinkButton> }
    });
    view! {
        <section class="card">
            <header>
                <h2>{words::KEPT}</h2>
            </header>
            <div class="body">
                <p>{what}</p>
                <p class="muted">{words::SAVE_ABOUT}</p>
                <div class="cluster">
                    <LinkButton href=paths::OVERVIEW.href() kind=Kind::Primary>
                        {words::OVERVIEW}
                    </LinkButton>
                    <Button on_press=press_save busy=save.busy>{words::SAVE}</Button>
                    {sign_in}
                    {forget(known, forgotten)}
                </div>
                {known.refusal(save.error)}
            </div>
        </section>
    }
    .into_any()
}

/// Asked once more, since nothing brings it back.
fn forget(known: Known, forgotten: Callback<()>) -> AnyView {
    let sure = RwSignal::new(false);
    let write = action();
    let really = Callback::new(move |()| {
        let body = known.body(&Evidence::default());
        write.run(Method::Put, known.path.get_value(), body, move |_| {
            drafts::forget_nobodys();
            // The page may be gone by now.
            let _ = forgotten.try_run(());
            ui::live::say(words::FORGOTTEN);
            known.begin_anew();
        });
    });
    let place = NodeRef::<html::Div>::new();
    // The button that was pressed goes; the focus is for what comes instead, once it is drawn.
    let turn = move |to| {
        sure.set(to);
        request_animation_frame(move || {
            if let Some(place) = place.try_get_untracked().flatten() {
                ui::focus_first(&place, "button");
            }
        });
    };
    let ask = Callback::new(move |()| turn(true));
    let keep = Callback::new(move |()| turn(false));
    let buttons = move || {
        if !sure.get() {
            return view! { <Button kind=Kind::Subtle on_press=ask>{words::FORGET}</Button> }
                .into_any();
        }
        view! {
            <Button on_press=really busy=write.busy>{words::FORGET_SURE}</Button>
            <Button kind=Kind::Subtle on_press=keep>{words::KEEP}</Button>
            {known.refusal(write.error)}
        }
        .into_any()
    };
    view! {
        <div class="cluster" node_ref=place>
            {buttons}
        </div>
    }
    .into_any()
}
