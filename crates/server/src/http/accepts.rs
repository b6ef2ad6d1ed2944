//! Whether a client takes compressed answers.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

/// What a client takes of what is kept ready. Other compression is done while an answer is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// Brotli, as every browser does.
    pub brotli: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Accepts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let lines = parts.headers.get_all(header::ACCEPT_ENCODING).iter();
        let mut codings = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','));
        let brotli = codings.any(is_brotli);
        Ok(Self { brotli })
    }
}

/// `br`, unless its weight is nothing.
fn is_brotli(coding: &str) -> bool {
    let mut parts = coding.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    let nothing = weight.is_some_and(|weight| weight.parse() == Ok(0.0));
    name.eq_ignore_ascii_case("br") && !nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_who_takes_it() {
        for (coding, taken) in [
            ("br", true),
            (" BR", true),
            (" br;q=0.5", true),
            ("br; q=0", false),
            ("br;q=0.000", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            assert_eq!(is_brotli(coding), taken, "{coding}");
        }
    }
}
