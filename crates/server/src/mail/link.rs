//! The token of a one-time link, which is made when a mail is sent and is in nothing else.

use membership_domain::id::LinkId;
use membership_domain::link::LinkState;
use membership_store::links;

use crate::App;
use crate::hash::sha256;
use crate::random;

/// A new token of a link, which works beside those of earlier attempts to send it; none where the
/// link no longer works. Its hash is kept before anybody can have it, so that what arrives works.
pub async fn token(app: &App, id: LinkId) -> anyhow::Result<Option<String>> {
    let db = app.store.db();
    let link = links::by_id(db, id).await?;
    let works = |link: &links::Link| link.term.state(app.clock.real()) == LinkState::Issued;
    if !link.as_ref().is_some_and(works) {
        return Ok(None);
    }
    let token = random::token()?;
    links::add_token(db, id, sha256(&token)).await?;
    Ok(Some(token))
}
