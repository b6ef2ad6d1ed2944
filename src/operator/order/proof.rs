//! What the buyer uploaded to show a transfer.

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::Order;

use super::{at, code_like};
use crate::api::{Body, Method, action};
use crate::text::operator::orders as words;
use crate::ui::{self, Button};
use crate::{download, format};

/// The card; nothing where there is no proof.
pub fn card(order: &Order) -> Option<AnyView> {
    let proof = order.proof.as_ref()?;
    let kind = proof.kind;
    let path = api_paths::DESK_PROOF.replace("{order}", &order.id.to_string());
    let name = order.number.clone().unwrap_or_default();
    let name = format!("{name}.{}", kind.code());
    let read = action();
    let save = Callback::new(move |()| {
        let name = name.clone();
        read.run(Method::Get, path.clone(), Body::default(), move |reply| {
            let bytes = reply.packed.unwrap_or_default();
            download::save_bytes(&name, kind.media_type(), &bytes);
        });
    });
    let failed = move || {
        let error = read.error.get();
        error.map(|error| ui::refused(error.detail(), ()))
    };
    let facts = vec![
        (
            words::PROOF_SENT,
            format::day_and_year(proof.paid_on).into_any(),
        ),
        (words::PROOF_ACCOUNT, code_like(&proof.account)),
        (words::PROOF_TRANSACTION, code_like(&proof.transaction)),
        (words::PROOF_UPLOADED, at(proof.uploaded_at).into_any()),
    ];
    let card = view! {
        <section class="card">
            <header>
                <h2>{words::PROOF}</h2>
                <Button on_press=save busy=read.busy>{words::PROOF_SAVE}</Button>
            </header>
            <div class="body">{failed} {ui::facts(facts)}</div>
        </section>
    };
    Some(card.into_any())
}
