//! Role grants: which user has which role in which organization, and where it holds there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use membership_domain::id::{LocationId, OrganizationId, UserId};
use membership_domain::roles::{Grant, Role, Scope, effective};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, Set,
};

use crate::entities::role_grant::{ActiveModel, Column, Entity, Model};
use crate::entities::{id, optional_id, role, role_grant_location as place};
use crate::key::Key;
use crate::{StoreError, Write, members};

/// How a scope is stored that is the whole organization.
const ORGANIZATION: &str = "organization";

/// How one is stored that has rows of its own.
const LOCATIONS: &str = "locations";

/// A role as somebody was given it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Role and scope.
    pub grant: Grant,
    /// By whom; nobody where it was the command line, or before that was noted.
    pub by: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Gives a member a role with this scope, or the role that they have another scope.
pub async fn give(
    write: &Write,
    user: UserId,
    organization: OrganizationId,
    given: Given,
) -> Result<(), StoreError> {
    let Given { grant, by, at } = given;
    let role = grant.role.code().to_owned();
    let scope = match grant.scope {
        Scope::Organization => ORGANIZATION,
        Scope::Locations(_) => LOCATIONS,
    };
    let row = ActiveModel {
        user_id: Set(Key(user)),
        organization_id: Set(Key(organization)),
        role: Set(role.clone()),
        granted_at: Set(at),
        scope: Set(scope.to_owned()),
        granted_by: Set(by.map(|id| id.to_string())),
    };
    let known = OnConflict::columns([Column::UserId, Column::OrganizationId, Column::Role])
        .update_columns([Column::Scope, Column::GrantedAt, Column::GrantedBy])
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(write.tx())
        .await?;
    place::Entity::delete_many()
        .filter(place::Column::UserId.eq(Key(user)))
        .filter(place::Column::OrganizationId.eq(Key(organization)))
        .filter(place::Column::Role.eq(&role))
        .exec(write.tx())
        .await?;
    let rows = grant.scope.locations().into_iter().flatten();
    let rows = rows.map(|location| place::ActiveModel {
        user_id: Set(Key(user)),
        organization_id: Set(Key(organization)),
        role: Set(role.clone()),
        location_id: Set(Key(*location)),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        place::Entity::insert_many(rows)
            .exec_without_returning(write.tx())
            .await?;
    }
    Ok(())
}

/// Whether a role of somebody is limited to this location, and others.
pub async fn is_scope(db: &impl ConnectionTrait, location: LocationId) -> Result<bool, StoreError> {
    let rows = place::Entity::find().filter(place::Column::LocationId.eq(Key(location)));
    Ok(rows.one(db).await?.is_some())
}

/// Takes a role from a user. Whether it was there.
pub async fn delete(
    write: &Write,
    user: UserId,
    organization: OrganizationId,
    role: Role,
) -> Result<bool, StoreError> {
    let key = (Key(user), Key(organization), role.code().to_owned());
    let gone = Entity::delete_by_id(key).exec(write.tx()).await?;
    Ok(gone.rows_affected > 0)
}

/// Takes all roles from a user.
pub async fn delete_all(
    write: &Write,
    user: UserId,
    organization: OrganizationId,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::UserId.eq(Key(user)))
        .filter(Column::OrganizationId.eq(Key(organization)))
        .exec(write.tx())
        .await?;
    Ok(())
}

/// The roles that a user has in one organization, in the order of [`Role::ALL`]: what was given,
/// and what comes with it. Nothing for a stranger, and for a member who is deactivated or removed; a
/// member without a role is [`Role::DefaultUser`].
pub async fn held(
    db: &impl ConnectionTrait,
    user: UserId,
    organization: OrganizationId,
) -> Result<Vec<Grant>, StoreError> {
    let one = Condition::all()
        .add(members::Column::UserId.eq(Key(user)))
        .add(members::Column::OrganizationId.eq(Key(organization)));
    let mut all = active(db, one).await?;
    Ok(all.remove(&(organization, user)).unwrap_or_default())
}

/// The same in each of a user's organizations.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: UserId,
) -> Result<BTreeMap<OrganizationId, Vec<Grant>>, StoreError> {
    let all = active(db, members::Column::UserId.eq(Key(user)).into()).await?;
    let each = all
        .into_iter()
        .map(|((organization, _), held)| (organization, held));
    Ok(each.collect())
}

/// The active members of an organization who were given one of `wanted` for all of it, with those.
pub async fn holders(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    wanted: &[Role],
) -> Result<BTreeMap<UserId, Vec<Role>>, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(Key(organization)))
        .filter(Column::Role.is_in(wanted.iter().map(|role| role.code())))
        .filter(Column::Scope.eq(ORGANIZATION))
        .all(db)
        .await?;
    let users: Vec<UserId> = rows.iter().map(|row| row.user_id.0).collect();
    let active = members::active_among(db, organization, &users).await?;
    let mut holders: BTreeMap<UserId, Vec<Role>> = BTreeMap::new();
    for row in rows.iter().filter(|row| active.contains(&row.user_id.0)) {
        holders
            .entry(row.user_id.0)
            .or_default()
            .push(role(&row.role)?);
    }
    holders.values_mut().for_each(|roles| roles.sort_unstable());
    Ok(holders)
}

