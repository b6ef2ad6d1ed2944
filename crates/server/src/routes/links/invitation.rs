//! What somebody does with an invitation that was mailed to them.

pub mod accept;
pub mod decline;

use membership_contract::refusal::Refusal;
use membership_domain::link::LinkPurpose;
use membership_store::Connection;
use membership_store::invitations::{self, Invitation};
use membership_store::links::{self, Link, Used};

use crate::App;
use crate::hash::sha256;
use crate::http::client::Client;
use crate::http::problem::{Answer, ApiError};
use crate::tries::Of;
use crate::write::Tx;

/// The link and the invitation that it is about, with the hash of its token. Tries with links that
/// do not exist are counted.
async fn opened(app: &App, client: Client, token: &str) -> Answer<(String, Link, Invitation)> {
    let (db, now) = (app.store.db(), app.clock.real());
    let token_hash = sha256(token);
    let counted = app.tries.count(&app.store, Of::Link(client.0), now).await?;
    let found = found(db, &token_hash).await?;
    let Some((link, invitation)) = found else {
        return Err(counted.told(ApiError::from(Refusal::LinkUnknown)));
    };
    counted.give_back().await;
    Ok((token_hash, link, invitation))
}

async fn found(db: &impl Connection, token_hash: &str) -> Answer<Option<(Link, Invitation)>> {
    let link = links::by_hash(db, token_hash).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::Invitation) else {
        return Ok(None);
    };
    let (Some(organization), Ok(id)) = (link.organization, link.subject.parse()) else {
        return Ok(None);
    };
    let invitation = invitations::by_id(db, organization, id).await?;
    Ok(invitation.map(|invitation| (link, invitation)))
}

/// Uses the link; the invitation as it is under the lock.
async fn used(app: &App, write: &Tx, token_hash: &str) -> Answer<Invitation> {
    let now = app.clock.real();
    match links::use_up(write, token_hash, LinkPurpose::Invitation, now).await? {
        Used::Now(_) => {}
        Used::Ended(_, why) => return Err(Refusal::LinkEnded(why.0).into()),
        Used::Unknown => return Err(Refusal::LinkUnknown.into()),
    }
    let found = found(write.tx(), token_hash).await?;
    let (_, invitation) = found.ok_or(Refusal::LinkUnknown)?;
    Ok(invitation)
}
