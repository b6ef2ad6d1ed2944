//! Reading JSON where serde by itself reads more than what is meant.

use serde::{Deserialize, Deserializer};

/// Reads a value that may be left out but not be null: null could be taken for "left out", which
/// often means "all of it".
///
/// # Errors
///
/// Where the value is null, or no `T`.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
