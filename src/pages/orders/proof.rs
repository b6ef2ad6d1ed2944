//! The proof of a transfer: what was uploaded, and the form that uploads one.

use js_sys::encode_uri_component;
use leptos::html;
use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::purchase::{
    LONGEST_TRANSFER, Order, TransferLimits, TransferProof, check_transfer,
};
use membership_domain::Catalog;
use membership_domain::purchase::order::{OrderCommand, after};
use membership_domain::purchase::proof::ProofKind;
use web_sys::File;

use super::Place;
use crate::api::{Body, Method, Upload};
use crate::form::{Field, Form, Kind, Phase};
use crate::format;
use crate::text::orders::proof as words;
use crate::ui::{self, Disclosure};

const PAID_ON: &str = "paid_on";
const ACCOUNT: &str = "account";
const TRANSACTION: &str = "transaction";

static FIELDS: [Field; 3] = [
    Field::new(PAID_ON, words::PAID_ON, Kind::Day),
    Field::new(ACCOUNT, words::ACCOUNT, Kind::Text).longest(LONGEST_TRANSFER as u32),
    Field::new(TRANSACTION, words::TRANSACTION, Kind::Text)
        .hint(words::TRANSACTION_HINT)
        .longest(LONGEST_TRANSFER as u32),
];

/// What lasts as long as the page: what is typed and the file that is chosen.
#[derive(Clone, Copy)]
pub struct Proof {
    form: Form,
    file: RwSignal<Option<File>, LocalStorage>,
}

impl Proof {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            form: Form::new("proof", &FIELDS),
            file: RwSignal::new_local(None),
        }
    }
}

/// What there is to say of an order's proof, and the form; nothing where none can be uploaded.
pub fn part(place: Place, order: &Order, catalog: &Catalog) -> Option<AnyView> {
    let shown = order.proof.as_ref().map(uploaded);
    let takes = after(&order.status(), OrderCommand::ProveTransfer).is_ok() && place.may_buy;
    let form = takes.then(|| form(place, order, catalog));
    (shown.is_some() || form.is_some()).then(|| view! { {shown} {form} }.into_any())
}

fn uploaded(proof: &TransferProof) -> AnyView {
    let day = format::day(proof.uploaded_at.date_naive());
    ui::note(ui::Tone::Info, words::uploaded(&day, &proof.transaction))
}

fn form(place: Place, order: &Order, catalog: &Catalog) -> Option<AnyView> {
    let limits = catalog.purchase_limits()?;
    // Which day is the future the server knows; no day after the last one to pay is right.
    let latest = order.expires_on;
    let placed_on = order.placed_at.map_or(latest, |at| at.date_naive());
    let limits = TransferLimits::of(placed_on, latest, &limits);
    let Proof { form, file } = place.proof;
    let account = order.quote.account.as_ref();
    let account = account.map(|account| account.account.clone());
    // What is on the page already nobody has to type.
    if form.text(ACCOUNT).is_empty() {
        form.signal(ACCOUNT).set(account.unwrap_or_default());
    }
    let path = api_paths::of_order(place.organization, order.id, "proof");
    let send = Callback::new(move |()| {
        let typed = |name| form.text(name);
        let chosen = file.get_untracked();
        let size = chosen.as_ref().map_or(0, |file| file.size() as usize);
        let kind = chosen.as_ref().and_then(kind);
        let paid_on = typed(PAID_ON).parse().ok();
        let (account, transaction) = (typed(ACCOUNT), typed(TRANSACTION));
        let faults = check_transfer(paid_on, &account, &transaction, (kind, size), &limits);
        let (Some(chosen), true) = (chosen, faults.is_empty()) else {
            return form.refuse(&faults);
        };
        let said = [PAID_ON, ACCOUNT, TRANSACTION].map(|name| {
            let value = encode_uri_component(&typed(name));
            format!("{name}={value}")
        });
        let path = format!("{path}?{}", said.join("&"));
        let body = Body {
            file: Some(Upload::new(chosen, Callback::new(|_| ()))),
            ..Body::default()
        };
        let done = move |_| {
            ui::live::say(words::DONE);
            file.set(None);
            form.signal(TRANSACTION).set(String::new());
            place.order.reload();
        };
        form.send(
            Phase::Sending,
            (Method::Put, path, body),
            done,
            move |error| form.failed(&error),
        );
    });
    let inside = view! {
        <p class="small muted">{words::ABOUT}</p>
        {form.control(PAID_ON)}
        {form.control(ACCOUNT)}
        {form.control(TRANSACTION)}
        {field(place.proof, limits.megabytes)}
        <div class="cluster">{form.submit(words::UPLOAD, Signal::stored(false))}</div>
    };
    let summary = match order.proof {
        Some(_) => words::AGAIN,
        None => words::SENT_ALREADY,
    };
    let form = form.view("stack", send, inside.into_any());
    Some(
        view! {
            <Disclosure summary=summary name="proof">
                {form}
            </Disclosure>
        }
        .into_any(),
    )
}

/// What a file is as far as the browser knows; the server looks into it.
fn kind(file: &File) -> Option<ProofKind> {
    let told = file.type_();
    let mut kinds = ProofKind::ALL.iter().copied();
    match told.is_empty() {
        true => Some(ProofKind::Pdf),
        false => kinds.find(|kind| kind.media_type() == told),
    }
}

fn field(Proof { form, file }: Proof, megabytes: usize) -> AnyView {
    let id = "proof-file";
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let files = input.get_untracked().and_then(|input| input.files());
        file.set(files.and_then(|files| files.get(0)));
    };
    let problem = ui::problem_at(form.problems, id.to_owned());
    let is_wrong = move || problem.with(Option::is_some).then_some("true");
    view! {
        <div class="field">
            <label for=id>{words::FILE}</label>
            <p class="hint" id="proof-file-hint">
                {words::file_hint(megabytes)}
            </p>
            {ui::error_line(problem, "proof-file-error".to_owned())}
            <input
                class="input"
                id=id
                type="file"
                accept="application/pdf,image/jpeg,image/png"
                aria-describedby="proof-file-hint proof-file-error"
                aria-invalid=is_wrong
                node_ref=input
                on:change=chosen
            />
        </div>
    }
    .into_any()
}
