//! The parameters of an address are the fields of a type: it describes them, and what it does not
//! describe is refused.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use utoipa::IntoParams;

use super::problem::{Answer, ApiError};
use super::query::Pairs;

/// What was asked with the fields of `T` and nothing else, each once at most. The values are read by
/// what they are for.
#[derive(Debug)]
pub struct Params<T> {
    /// As they were sent.
    pub pairs: Pairs,
    described: PhantomData<T>,
}

impl<T: IntoParams, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        Self::of(Pairs::from_request_parts(parts, state).await?)
    }
}

impl<T: IntoParams> Params<T> {
    fn of(pairs: Pairs) -> Answer<Self> {
        let described = T::into_params(|| None);
        let known: Vec<&str> = described.iter().map(|one| one.name.as_str()).collect();
        pairs.only(&known)?;
        Ok(Self {
            pairs,
            described: PhantomData,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, IntoParams)]
    #[expect(dead_code, reason = "only described")]
    struct Asked {
        limit: Option<u32>,
        search: Option<String>,
    }

    #[test]
    fn parameters_are_those_of_the_type() {
        let of = |pairs: &[(&str, &str)]| {
            let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            Params::<Asked>::of(Pairs(pairs.iter().map(owned).collect()))
        };
        assert!(of(&[("limit", "20"), ("search", "a&b=c")]).is_ok());
        assert!(of(&[]).is_ok());
        for (pairs, told) in [
            (vec![("limits", "20")], "unknown_parameter"),
            (vec![("limit", "1"), ("limit", "2")], "repeated"),
        ] {
            let refused = of(&pairs).expect_err("a refusal");
            assert_eq!(refused.errors()[0].code, told, "{pairs:?}");
        }
    }
}
