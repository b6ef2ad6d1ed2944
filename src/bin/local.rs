//! Answers the pages of a preview without a server: `public/local-worker.js` loads this.

use chrono::{DateTime, Utc};
use membership_local::{Local as Partner, Request};
use wasm_bindgen::prelude::wasm_bindgen;

/// The rules, and what is known of one partner.
#[wasm_bindgen]
pub struct Local(Partner);

/// An answer, as it would come from the API.
#[wasm_bindgen(getter_with_clone)]
pub struct Reply {
    /// As in HTTP.
    pub status: u16,
    /// The `ETag`, where there is one.
    pub etag: Option<String>,
    /// JSON, or a table.
    pub text: String,
    /// In place of the text: evidence in little space.
    pub packed: Option<Vec<u8>>,
}

/// What has to be kept, as JSON.
#[wasm_bindgen(getter_with_clone)]
pub struct Kept {
    /// The evidence.
    pub evidence: String,
    /// What was imported into it.
    pub history: String,
}

#[wasm_bindgen]
impl Local {
    /// From the catalog as JSON, and what was kept.
    ///
    /// # Errors
    /// A catalog of another shape.
    #[wasm_bindgen(constructor)]
    pub fn new(
        catalog: &str,
        evidence: Option<String>,
        history: Option<String>,
    ) -> Result<Local, String> {
        membership_web::unicode::by_the_browser();
        let kept = evidence.as_deref().zip(history.as_deref());
        let partner = Partner::new(catalog, kept).map_err(|error| error.to_string())?;
        Ok(Self(partner))
    }

    /// Answers one request; `tag` is the `If-Match` or `If-None-Match`, and `now` is in
    /// milliseconds since 1970.
    pub fn answer(
        &mut self,
        method: &str,
        address: &str,
        tag: Option<String>,
        body: &[u8],
        now: f64,
    ) -> Reply {
        let answer = self.0.answer(&Request {
            method,
            address,
            tag: tag.as_deref(),
            body,
            now: instant(now),
        });
        Reply {
            status: answer.status,
            etag: answer.tag,
            text: answer.body,
            packed: answer.packed,
        }
    }

    /// What has to be kept, once after each change.
    pub fn kept(&mut self) -> Option<Kept> {
        let (evidence, history) = self.0.kept()?;
        Some(Kept { evidence, history })
    }

    /// The tag of the evidence.
    pub fn tag(&self) -> String {
        self.0.tag()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds, as JavaScript has them"
)]
fn instant(now: f64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now as i64).unwrap_or_default()
}

fn main() {}
