//! Whose turn it is: work that takes long or much memory, in a queue that is fair between
//! organizations.
//!
//! An organization has a line of its own, and only who is first in a line waits with those of the
//! other lines, so that many files of one delay another's by one at most. Work is done off the
//! async threads and keeps its place until it has really ended, also where nobody waits for it any
//! more: it is told so, and stops where it looks.

mod queue;
mod refused;
mod room;

use axum::body::{Body, Bytes};
use chrono::{DateTime, Utc};
use membership_contract::refusal::Refusal;
use membership_domain::id::{OrganizationId, User};

use crate::app::Settings;
use crate::guard::Member;
use crate::http::body::Unread;
use crate::http::problem::Answer;
use crate::http::sending::holding;
use crate::limiter::Limiter;
use crate::tries::seconds;
pub use queue::{Place, Queue, Turn, Watch};
use refused::{full, too_much, too_slow};
use room::{Held, Room, SMALL, STEP};

/// Bodies of files and evidence that are in memory at a time, in KiB: eight of the largest files.
const BODIES: usize = 256 * 1024;

/// Large answers that are in memory until they are sent, in KiB: eight of the largest evidence.
const SENT: usize = 512 * 1024;

/// Large answers that are sent to one organization at a time.
const ANSWERS: usize = 4;

/// The kinds of work, the memory that they share, and how often evidence may be written.
#[derive(Debug)]
pub struct Turns {
    /// Reading files and writing evidence: one at a time for each organization.
    pub files: Queue,
    /// Assessing and listing what is there: moments, but many of them.
    pub looks: Queue,
    /// Evidence, assessments and tables on their way to clients: they take memory until they are
    /// sent.
    pub answers: Queue,
    /// Large bodies in memory, from when they are received until they are read.
    large: Queue,
    /// The same of one user, who may be in many organizations.
    large_of_user: Queue<User>,
    bodies: Room,
    sent: Room,
    imports: Limiter<OrganizationId>,
}

impl Turns {
    /// Nothing is under way.
    pub fn new(settings: &Settings) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let (ours, yours) = ("of this organization", "of yours");
        let queue = |of_each, all, late| Queue::new(settings, ours, of_each, all, late);
        // There is a turn for others whatever one organization asks for.
        let looks = processors.max(2);
        Self {
            // Half of the processors are left for others; each file takes many times its size.
            files: queue(1, (processors / 2).clamp(1, 4), too_slow),
            looks: queue((looks - 1).min(2), looks, too_much),
            answers: queue(ANSWERS, 1, too_much),
            // Two, so that one on a slow line does not keep a colleague waiting.
            large: queue(2, 1, too_slow),
            large_of_user: Queue::new(settings, yours, 2, 1, too_slow),
            bodies: Room::new(BODIES, settings.waiting),
            sent: Room::new(SENT, settings.waiting),
            imports: Limiter::new(settings.imports),
        }
    }

    /// A place for evidence to write.
    pub async fn place(&self, organization: OrganizationId, now: DateTime<Utc>) -> Answer<Place> {
        self.count(organization, now)?;
        self.files.place(organization).await
    }

    /// The same with a body. A large one is received in its turn, and takes room as it arrives.
    pub async fn receive(
        &self,
        member: &Member,
        now: DateTime<Utc>,
        mut sent: Unread,
    ) -> Answer<(Place, Bytes)> {
        let most = sent.most();
        let begun = async {
            self.count(member.organization, now)?;
            self.begin(member, most).await
        };
        let mut held = match begun.await {
            Ok(held) => held,
            Err(refused) => {
                // Who is still sending would not hear the answer.
                sent.discard().await;
                return Err(refused);
            }
        };
        let bytes = self.fill(&mut sent, held.as_mut()).await?;
        let place = self.files.place(member.organization).await?;
        Ok((place.with(held), bytes.into()))
    }

    /// The body of an answer, which keeps its place, and the memory that it takes, until it is sent.
    pub fn send(&self, place: Place, content: impl Into<Bytes>) -> Answer<Body> {
        let content = content.into();
        let taken = self.sent.left_for(content.len()).map_err(|_| full())?;
        Ok(holding(content, (place, taken)))
    }

    /// The same for what was done already: that is told in any case.
    pub fn tell(&self, place: Place, content: impl Into<Bytes>) -> Body {
        let content = content.into();
        let taken = self.sent.left_for(content.len()).ok();
        holding(content, (place, taken))
    }

    fn count(&self, organization: OrganizationId, now: DateTime<Utc>) -> Answer<()> {
        let counted = self.imports.take(&organization, now);
        counted.map(|_| ()).map_err(|exhausted| {
            let (most, seconds) = (self.imports.quota().burst, seconds(exhausted.retry_in));
            Refusal::TooManyImports { most, seconds }.into()
        })
    }

    /// Its places among the large bodies; small ones are received like forms.
    async fn begin(&self, member: &Member, bytes: usize) -> Answer<Option<Held>> {
        if bytes <= SMALL {
            return Ok(None);
        }
        let of_user = self.large_of_user.place(member.id()).await?;
        let of_organization = self.large.place(member.organization).await?;
        Ok(Some(Held::new([of_user, of_organization])))
    }

    async fn fill(&self, sent: &mut Unread, mut held: Option<&mut Held>) -> Answer<Vec<u8>> {
        // What is not received takes no memory yet.
        let mut bytes = Vec::with_capacity(sent.most());
        loop {
            let size = STEP.min(sent.most() - bytes.len());
            if let Some(held) = &mut held
                && let Err(refused) = self.bodies.wait_for(held, bytes.len() + size).await
            {
                sent.discard().await;
                return Err(refused);
            }
            if sent.step(&mut bytes, size).await? {
                return Ok(bytes);
            }
        }
    }
}

#[cfg(test)]
mod memory;
#[cfg(test)]
mod tests;
