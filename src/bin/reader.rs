//! Reads files in a worker, so that the page stays awake: `public/worker.js` loads this.

use chrono::NaiveDate;
use js_sys::Function;
use membership_contract::import::{ImportReport, refused_csv, used_csv};
use membership_contract::text::en;
use membership_domain::evidence::Writer;
use membership_domain::{Catalog, Evidence};
use membership_import::Settings;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The rules, and what is known before a file.
#[wasm_bindgen]
pub struct Reader {
    catalog: Catalog,
    evidence: Evidence,
    today: NaiveDate,
    writer: Writer,
}

/// What a file would change.
#[wasm_bindgen(getter_with_clone)]
pub struct Preview {
    /// An `ImportReport` as JSON.
    pub report: String,
    /// All refused lines as CSV.
    pub refused: String,
    /// All lines that can be used as CSV.
    pub used: String,
}

#[wasm_bindgen]
impl Reader {
    /// From JSON, as the API gives it, and the day beyond which nothing has happened; `preview` says
    /// that it is for a preview without an account.
    ///
    /// # Errors
    /// JSON of another shape.
    #[wasm_bindgen(constructor)]
    pub fn new(
        catalog: &str,
        evidence: &str,
        today: &str,
        preview: bool,
    ) -> Result<Reader, String> {
        membership_web::unicode::by_the_browser();
        let told = |error: serde_json::Error| error.to_string();
        Ok(Self {
            catalog: serde_json::from_str(catalog).map_err(told)?,
            evidence: serde_json::from_str(evidence).map_err(told)?,
            today: today.parse().map_err(|_| today.to_owned())?,
            // Nobody who signs in to the pages confirms evidence.
            writer: if preview {
                Writer::Preview
            } else {
                Writer::Partner
            },
        })
    }

    /// What a file would change. `settings` are the answers to its questions, as JSON;
    /// `progress` is called with how many rows of how many are read.
    ///
    /// # Errors
    /// Why the file cannot be read at all, as a sentence.
    pub fn preview(
        &self,
        bytes: &[u8],
        name: &str,
        settings: &str,
        progress: &Function,
    ) -> Result<Preview, String> {
        let mut settings: Settings =
            serde_json::from_str(settings).map_err(|error| error.to_string())?;
        settings.today = Some(self.today);
        settings.writer = self.writer;
        let tell = |done: usize, total: usize| {
            // A page that does not listen misses nothing else.
            let _ = progress.call2(&JsValue::UNDEFINED, &done.into(), &total.into());
            // Who cancels ends the worker.
            true
        };
        let (catalog, evidence) = (&self.catalog, &self.evidence);
        let plan = membership_import::read(bytes, name, settings, catalog, evidence, &tell)
            .map_err(|fault| en::file_fault(&fault))?;
        let report = ImportReport::of(&plan, false);
        Ok(Preview {
            report: serde_json::to_string(&report).map_err(|error| error.to_string())?,
            refused: refused_csv(&plan),
            used: used_csv(&plan),
        })
    }
}

fn main() {}
