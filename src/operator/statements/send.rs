//! Files on their way to the server, one after the other, and what each brought.

use leptos::html;
use leptos::prelude::*;
use membership_contract::desk::{BankStatement, Imported};
use membership_contract::paths as api_paths;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList};

use super::told::{self, Told};
use crate::api::action::Action;
use crate::api::{ApiError, Body, Method, Remote, Reply, Upload, action, cache};
use crate::operator::desk::{self, Desk};
use crate::text::operator::statements as words;
use crate::ui::{self, Button};

/// All of the page that sends files.
#[derive(Clone, Copy)]
pub struct Sending {
    statements: Remote<Vec<BankStatement>>,
    desk: Desk,
    action: Action,
    /// Those that wait for their turn, the next one last.
    waiting: StoredValue<Vec<File>, LocalStorage>,
    /// The name of the one that is on its way.
    now: RwSignal<Option<String>>,
    /// Of so many bytes, so many are sent.
    sent: RwSignal<(u32, u32)>,
    told: RwSignal<Vec<Told>>,
    /// Whether files are held over the card.
    held: RwSignal<bool>,
}

impl Sending {
    /// Nothing yet.
    pub fn new(statements: Remote<Vec<BankStatement>>) -> Self {
        Self {
            statements,
            desk: desk::current(),
            action: action(),
            waiting: StoredValue::new_local(Vec::new()),
            now: RwSignal::new(None),
            sent: RwSignal::default(),
            told: RwSignal::default(),
            held: RwSignal::new(false),
        }
    }

    /// Sends these, in their order.
    fn take(self, files: Option<FileList>) {
        let Some(files) = files else {
            return;
        };
        let mut all: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
        all.reverse();
        let is_idle = self.now.with_untracked(Option::is_none);
        if is_idle {
            self.told.set(Vec::new());
        }
        self.waiting.update_value(|waiting| {
            all.append(waiting);
            *waiting = all;
        });
        if is_idle {
            self.next();
        }
    }

    fn next(self) {
        let Some(Some(file)) = self.waiting.try_update_value(Vec::pop) else {
            self.now.try_set(None);
            return;
        };
        self.now.set(Some(file.name()));
        self.sent.set((0, 0));
        spawn_local(async move {
            // A file that was saved again cannot be sent any more: a browser would only say that
            // the service cannot be reached.
            match is_there(&file).await {
                true => self.send(file),
                false => self.over(file.name(), Err(words::UNREADABLE.to_owned())),
            }
        });
    }

    fn send(self, file: File) {
        let name = file.name();
        let sent = Callback::new(move |sent| {
            self.sent.try_set(sent);
        });
        let body = Body {
            file: Some(Upload::new(file, sent)),
            ..Body::default()
        };
        let path = api_paths::DESK_STATEMENTS.to_owned();
        let of = name.clone();
        let done = Box::new(move |reply: Reply| {
            let brought = reply.json::<Imported>(api_paths::DESK_STATEMENTS);
            self.over(of, brought.map_err(|error| error.detail()));
        });
        let failed = Box::new(move |error: ApiError| self.over(name, Err(error.detail())));
        self.action.run_or(Method::Post, path, body, done, failed);
    }

    /// It came to an end: says how, and goes on with the next one.
    fn over(self, name: String, result: Result<Imported, String>) {
        ui::live::say(&match &result {
            Ok(brought) => format!("{name}: {}", words::brought(brought)),
            Err(why) => format!("{} {why}", words::refused(&name)),
        });
        let told = Told { name, result };
        // The page may be gone by now.
        if self.told.try_update(|all| all.push(told)).is_none() {
            return;
        }
        // What is in the queue is another matter now.
        cache::forget(api_paths::DESK_BANK_ENTRIES);
        self.statements.reload();
        self.desk.changed();
        self.next();
    }

    fn cancel(self) {
        self.waiting.set_value(Vec::new());
        self.action.cancel();
        self.now.set(None);
        // Its last bytes may have gone at the same time.
        self.statements.reload();
        self.desk.changed();
    }
}

/// Whether the first byte of a file can still be read.
async fn is_there(file: &File) -> bool {
    match file.slice_with_i32_and_i32(0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

/// The card: a field for files, which can also be dropped on it.
pub fn card(sending: Sending) -> AnyView {
    let held = sending.held;
    let hold = move |event: DragEvent| {
        event.prevent_default();
        held.set(true);
    };
    let take = move |event: DragEvent| {
        event.prevent_default();
        held.set(false);
        sending.take(event.data_transfer().and_then(|all| all.files()));
    };
    view! {
        <section
            class="card drop"
            aria-labelledby="bank-import"
            class:over=move || held.get()
            on:dragover=hold
            on:dragleave=move |_| held.set(false)
            on:drop=take
        >
            <header>
                <h2 id="bank-import">{words::IMPORT}</h2>
            </header>
            <div class="body">
                {field(sending)}
                {move || sending.now.get().map(|name| progress(sending, name))}
                {move || told::results(&sending.told.get())}
            </div>
        </section>
    }
    .into_any()
}

fn field(sending: Sending) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            sending.take(input.files());
            // The same file again is a choice too.
            input.set_value("");
        }
    };
    view! {
        <div class="field">
            <label for="bank-files">{words::CHOOSE}</label>
            <p class="hint" id="bank-files-hint">
                {words::HINT}
            </p>
            <input
                class="input"
                id="bank-files"
                type="file"
                multiple=true
                accept=".xml,.c53,.c54,application/xml,text/xml"
                aria-describedby="bank-files-hint"
                node_ref=input
                on:change=chosen
            />
        </div>
    }
    .into_any()
}

/// The file that is on its way: how much of it is sent, then that it is read.
fn progress(sending: Sending, name: String) -> AnyView {
    let sent = sending.sent;
    let said = move || match sent.get() {
        (done, all) if all > 0 && done >= all => words::READING.to_owned(),
        (done, all) => words::sent(done, all),
    };
    let cancel = Callback::new(move |()| sending.cancel());
    view! {
        <div class="cluster" role="status">
            <span class="strong">{name}</span>
            <progress
                max=move || sent.get().1.max(1)
                value=move || sent.get().0
                aria-label=words::SENDING
            ></progress>
            <span class="num">{said}</span>
            <Button on_press=cancel>{words::CANCEL}</Button>
        </div>
    }
    .into_any()
}
