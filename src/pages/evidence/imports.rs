//! Imports: a file is read here in the browser, shown, and then imported whole or not at all; and
//! the history, from which each import can be undone.

mod formats;
mod history;
mod questions;
mod report;
mod send;

use leptos::prelude::*;
use membership_contract::session::SessionOrganization;
use membership_contract::text::en;
use membership_import::{FileFault, LARGEST, Question, Settings};
use web_sys::File;

use crate::api::ApiError;
use crate::api::action::{Action, action};
use crate::api::reader::{self, Kept, Read, Word};
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
    /// It is being read.
    Reading,
    /// It cannot be read; why.
    Fault(String),
    /// It cannot be read by this page, which is older than the service.
    Older,
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
    /// Of so many lines, so many are read.
    read: RwSignal<(u32, u32)>,
    session: Current,
    upload: Action,
    /// Of so many bytes, so many are sent; of none while nobody tells.
    sent: RwSignal<(u32, u32)>,
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
        read: RwSignal::default(),
        session: session::current(),
        upload: action(),
        sent: RwSignal::default(),
        changed: RwSignal::new(0),
    };
    view! {
        {lead(words::TITLE.to_owned(), words::ABOUT, ())}
        <div class="stack">
            {super::tabs(paths::IMPORTS)}
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
                <div class="body">
                    {field} {move || self.ask()} {move || self.brief()} {formats::formats()}
                </div>
            </section>
            {move || self.report()}
        }
        .into_any()
    }

    /// What there is to say beside the chosen file.
    fn brief(self) -> Option<AnyView> {
        match self.state.get() {
            State::None => None,
            State::Reading => Some(self.progress()),
            State::Fault(why) => {
                Some(view! { <div role="alert">{ui::note(Tone::Bad, why)}</div> }.into_any())
            }
            State::Older => Some(older()),
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

    fn progress(self) -> AnyView {
        let cancel = move |()| {
            self.reading.set_value(None);
            self.state.set(State::None);
            ui::live::say(words::CANCELED);
        };
        progress(words::READING, self.read, words::read, cancel)
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
        self.read.set((0, 0));
        self.state.set(State::Reading);
        let id = self.organization.with_value(|one| one.id);
        let hear = move |word: Word| {
            let state = match word {
                Word::Progress(done, total) => {
                    self.read.try_set((done, total));
                    return;
                }
                Word::Fault(why) => State::Fault(why),
                Word::Older => State::Older,
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

    /// What was undone is not said to be imported.
    fn forget(self, undone: &str) {
        let said = |state: &State| matches!(state, State::Done(name, _) if name == undone);
        // The page may be gone by now.
        if self.state.try_with_untracked(said) == Some(true) {
            self.state.set(State::None);
        }
    }
}

/// How much is done of how much, in a bar and in words, and a button beside them that stays the
/// same while they move.
fn progress(
    label: &'static str,
    done: RwSignal<(u32, u32)>,
    say: fn(u32, u32) -> String,
    cancel: impl Fn(()) + Send + Sync + 'static,
) -> AnyView {
    let said = move || {
        let (done, all) = done.get();
        say(done, all)
    };
    view! {
        <div class="cluster" role="status">
            <progress
                max=move || done.get().1.max(1)
                value=move || done.get().0
                aria-label=label
            ></progress>
            <span class="num">{said}</span>
            <Button on_press=Callback::new(cancel)>{words::CANCEL}</Button>
        </div>
    }
    .into_any()
}

/// That the page is older than the service, and what mends that.
fn older() -> AnyView {
    let load = Callback::new(|()| {
        // Where the page cannot be loaded anew, it stays as it is.
        let _ = window().location().reload();
    });
    let way = view! { <Button on_press=load>{words::RELOAD}</Button> };
    ui::refused(words::OLDER, way)
}

fn said(error: &ApiError) -> String {
    format!("{}: {}", error.title(), error.detail())
}
