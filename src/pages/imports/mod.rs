//! Imports: a file is read here in the browser, shown, and then imported whole or not at all; and
//! the history, from which each import can be undone.

mod history;
mod questions;
mod report;

use leptos::prelude::*;
use membership_contract::paths as api_paths;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_import::{FileFault, LARGEST, Question, Settings};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use crate::api::action::Action;
use crate::api::reader::{self, Kept, Read, Word};
use crate::api::{ApiError, Body, Method, action, boot};
use crate::paths;
use crate::session::{self, Current};
use crate::shell::heading::lead;
use crate::text::imports as words;
use crate::ui::{self, Button, Tone};

/// Where the chosen file is.
#[derive(Clone)]
enum State {
    /// No file.
    None,
    /// So many rows of so many.
    Reading(u32, u32),
    /// It cannot be read; why.
    Fault(String),
    /// It was read.
    Read(Box<Read>),
    /// It was imported: its name, and how many lines changed something.
    Done(String, u64),
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    organization: StoredValue<SessionOrganization>,
    state: RwSignal<State>,
    file: RwSignal<Option<File>, LocalStorage>,
    settings: RwSignal<Settings>,
    /// What the file left open: still there once it is answered, to be answered otherwise.
    questions: RwSignal<Vec<Question>>,
    reading: Kept,
    session: Current,
    upload: Action,
    /// Counts the changes of the history.
    changed: RwSignal<u32>,
}

/// The page.
pub fn page(organization: SessionOrganization) -> AnyView {
    let page = Page {
        organization: StoredValue::new(organization),
        state: RwSignal::new(State::None),
        file: RwSignal::new_local(None),
        settings: RwSignal::new(Settings::default()),
        questions: RwSignal::new(Vec::new()),
        reading: StoredValue::new_local(None),
        session: session::current(),
        upload: action(),
        changed: RwSignal::new(0),
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {super::evidence::tabs(paths::IMPORTS)}
            {page.choose()}
            {history::card(page)}
        </div>
    }
    .into_any()
}

impl Page {
    fn choose(self) -> AnyView {
        let id = ui::id::unique("file");
        let hint = format!("{id}-hint");
        let input = NodeRef::<leptos::html::Input>::new();
        let chosen = move |_| {
            let files = input.get_untracked().and_then(|input| input.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                self.settings.set(Settings::default());
                self.questions.set(Vec::new());
                self.file.set(Some(file));
                self.read();
            }
        };
        let field = view! {
            <div class="field">
                <label for=id.clone()>{words::CHOOSE}</label>
                <p class="hint" id=hint.clone()>
                    {words::HINT}
                </p>
                <input
                    class="input"
                    id=id
                    type="file"
                    accept=".csv,.tsv,.txt,.json,text/csv,application/json"
                    aria-describedby=hint
                    node_ref=input
                    on:change=chosen
                    // The same file again, once it was mended, is a choice too.
                    on:click=move |_| {
                        if let Some(input) = input.get_untracked() {
                            input.set_value("");
                        }
                    }
                />
            </div>
        };
        view! {
            <section class="card">
                <header>
                    <h2>{words::FILE}</h2>
                </header>
                <div class="body">{field} {move || self.ask()} {move || self.brief()}</div>
            </section>
            {move || self.report()}
        }
        .into_any()
    }

    /// What there is to say beside the chosen file.
    fn brief(self) -> Option<AnyView> {
        match self.state.get() {
            State::None => None,
            State::Reading(done, total) => Some(self.progress(done, total)),
            State::Fault(why) => {
                Some(view! { <div role="alert">{ui::note(Tone::Bad, why)}</div> }.into_any())
            }
            State::Read(_) => None,
            State::Done(name, lines) => Some(ui::note(Tone::Good, words::imported(&name, lines))),
        }
    }

    fn report(self) -> Option<AnyView> {
        match self.state.get() {
            State::Read(read) if read.report.questions.is_empty() => {
                Some(report::card(self, &read))
            }
            _ => None,
        }
    }

