//! What a page asks.

use chrono::{DateTime, Utc};

/// A request, as it would go to the API.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// `GET`, `PUT` or `POST`.
    pub method: &'a str,
    /// The address below the API's host, with its query.
    pub address: &'a str,
    /// The tag of what the writer has read (`If-Match`), or the reader knows (`If-None-Match`).
    pub tag: Option<&'a str>,
    /// The body; empty for none.
    pub body: &'a [u8],
    /// What time it is.
    pub now: DateTime<Utc>,
}

impl<'a> Request<'a> {
    /// The address without its query.
    pub(crate) fn path(&self) -> &'a str {
        self.address.split('?').next().unwrap_or_default()
    }

    /// What the query says.
    pub(crate) fn parameters(&self) -> Parameters {
        let query = self.address.split_once('?').map_or("", |(_, query)| query);
        let pairs = form_urlencoded::parse(query.as_bytes());
        Parameters(pairs.into_owned().collect())
    }
}

/// Names and values of a query.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A step of a path as it was before it was encoded.
pub(crate) fn decoded(step: &str) -> String {
    percent_encoding::percent_decode_str(step)
        .decode_utf8_lossy()
        .into_owned()
}
