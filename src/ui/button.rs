//! Buttons and links that look like them. A control is never dead: what cannot be done now says
//! why and what would lift it, and stays reachable by keyboard.

use leptos::prelude::*;

use super::{icon, id, live, small_icon};

/// How much a button asks for attention.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do on a page.
    Primary,
    /// Anything else.
    #[default]
    Plain,
    /// Beside other things, without a border.
    Subtle,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Subtle => "button subtle",
        }
    }
}

/// A button. While `blocked` holds a reason it does nothing but say it; the reason also stands
/// below it. While `busy` it keeps its place and ignores further presses.
#[component]
pub fn Button(
    /// What it does, as a verb.
    children: Children,
    /// Called when pressed; a `submit` button may leave it to the form.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Looks.
    #[prop(optional)]
    kind: Kind,
    /// Why it cannot be pressed now, and what lifts that.
    #[prop(optional, into)]
    blocked: Signal<Option<String>>,
    /// The id of that reason, where other controls name it too.
    #[prop(optional, into)]
    reason_id: Option<String>,
    /// What it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// An icon of the sprite before the words.
    #[prop(optional)]
    icon_name: Option<&'static str>,
) -> impl IntoView {
    let reason = reason_id.unwrap_or_else(|| id::unique("reason"));
    let described_by = {
        let reason = reason.clone();
        move || blocked.with(Option::is_some).then(|| reason.clone())
    };
    let press = move |event: leptos::ev::MouseEvent| {
        if let Some(reason) = blocked.get_untracked() {
            event.prevent_default();
            live::say(&reason);
        } else if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <span class="action">
            <button
                type=if submit { "submit" } else { "button" }
                class=kind.class()
                aria-disabled=move || blocked.with(Option::is_some).then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-describedby=described_by
                on:click=press
            >
                {icon_name.map(icon)}
                {children()}
            </button>
            {move || {
                blocked
                    .get()
                    .map(|why| {
                        view! {
                            <span class="reason" id=reason.clone()>
                                {small_icon("lock")}
                                {why}
                            </span>
                        }
                    })
            }}
        </span>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Looks.
    #[prop(optional)]
    kind: Kind,
    /// Where it leads, in words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {children()}
        </a>
    }
}