    fn progress(self, done: u32, total: u32) -> AnyView {
        let cancel = move |()| {
            self.reading.set_value(None);
            self.state.set(State::None);
            ui::live::say(words::CANCELED);
        };
        view! {
            <div class="cluster" role="status">
                <progress max=total.max(1) value=done aria-label=words::READING></progress>
                <span class="num">{words::read(done, total)}</span>
                <Button on_press=Callback::new(cancel)>{words::CANCEL}</Button>
            </div>
        }
        .into_any()
    }

    /// Reads the chosen file with the answers so far.
    fn read(self) {
        let Some(file) = self.file.get_untracked() else {
            return;
        };
        self.upload.error.set(None);
        self.reading.set_value(None);
        if file.size() > LARGEST as f64 {
            let fault = FileFault::TooLarge { most: LARGEST };
            return self.state.set(State::Fault(en::file_fault(&fault)));
        }
        self.state.set(State::Reading(0, 0));
        let id = self.organization.with_value(|one| one.id);
        let hear = move |word: Word| {
            let state = match word {
                Word::Progress(done, total) => State::Reading(done, total),
                Word::Fault(why) => State::Fault(why),
                Word::Status(status) => State::Fault(words::no_answer(status)),
                Word::Report(read) => {
                    self.open(&read.report.questions);
                    ui::live::say(&words::summary(&read.report.counts));
                    State::Read(read)
                }
            };
            self.state.try_set(state);
        };
        match reader::read(id, &file, self.settings.get_untracked(), hear) {
            Some(reading) => self.reading.set_value(Some(reading)),
            None => self.state.set(State::Fault(words::NO_WORKER.to_owned())),
        }
    }

    /// Sends the file: the server reads it once more, and imports all of what was shown or nothing.
    fn import(self, read: &Read) {
        let Some(file) = self.file.get_untracked() else {
            return;
        };
        let settings = self.settings.get_untracked();
        let id = self.organization.with_value(|one| one.id);
        let name = file.name();
        let path = address(&api_paths::imports(id), &name, settings);
        let lines = read.report.counts.added + read.report.counts.changed;
        let body = Body {
            file: Some(file.clone()),
            if_match: Some(read.tag.clone()),
            ..Body::default()
        };
        let done = move |_| {
            self.questions.set(Vec::new());
            self.state.set(State::Done(name.clone(), lines));
            // In a preview the first file says whom it is about.
            if boot::local().is_some() {
                self.session.ask();
            }
            self.changed.update(|count| *count += 1);
            ui::live::say(&words::imported(&name, lines));
        };
        spawn_local(async move {
            // A file that was saved again cannot be sent any more: a browser would only say that
            // the service cannot be reached.
            if is_there(&file).await {
                self.upload.run(Method::Post, path, body, done);
            } else {
                self.state.set(State::Fault(words::UNREADABLE.to_owned()));
            }
        });
    }

    /// What was undone is not said to be imported.
    fn forget(self, undone: &str) {
        let said = |state: &State| matches!(state, State::Done(name, _) if name == undone);
        if self.state.with_untracked(said) {
            self.state.set(State::None);
        }
    }

    /// What the server said against it. Evidence that somebody else changed is compared with anew.
    fn refusal(self) -> AnyView {
        (move || {
            self.upload.error.get().map(|error| {
                let again = Callback::new(move |()| self.read());
                let stale = error.is(membership_contract::problem::code::STALE);
                let why = if stale {
                    words::STALE.to_owned()
                } else {
                    said(&error)
                };
                view! {
                    <div role="alert" class="cluster">
                        {ui::note(Tone::Bad, why)}
                        {stale.then(|| view! { <Button on_press=again>{words::COMPARE}</Button> })}
                    </div>
                }
            })
        })
        .into_any()
    }
}

/// Whether the first byte of a file can still be read.
async fn is_there(file: &File) -> bool {
    match file.slice_with_i32_and_i32(0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

/// Where to send a file of this name, with the answers to its questions.
fn address(path: &str, name: &str, settings: Settings) -> String {
    let (dates, decimals) = questions::codes(settings);
    let fields = [("name", name), ("dates", dates), ("decimals", decimals)];
    paths::with_query(path, &fields)
}

fn said(error: &ApiError) -> String {
    format!("{}: {}", error.title(), error.detail())
}
