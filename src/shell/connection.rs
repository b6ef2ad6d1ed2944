//! The line that says when the service cannot be reached, and when it is back.

use leptos::prelude::*;

use crate::api::connection::connection;
use crate::{session, text, ui};

/// Shown while the connection is lost.
pub fn banner() -> impl IntoView {
    let session = session::current();
    let lost = connection().lost;
    Effect::new({
        let lost = lost.clone();
        move |before: Option<bool>| {
            let lost = lost.get();
            if lost {
                ui::live::say(text::errors::CONNECTION_LOST);
            } else if before == Some(true) {
                ui::live::say(text::errors::CONNECTION_BACK);
            }
            lost
        }
    });
    move || {
        lost.get().then(|| {
            view! {
                <div class="connection" role="region" aria-label=text::errors::CONNECTION>
                    {ui::icon("warning")}
                    <span>{text::errors::CONNECTION_LOST}</span>
                    <ui::Button on_press=move |()| session.ask() icon_name="retry">
                        {text::errors::RETRY}
                    </ui::Button>
                </div>
            }
        })
    }
}