/// What was given to each of these users, without what comes with it.
pub async fn given(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    users: &[UserId],
) -> Result<BTreeMap<UserId, Vec<Given>>, StoreError> {
    let among = users.iter().copied().map(Key);
    let some = Condition::all()
        .add(Column::OrganizationId.eq(Key(organization)))
        .add(Column::UserId.is_in(among));
    let mut all: BTreeMap<UserId, Vec<Given>> = BTreeMap::new();
    for (_, user, given) in read(db, some).await? {
        all.entry(user).or_default().push(given);
    }
    let order = |given: &mut Vec<Given>| given.sort_unstable_by(|a, b| a.grant.cmp(&b.grant));
    all.values_mut().for_each(order);
    Ok(all)
}

/// What was given to this user, without what comes with it.
pub async fn given_to(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    user: UserId,
) -> Result<Vec<Grant>, StoreError> {
    let all = given(db, organization, &[user]).await?;
    let own = all.into_values().flatten();
    Ok(own.map(|given| given.grant).collect())
}

/// What the active members of these have.
async fn active(
    db: &impl ConnectionTrait,
    some: Condition,
) -> Result<BTreeMap<(OrganizationId, UserId), Vec<Grant>>, StoreError> {
    let to_grants = members::Entity::belongs_to(Entity)
        .from((members::Column::OrganizationId, members::Column::UserId))
        .to((Column::OrganizationId, Column::UserId));
    // Each request asks for this, so it is one statement.
    type Row = (String, String, String, Option<String>, Option<String>);
    let rows: Vec<Row> = members::active(some)
        .columns([Column::Role, Column::Scope])
        .join(JoinType::LeftJoin, to_grants.into())
        .into_tuple()
        .all(db)
        .await?;
    let mut all: BTreeMap<_, (Vec<Grant>, Vec<Role>)> = BTreeMap::new();
    let mut limited = Vec::new();
    for (organization, user, withheld, given, scope) in rows {
        let key = (id(organization)?, id(user)?);
        let (grants, away) = all.entry(key).or_default();
        *away = members::roles(&withheld)?;
        match given.as_deref().map(role).transpose()? {
            Some(role) if scope.as_deref() != Some(ORGANIZATION) => limited.push((key, role)),
            Some(role) => grants.push(Grant::everywhere(role)),
            None => {}
        }
    }
    let mut places = places(db, limited.iter().map(|(key, _)| key.1)).await?;
    for (key, role) in limited {
        // One without a row holds nowhere.
        let here = places.remove(&(key.1, key.0, role.code().to_owned()));
        let (grants, _) = all.entry(key).or_default();
        grants.push(Grant {
            role,
            scope: Scope::Locations(here.unwrap_or_default()),
        });
    }
    let each = all.into_iter().map(|(key, (grants, withheld))| {
        let mut held = effective(&grants, &withheld);
        if held.is_empty() {
            held.push(Grant::everywhere(Role::DefaultUser));
        }
        (key, held)
    });
    Ok(each.collect())
}

async fn read(
    db: &impl ConnectionTrait,
    some: Condition,
) -> Result<Vec<(OrganizationId, UserId, Given)>, StoreError> {
    let rows = Entity::find().filter(some).all(db).await?;
    let limited = rows.iter().filter(|row| row.scope != ORGANIZATION);
    let places = places(db, limited.map(|row| row.user_id.0)).await?;
    let given = |row: Model| {
        let (user, organization) = (row.user_id.0, row.organization_id.0);
        let scope = match row.scope.as_str() {
            ORGANIZATION => Scope::Organization,
            // One without a row holds nowhere.
            _ => {
                let key = (user, organization, row.role.clone());
                Scope::Locations(places.get(&key).cloned().unwrap_or_default())
            }
        };
        let role = role(&row.role)?;
        let given = Given {
            grant: Grant { role, scope },
            by: optional_id(row.granted_by)?,
            at: row.granted_at,
        };
        Ok((organization, user, given))
    };
    rows.into_iter().map(given).collect()
}

type Limited = (UserId, OrganizationId, String);

async fn places(
    db: &impl ConnectionTrait,
    users: impl Iterator<Item = UserId>,
) -> Result<BTreeMap<Limited, BTreeSet<LocationId>>, StoreError> {
    let users: BTreeSet<String> = users.map(|user| user.to_string()).collect();
    let mut all: BTreeMap<Limited, BTreeSet<LocationId>> = BTreeMap::new();
    if users.is_empty() {
        return Ok(all);
    }
    let rows = place::Entity::find().filter(place::Column::UserId.is_in(users));
    for row in rows.all(db).await? {
        let key = (row.user_id.0, row.organization_id.0, row.role);
        all.entry(key).or_default().insert(row.location_id.0);
    }
    Ok(all)
}
