//! What is known about oneself, as a file.

use leptos::prelude::*;
use membership_contract::paths as api_paths;

use super::card as titled;
use crate::api::{Body, Method, action};
use crate::download;
use crate::text::account::data as words;
use crate::ui::{self, Button};

/// The card.
pub fn card() -> AnyView {
    let read = action();
    let save = Callback::new(move |()| {
        let path = api_paths::OWN_DATA.to_owned();
        read.run(Method::Get, path, Body::default(), |reply| {
            download::save("account.json", "application/json", &reply.body);
        });
    });
    let failed = move || read.error.get().map(|error| ui::failure(&error, save));
    titled(
        words::TITLE,
        view! {
            <p class="muted">{words::ABOUT}</p>
            <div class="cluster">
                <Button on_press=save busy=read.busy icon_name="download">
                    {words::SAVE}
                </Button>
            </div>
            {failed}
        },
    )
}
