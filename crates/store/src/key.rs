//! Ids as columns have them.

use membership_domain::Id;
use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value};

/// An id in a column: as text, on each database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<T>(pub Id<T>);

impl<T> From<Key<T>> for Value {
    fn from(key: Key<T>) -> Self {
        key.0.to_string().into()
    }
}

impl<T> TryGetable for Key<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, column: I) -> Result<Self, TryGetError> {
        let text: String = row.try_get_by(column)?;
        let id = text
            .parse()
            .map_err(|_| DbErr::Type(format!("{text}: no id")));
        Ok(Self(id?))
    }
}

impl<T> ValueType for Key<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let text = <String as ValueType>::try_from(value)?;
        text.parse().map(Self).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        "Key".to_owned()
    }

    fn array_type() -> ArrayType {
        <String as ValueType>::array_type()
    }

    fn column_type() -> ColumnType {
        <String as ValueType>::column_type()
    }
}

impl<T> Nullable for Key<T> {
    fn null() -> Value {
        <String as Nullable>::null()
    }
}

impl<T> TryFromU64 for Key<T> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Key"))
    }
}
