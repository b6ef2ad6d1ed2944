//! The members of an organization, found, sorted and page by page.

use membership_domain::id::{self, OrganizationId, UserId};
use membership_domain::member::MemberState;
use membership_domain::roles::Role;
use membership_domain::text::{address_key, name_key};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Query as Select};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Value,
};

use super::{Column, Entity, Member, is_active, named};
use crate::StoreError;
use crate::entities::{role_grant, second_factor};
use crate::key::Key;

membership_domain::codes! {
    /// By what members are sorted.
    Sort {
        /// By name, as a person looks for it.
        Name = "name",
        /// By email.
        Email = "email",
        /// By the last sign-in; those who never did come first.
        SignedIn = "signed_in",
    }
}

impl Sort {
    fn column(self) -> Column {
        match self {
            Self::Name => Column::NameKey,
            Self::Email => Column::EmailKey,
            Self::SignedIn => Column::SignedInMs,
        }
    }

    fn value(self, key: &str) -> Value {
        match self {
            Self::SignedIn => key.parse::<i64>().unwrap_or_default().into(),
            _ => key.into(),
        }
    }
}

/// Which members, and in which order.
#[derive(Clone, Debug)]
pub struct Query {
    /// Words, each of which name or email have; folded as names are.
    pub words: Vec<String>,
    /// Those with this state alone: active, deactivated, removed. Without it all but removed ones.
    pub state: Option<MemberState>,
    /// Those who were given this role.
    pub role: Option<Role>,
    /// By what.
    pub sort: Sort,
    /// Largest first.
    pub descending: bool,
    /// After this one: what it is sorted by, and its id.
    pub after: Option<(String, UserId)>,
    /// At most so many.
    pub limit: u64,
}

/// The members, each with what it is sorted by.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    query: &Query,
) -> Result<Vec<(String, Member)>, StoreError> {
    let column = query.sort.column();
    let order = match query.descending {
        true => Order::Desc,
        false => Order::Asc,
    };
    let mut find = Entity::find()
        .filter(found(organization, query))
        .order_by(column, order.clone())
        .order_by(Column::UserId, order)
        .limit(query.limit);
    if let Some((key, id)) = &query.after {
        let (key, id) = (query.sort.value(key), Value::from(Key(*id)));
        let beyond = |column: Column, value: Value| match query.descending {
            true => column.lt(value),
            false => column.gt(value),
        };
        let same = Condition::all()
            .add(column.eq(key.clone()))
            .add(beyond(Column::UserId, id));
        find = find.filter(Condition::any().add(beyond(column, key)).add(same));
    }
    let rows = find.all(db).await?;
    let keys: Vec<String> = rows
        .iter()
        .map(|row| match query.sort {
            Sort::Name => row.name_key.clone(),
            Sort::Email => row.email_key.clone(),
            Sort::SignedIn => row.signed_in_ms.to_string(),
        })
        .collect();
    Ok(keys.into_iter().zip(named(db, rows).await?).collect())
}

/// Members, also former ones, whose name has this text in it or whose address it is, at most `limit`.
pub async fn matching(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    text: &str,
    limit: u64,
) -> Result<Vec<UserId>, StoreError> {
    let name = Expr::col((Entity, Column::NameKey)).like(containing(&name_key(text)));
    let found = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(name.or(Column::EmailKey.eq(address_key(text))))
        .order_by_asc(Column::UserId)
        .limit(limit);
    let found: Vec<Key<id::User>> = found.into_tuple().all(db).await?;
    Ok(found.into_iter().map(|id| id.0).collect())
}

/// How many members there are of those that are asked for, on all pages.
pub async fn count(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    query: &Query,
) -> Result<u64, StoreError> {
    let found = Entity::find().filter(found(organization, query));
    Ok(found.count(db).await?)
}

/// How many members can act for the organization, and how many of those have no second factor.
pub async fn tally(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<(u64, u64), StoreError> {
    let active = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(is_active());
    let secured = Select::select()
        .column(second_factor::Column::UserId)
        .from(second_factor::Entity)
        .and_where(second_factor::Column::ConfirmedAt.is_not_null())
        .to_owned();
    let without = active
        .clone()
        .filter(Column::UserId.not_in_subquery(secured));
    Ok((active.count(db).await?, without.count(db).await?))
}

fn found(organization: OrganizationId, query: &Query) -> Condition {
    let mut all = Condition::all().add(Column::OrganizationId.eq(Key(organization)));
    all = match query.state {
        None => all.add(Column::RemovedAt.is_null()),
        Some(MemberState::Active) => all.add(is_active()),
        Some(MemberState::Removed) => all.add(Column::RemovedAt.is_not_null()),
        Some(MemberState::Deactivated) => all
            .add(Column::DeactivatedAt.is_not_null())
            .add(Column::RemovedAt.is_null()),
    };
    for word in &query.words {
        let like = |column: Column| Expr::col((Entity, column)).like(containing(word));
        let either = Condition::any()
            .add(like(Column::NameKey))
            .add(like(Column::EmailKey));
        all = all.add(either);
    }
    if let Some(role) = query.role {
        let holders = Select::select()
            .column(role_grant::Column::UserId)
            .from(role_grant::Entity)
            .and_where(role_grant::Column::OrganizationId.eq(Key(organization)))
            .and_where(role_grant::Column::Role.eq(role.code()))
            .to_owned();
        all = all.add(Column::UserId.in_subquery(holders));
    }
    all
}

/// Anything with these characters in it, whatever they mean to a pattern.
fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
