//! Reading a file in a worker (public/worker.js), so that the page stays awake.

use js_sys::{Object, Reflect};
use leptos::prelude::LocalStorage;
use leptos::prelude::StoredValue;
use membership_contract::import::ImportReport;
use membership_contract::paths;
use membership_domain::id::OrganizationId;
use membership_import::Settings;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{boot, json};

/// What the worker says.
pub enum Word {
    /// So many rows of so many are read.
    Progress(u32, u32),
    /// What the file would change.
    Report(Box<Read>),
    /// Why the file cannot be read at all, as a sentence.
    Fault(String),
    /// The answer of the API that is none; 0 where there was none.
    Status(u16),
    /// The page's program does not understand the service, or is gone from it.
    Older,
}

/// A file that was read.
#[derive(Clone)]
pub struct Read {
    /// What it would change.
    pub report: ImportReport,
    /// All refused lines as CSV.
    pub refused: String,
    /// All lines that can be used as CSV.
    pub used: String,
    /// The tag of the evidence that it was compared with.
    pub tag: String,
}

/// A file that is being read; dropped, the reading ends.
pub struct Reading {
    worker: Worker,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

/// Where a page keeps what it is reading.
pub type Kept = StoredValue<Option<Reading>, LocalStorage>;

impl Drop for Reading {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Reads a file against an organization's evidence, and tells `on_word` how that goes. Nothing
/// where the browser has no workers.
pub fn read(
    organization: OrganizationId,
    file: &File,
    settings: Settings,
    on_word: impl Fn(Word) + 'static,
) -> Option<Reading> {
    let boot = boot::reader()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&boot.worker, &options).ok()?;
    let listener = Closure::wrap(Box::new(move |event: MessageEvent| {
        on_word(word(&event.data()));
    }) as Box<dyn FnMut(MessageEvent)>);
    let heard = listener.as_ref().unchecked_ref();
    worker.set_onmessage(Some(heard));
    // An error event has no data, and so is told as no answer.
    worker.set_onerror(Some(heard));
    let ask = Object::new();
    let base = boot::api_base();
    let (catalog, evidence, clock, kept) = match boot::local() {
        Some(local) => (local.catalog, local.evidence, None, Some(local.kept)),
        None => (
            format!("{base}{}", paths::CATALOG),
            format!("{base}{}", paths::evidence(organization)),
            Some(format!("{base}{}", paths::CLOCK)),
            None,
        ),
    };
    for (name, value) in [
        ("program", boot.program),
        ("catalog", catalog.into()),
        ("evidence", evidence.into()),
        ("clock", clock.into()),
        ("kept", kept.into()),
        ("file", file.into()),
        ("name", file.name().into()),
        ("settings", json::write(&settings)?.into()),
    ] {
        Reflect::set(&ask, &name.into(), &value).ok()?;
    }
    worker.post_message(&ask).ok()?;
    Some(Reading {
        worker,
        _listener: listener,
    })
}

fn word(data: &JsValue) -> Word {
    let get = |name: &str| Reflect::get(data, &name.into()).unwrap_or_default();
    let number = |name: &str| get(name).as_f64();
    if let (Some(done), Some(total)) = (number("done"), number("total")) {
        return Word::Progress(whole(done), whole(total));
    }
    if let Some(fault) = get("fault").as_string() {
        return Word::Fault(fault);
    }
    if get("older").is_truthy() {
        return Word::Older;
    }
    let report = get("report").as_string();
    match report.and_then(|report| json::read::<ImportReport>(&report).ok()) {
        Some(report) => Word::Report(Box::new(Read {
            report,
            refused: get("refused").as_string().unwrap_or_default(),
            used: get("used").as_string().unwrap_or_default(),
            tag: get("tag").as_string().unwrap_or_default(),
        })),
        None => {
            Word::Status(u16::try_from(whole(number("status").unwrap_or_default())).unwrap_or(0))
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of rows, as JavaScript has them"
)]
pub(super) fn whole(number: f64) -> u32 {
    number as u32
}
