//! Answers the pages of a preview without a server: `public/local-worker.js` loads this.

use chrono::{DateTime, Utc};
use membership_local::{Answer, Known, Local as Partner, Request};
use membership_web::lazy;
use wasm_bindgen::prelude::wasm_bindgen;

/// The rules, and what is known of one partner. The rules are read when something needs them,
/// which most visits do not.
#[wasm_bindgen]
pub struct Local {
    catalog: String,
    /// Until then.
    known: Known,
    partner: Option<Partner>,
}

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
    #[wasm_bindgen(constructor)]
    pub fn new(catalog: String, evidence: Option<String>, history: Option<String>) -> Local {
        membership_web::unicode::by_the_browser();
        let kept = evidence.as_deref().zip(history.as_deref());
        Self {
            catalog,
            known: Known::new(kept),
            partner: None,
        }
    }

    /// Answers one request, if that needs no rules; `tag` is the `If-Match` or `If-None-Match`,
    /// and `now` is in milliseconds since 1970.
    pub fn first(
        &self,
        method: &str,
        address: &str,
        tag: Option<String>,
        now: f64,
    ) -> Option<Reply> {
        let request = Request {
            method,
            address,
            tag: tag.as_deref(),
            body: &[],
            now: instant(now),
        };
        self.known().answer(&request).map(Reply::from)
    }

    /// Answers any request, once [`fetch_rest`] went well.
    ///
    /// # Errors
    /// A catalog of another shape.
    pub fn answer(
        &mut self,
        method: &str,
        address: &str,
        tag: Option<String>,
        body: &[u8],
        now: f64,
    ) -> Result<Reply, String> {
        let request = Request {
            method,
            address,
            tag: tag.as_deref(),
            body,
            now: instant(now),
        };
        let answer = lazy::now(call(self, &request));
        answer.unwrap_or_else(|| Err(lazy::why())).map(Reply::from)
    }

    /// What has to be kept, once after each change.
    pub fn kept(&mut self) -> Option<Kept> {
        let known = match &mut self.partner {
            Some(partner) => &mut partner.known,
            None => &mut self.known,
        };
        let (evidence, history) = known.kept()?;
        Some(Kept { evidence, history })
    }

    /// The tag of the evidence.
    pub fn tag(&self) -> String {
        self.known().tag()
    }
}

impl Local {
    fn known(&self) -> &Known {
        let whole = self.partner.as_ref();
        whole.map_or(&self.known, |partner| &partner.known)
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self {
            status: answer.status,
            etag: answer.tag,
            text: answer.body,
            packed: answer.packed,
        }
    }
}

/// Fetches what answers everything.
///
/// # Errors
/// Why it did not come, as a sentence.
#[wasm_bindgen]
pub async fn fetch_rest() -> Result<(), String> {
    load().await.map_err(|_| lazy::why())
}

membership_web::chunk!(
    rest, (local: &mut Local, request: &Request<'_>) -> Result<Answer, String>,
    whole(local).map(|partner| partner.answer(request))
);

/// With the rules.
fn whole(local: &mut Local) -> Result<&mut Partner, String> {
    match local.partner {
        Some(ref mut partner) => Ok(partner),
        None => {
            let rules = serde_json::from_str(&local.catalog).map_err(|error| error.to_string())?;
            local.catalog = String::new();
            let known = std::mem::replace(&mut local.known, Known::new(None));
            Ok(local.partner.insert(Partner::new(rules, known)))
        }
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
