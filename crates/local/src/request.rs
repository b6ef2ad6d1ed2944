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

    /// The pairs of the query, decoded.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let query = self.address.split_once('?').map(|(_, query)| query);
        let pairs = query.into_iter().flat_map(|query| query.split('&'));
        pairs
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect()
    }
}

/// A piece of an address without percent-encoding. Our own pages encode, so what cannot be decoded
/// stays as it is.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(decoded("Gr%C3%B6%C3%9Fe"), "Größe");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%4"), "%zz%4");
        assert_eq!(decoded("%FF"), "%FF", "no text");
    }
}
