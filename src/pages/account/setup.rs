//! How an authenticator app is set up: a code to scan, and one that the app shows.

use leptos::prelude::*;
use membership_contract::account::{CodeRequest, RecoveryCodes, TotpSetup};
use membership_contract::check::Check as _;
use membership_contract::paths as api_paths;

use crate::api::{Body, Method, Reply};
use crate::form::{Field, Form, Kind, Phase};
use crate::text::account as words;
use crate::ui::{self, Button};

const CODE: &str = "code";

static FIELDS: [Field; 1] =
    [Field::new(CODE, words::CODE, Kind::Short).autocomplete("one-time-code")];

/// White around a QR code, in modules: without it no camera finds it.
const BORDER: u16 = 4;

/// The steps; `confirmed` hears of the recovery codes.
pub fn view(
    setup: &TotpSetup,
    confirmed: Callback<RecoveryCodes>,
    cancel: Callback<()>,
) -> AnyView {
    let form = Form::new("two-step", &FIELDS);
    let enter = Callback::new(move |()| {
        let request = CodeRequest {
            code: form.text(CODE),
        };
        let wrong = request.check();
        if !wrong.is_empty() {
            return form.refuse(&wrong);
        }
        let done = move |reply: Reply| match reply.json(api_paths::TOTP) {
            Ok(codes) => confirmed.run(codes),
            Err(error) => form.failed(&error),
        };
        let path = api_paths::TOTP.to_owned();
        let request = (Method::Put, path, Body::json(&request));
        form.send(Phase::Sending, request, done, move |error| {
            form.failed(&error);
        });
    });
    let inside = view! {
        <p>{words::CONFIRM}</p>
        {form.control(CODE)}
        <div class="cluster">
            {form.submit(words::TURN_ON, Signal::stored(false))}
            <Button kind=ui::Kind::Subtle on_press=cancel>{words::CANCEL}</Button>
        </div>
    };
    view! {
        <p>{words::SCAN}</p>
        {qr_code(setup)}
        <p>
            {words::BY_HAND}
            " "
            <span class="num">{grouped(&setup.secret)}</span>
        </p>
        <p>
            <a href=setup.uri.clone()>{words::OPEN_APP}</a>
        </p>
        {form.view("form", enter, inside.into_any())}
    }
    .into_any()
}

fn qr_code(setup: &TotpSetup) -> AnyView {
    let side = setup.size.saturating_add(2 * BORDER);
    let shape = format!("-{BORDER} -{BORDER} {side} {side}");
    view! {
        <svg class="qr" viewBox=shape role="img" aria-label=words::QR shape-rendering="crispEdges">
            <path fill="currentColor" d=setup.path.clone()></path>
        </svg>
    }
    .into_any()
}

/// In groups of four, as people copy it.
fn grouped(secret: &str) -> String {
    let mut grouped = String::new();
    for (place, letter) in secret.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_key_is_read_in_groups() {
        assert_eq!(grouped("GEZDGNBVGY"), "GEZD GNBV GY");
        assert_eq!(grouped(""), "");
    }
}
