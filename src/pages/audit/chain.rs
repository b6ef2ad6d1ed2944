//! The chain of the log: its end, to be written down, and all of it as a file.

use leptos::prelude::*;
use membership_contract::audit::AuditHead;

use crate::api::{Body, Method, action};
use crate::text::audit as words;
use crate::ui::{self, Button};
use crate::{clipboard, download};

/// The card. `head` is the chain's end, once it is known, if there is one.
pub(super) fn card(api: &str, head: Memo<Option<Option<AuditHead>>>) -> AnyView {
    let address = StoredValue::new(format!("{api}?format=jsonl"));
    let read = action();
    let save = Callback::new(move |()| {
        read.run(Method::Get, address.get_value(), Body::default(), |reply| {
            download::save("audit.jsonl", "application/jsonl", &reply.body);
        });
    });
    let failed = move || read.error.get().map(|error| ui::failure(&error, save));
    let shown = move || {
        let head = head.get()?;
        Some(head.map_or_else(|| view! { <p>{words::NO_HEAD}</p> }.into_any(), told))
    };
    view! {
        <section class="card">
            <header>
                <h2>{words::CHAIN}</h2>
            </header>
            <div class="body stack">
                <p class="muted">{words::CHAIN_ABOUT}</p>
                {shown}
                <div class="cluster">
                    <Button on_press=save busy=read.busy icon_name="download">
                        {words::JSONL}
                    </Button>
                </div>
                {failed}
            </div>
        </section>
    }
    .into_any()
}

fn told(head: AuditHead) -> AnyView {
    let hash = head.hash.clone();
    let copy = Callback::new(move |()| {
        clipboard::copy(hash.clone(), words::COPIED, words::NOT_COPIED);
    });
    let facts = vec![
        (words::SEALED, words::sealed(head.position).into_any()),
        (
            words::HEAD,
            view! { <code class="num">{head.hash}</code> }.into_any(),
        ),
    ];
    view! {
        {ui::facts(facts)}
        <div class="cluster">
            <Button on_press=copy>{words::COPY}</Button>
        </div>
    }
    .into_any()
}
