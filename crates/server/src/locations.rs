//! Removing a location: what stands against it, and the program owner's decision of a request for
//! it. The command line decides now, and every later path does it here too.

use membership_contract::refusal::{LocationNeed, Refusal};
use membership_domain::evidence::Figure;
use membership_domain::id::LocationId;
use membership_domain::request::{RequestCommand, RequestKind, RequestState, after};
use membership_domain::text::{name_key, trimmed};
use membership_store::audit::{Action, FieldChange, Whose, difference};
use membership_store::organizations::{self, Location, Whole};
use membership_store::requests::{self, Request, Wanted};
use membership_store::{evidence, grants, invitations, users};
use serde_json::{Value, json};

use crate::App;
use crate::change::Done;
use crate::http::problem::{Answer, ApiError};
use crate::mail::{self, About, Letter, Opens};
use crate::people::PeopleError;
use crate::routes::organizations::requests::decide::told;
use crate::write::Tx;

/// What needs the location. Evidence, roles and invitations are written under the same lock.
pub async fn need(
    app: &App,
    write: &Tx,
    all: &Whole,
    one: &Location,
) -> Answer<Option<LocationNeed>> {
    if all.locations.len() == 1 {
        return Ok(Some(LocationNeed::Last));
    }
    if is_only_at_home(all, one) {
        return Ok(Some(LocationNeed::Country));
    }
    let id = all.organization.id;
    let invited = invitations::acceptable(write.tx(), id, app.clock.real()).await?;
    let mut promised = invited.iter().flat_map(|one| &one.grants);
    let is_promised = promised.any(|grant| {
        let places = grant.scope.locations();
        places.is_some_and(|places| places.contains(&one.id))
    });
    if is_promised || grants::is_scope(write.tx(), one.id).await? {
        return Ok(Some(LocationNeed::Roles));
    }
    let figures = evidence::part(write.tx(), id, "figures").await?;
    let figures: Vec<Figure> = figures.map_or_else(|| Ok(Vec::new()), |known| known.rows())?;
    let names = [one.partner_id.clone(), name_key(&one.name)];
    let about = |figure: &Figure| {
        let place = figure.location.as_deref().map(name_key);
        place.is_some_and(|place| names.contains(&place))
    };
    Ok(figures.iter().any(about).then_some(LocationNeed::Figures))
}

/// Whether the organization would be in a country without a location.
pub fn is_only_at_home(all: &Whole, one: &Location) -> bool {
    let home = &all.organization.country;
    let mut others = all.locations.iter().filter(|other| other.id != one.id);
    one.country == *home && !others.any(|other| other.country == *home)
}

/// For the audit log: what differs between a location before and after, if there was and is one.
pub fn changes(before: Option<&Location>, after: Option<&Location>) -> Vec<FieldChange> {
    let told = |one: Option<&Location>| {
        one.map_or(Value::Null, |one| {
            json!({
                "partner_id": one.partner_id,
                "name": one.name,
                "country": one.country,
                "address": one.address,
            })
        })
    };
    difference(&told(before), &told(after), &[], &Whose::somebody())
}

/// The location that a request is about.
pub fn of_request(one: &Request) -> Option<LocationId> {
    let removal = one.kind == RequestKind::LocationRemoval;
    removal.then(|| one.subject.parse().ok()).flatten()
}

/// Decides a request for a removal, and tells who asked by mail. Approved, the location is gone, and
/// so is what others asked of it; what needs it refuses that, and the request goes on waiting. Gives
/// what was done, and the name of the location.
pub async fn decide(
    app: &App,
    write: &Tx,
    request: Request,
    approve: bool,
    note: &str,
) -> Answer<(String, Vec<Done>)> {
    let wanted = of_request(&request).ok_or_else(ApiError::not_found)?;
    let all = organizations::lock_whole(write, request.organization).await?;
    let known = all.locations.iter().find(|one| one.id == wanted);
    let location = known.ok_or_else(ApiError::not_found)?;
    let (mut done, mut settled) = (Vec::new(), vec![request]);
    if approve {
        if let Some(need) = need(app, write, &all, location).await? {
            return Err(Refusal::LocationNeeded(need).into());
        }
        organizations::remove_location(write, &all.organization, location.id).await?;
        done.push(Done {
            changes: changes(Some(location), None),
            ..Done::of(Action::LocationRemove, location.id)
        });
        settled = same(write, &settled[0]).await?;
    }
    for request in settled {
        let now = Request {
            state: decided(request.state, approve)?,
            decided_by: None,
            decided_at: Some(app.clock.now()),
            note: trimmed(note).to_owned(),
            ..request
        };
        requests::update(write, now.clone()).await?;
        notify(app, write, &all, location, &now, approve).await?;
        done.push(told(&now, Vec::new(), approve));
    }
    Ok((location.name.clone(), done))
}

/// All who wait for the same.
async fn same(write: &Tx, request: &Request) -> Answer<Vec<Request>> {
    let wanted = Wanted {
        kind: Some(RequestKind::LocationRemoval),
        subjects: &[&request.subject],
        pending: true,
        ..Wanted::default()
    };
    Ok(requests::list(
        write.tx(),
        request.organization,
        wanted,
        requests::MOST_WAITING,
    )
    .await?)
}

/// The state then. What is approved is done at once.
fn decided(state: RequestState, approve: bool) -> Answer<RequestState> {
    let then = |state, command| after(state, command).map_err(PeopleError::from);
    Ok(match approve {
        true => then(
            then(state, RequestCommand::Approve)?,
            RequestCommand::CarryOut,
        )?,
        false => then(state, RequestCommand::Refuse)?,
    })
}

/// Tells who asked.
async fn notify(
    app: &App,
    write: &Tx,
    all: &Whole,
    location: &Location,
    now: &Request,
    approve: bool,
) -> Answer<()> {
    let Some(user) = users::by_id(write.tx(), now.asked_by).await? else {
        return Ok(());
    };
    let (organization, location) = (all.organization.name.clone(), location.name.clone());
    let about = match approve {
        true => About::LocationRemoved {
            organization,
            location,
        },
        false => About::LocationKept {
            organization,
            location,
            reason: now.note.clone(),
        },
    };
    let letter = Letter {
        to: user.email,
        user: Some(user.id),
        organization: Some(now.organization),
        document: now.id.to_string(),
        about,
        opens: Opens::Page(format!("/{}/company", all.organization.partner_id)),
    };
    mail::queue(app, write, letter).await?;
    Ok(())
}
