//! Query parameters of one type, strictly: an address that says something unknown, or twice, is
//! told so.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use membership_contract::problem::FieldError;
use membership_contract::text::en;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::problem::{Answer, ApiError};
use super::query::Pairs;

/// The parameters of an address, which are the fields of `T` and described as them. Every field is
/// optional, and one without a value is absent.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + IntoParams, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let Pairs(pairs) = Pairs::from_request_parts(parts, state).await?;
        of(&Pairs(pairs)).map(Self)
    }
}

/// Reads them.
pub fn of<T: DeserializeOwned + IntoParams>(pairs: &Pairs) -> Answer<T> {
    let described = T::into_params(|| None);
    let known: Vec<&str> = described.iter().map(|one| one.name.as_str()).collect();
    pairs.only(&known)?;
    let given = pairs.0.iter().filter(|(_, value)| !value.is_empty());
    let text =
        serde_urlencoded::to_string(given.collect::<Vec<_>>()).map_err(ApiError::internal)?;
    let query = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(query).map_err(|error| {
        let (at, why) = (error.path().to_string(), error.inner().to_string());
        ApiError::invalid(vec![FieldError::new(
            format!("?{at}"),
            "unexpected",
            en::unread(&why),
        )])
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use utoipa::ToSchema;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    enum Sort {
        Name,
    }

    #[derive(Debug, PartialEq, Deserialize, IntoParams)]
    struct Asked {
        limit: Option<u32>,
        sort: Option<Sort>,
        search: Option<String>,
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Asked, String> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let pairs = Pairs(pairs.iter().map(owned).collect());
        of(&pairs).map_err(|refused| {
            let told = refused.errors().iter();
            let told = told.map(|one| format!("{} {} {}", one.pointer, one.code, one.detail));
            told.collect()
        })
    }

    #[test]
    fn parameters_are_those_of_the_type() {
        let asked = Asked {
            limit: Some(20),
            sort: Some(Sort::Name),
            search: Some("a&b=c ä".to_owned()),
        };
        let pairs = [("limit", "20"), ("sort", "name"), ("search", "a&b=c ä")];
        assert_eq!(read(&pairs), Ok(asked));
        let none = Asked {
            limit: None,
            sort: None,
            search: None,
        };
        assert_eq!(read(&[("limit", "")]), Ok(none));
        for (pairs, told) in [
            (vec![("limits", "20")], "?limits unknown_parameter"),
            (vec![("limit", "1"), ("limit", "2")], "?limit repeated"),
            (vec![("limit", "many")], "?limit unexpected"),
            (vec![("limit", "-1")], "?limit unexpected"),
            (vec![("sort", "size")], "?sort unexpected"),
        ] {
            let refused = read(&pairs).expect_err("a refusal");
            assert!(refused.starts_with(told), "{pairs:?}: {refused}");
        }
    }
}
