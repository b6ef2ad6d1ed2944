//! Query parameters, strictly: an address that says something unknown is told so.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use membership_contract::problem::FieldError;
use membership_contract::refusal::Refusal;

use super::problem::{Answer, ApiError};

/// More parameters than any address has.
const MOST: usize = 50;

/// The decoded pairs of the query, in their order.
#[derive(Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let pairs = Query::from_request_parts(parts, state).await;
        let pairs = pairs.ok().map(|Query(pairs): Query<Vec<_>>| pairs);
        pairs
            .filter(|pairs| pairs.len() <= MOST)
            .map(Self)
            .ok_or_else(|| Refusal::UnreadableQuery { most: MOST }.into())
    }
}

impl Pairs {
    /// The value of a parameter, if it is given.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Refuses parameters that the address does not know, and repeated ones.
    pub fn only(&self, known: &[&str]) -> Answer<()> {
        let mut errors = Vec::new();
        for (index, (name, _)) in self.0.iter().enumerate() {
            let pointer = format!("?{name}");
            if !known.contains(&name.as_str()) {
                let detail = format!("Unknown parameter. Use {}.", known.join(", "));
                errors.push(FieldError::new(pointer, "unknown_parameter", detail));
            } else if self
                .0
                .iter()
                .take(index)
                .any(|(earlier, _)| earlier == name)
            {
                errors.push(FieldError::new(pointer, "repeated", "Send it once."));
            }
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(errors))
        }
    }
}

/// The values of parameters, read one by one, so that everything wrong is told at once.
pub struct Reading<'p> {
    pairs: &'p Pairs,
    errors: Vec<FieldError>,
}

impl<'p> Reading<'p> {
    /// Nothing is read yet.
    pub fn of(pairs: &'p Pairs) -> Self {
        let errors = Vec::new();
        Self { pairs, errors }
    }

    /// A value; none where it is left out, or can't be read: then `wrong` says what it must be.
    pub fn parsed<T>(
        &mut self,
        name: &str,
        wrong: &str,
        parse: impl FnOnce(&'p str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(self.pairs.get(name)?);
        if parsed.is_none() {
            let error = FieldError::new(format!("?{name}"), "unexpected", wrong);
            self.errors.push(error);
        }
        parsed
    }

    /// Refuses what could not be read.
    pub fn done(self) -> Answer<()> {
        match self.errors.is_empty() {
            true => Ok(()),
            false => Err(ApiError::invalid(self.errors)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_parameters_are_refused() {
        let pairs = Pairs(vec![("day".into(), "x".into()), ("day".into(), "y".into())]);
        assert!(pairs.only(&["day"]).is_err());
        let pairs = Pairs(vec![("days".into(), "x".into())]);
        assert!(pairs.only(&["day"]).is_err());
        assert!(Pairs::default().only(&[]).is_ok());
    }
}
