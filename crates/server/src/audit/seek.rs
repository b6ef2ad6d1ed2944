//! What is asked of the log, and the entries that are found.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, SecondsFormat, Utc};
use membership_domain::id::{OrganizationId, UserId};
use membership_store::audit::{Place, Shown, Sought, page};
use membership_store::{Store, StoreError, members, organizations};

use crate::http::problem::Answer;
use crate::http::query::{Pairs, Reading};

/// So many people, and so many locations, are looked up by what is searched for.
const MOST_NAMED: u64 = 10;
/// The longest text to look for.
const LONGEST: usize = 200;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    sought: Sought,
    search: Option<String>,
    behind: Option<Place>,
}

impl Asked {
    /// Reads it, strictly.
    pub fn of(pairs: &Pairs) -> Answer<Self> {
        let mut reading = Reading::of(pairs);
        let id = |text: &str| text.parse::<UserId>().ok();
        let until = reading.parsed("to", "Must be a day such as 2026-11-30.", day);
        let asked = Self {
            sought: Sought {
                user: reading.parsed("who", "Must be the id of a person.", id),
                about: reading.parsed("about", "Must be the id of a person.", id),
                action: reading.parsed("action", "Must be the code of an action.", code),
                subject: None,
                from: reading
                    .parsed("from", "Must be a day such as 2026-11-30.", day)
                    .map(midnight),
                // Behind the last day that both databases can compare is nothing.
                until: until.and_then(next).map(midnight),
            },
            search: reading.parsed("search", "Must have at most 200 characters.", short),
            behind: reading.parsed(
                "cursor",
                "Must be the `next` of a page of this list.",
                place,
            ),
        };
        reading.done()?;
        Ok(asked)
    }

    /// The next entries, at most `limit`, and where those behind them begin, if there are any.
    pub async fn page(
        &self,
        store: &Store,
        organization: OrganizationId,
        limit: u64,
    ) -> Result<(Vec<Shown>, Option<Place>), StoreError> {
        let mut found: Vec<Shown> = Vec::new();
        for sought in self.each(store, organization).await? {
            let more = page(
                store.db(),
                Some(organization),
                &sought,
                self.behind,
                limit + 1,
            );
            found.extend(more.await?);
        }
        // Each was asked for so many, so that the first of all of them are among these.
        found.sort_by_key(|one| std::cmp::Reverse((one.place.at, one.place.id)));
        found.dedup_by_key(|one| one.place.id);
        let more = found.len() as u64 > limit;
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = found.last().filter(|_| more).map(|last| last.place);
        Ok((found, next))
    }

    /// The same behind a place.
    pub fn behind(self, place: Place) -> Self {
        let behind = Some(place);
        Self { behind, ..self }
    }

    /// What is searched for is the subject itself, or a person or location by name: what they did
    /// and what was done to them. Each is found by an index, which one condition for all would not be.
    async fn each(
        &self,
        store: &Store,
        organization: OrganizationId,
    ) -> Result<Vec<Sought>, StoreError> {
        let Some(text) = &self.search else {
            return Ok(vec![self.sought.clone()]);
        };
        let of = |subject: String| Sought {
            subject: Some(subject),
            ..self.sought.clone()
        };
        let mut each = vec![of(text.clone())];
        for id in members::matching(store.db(), organization, text, MOST_NAMED).await? {
            each.push(of(id.to_string()));
            // Another person is asked for already: nothing is of both.
            if self.sought.user.is_none_or(|user| user == id) {
                let user = Some(id);
                each.push(Sought {
                    user,
                    ..self.sought.clone()
                });
            }
            if self.sought.about.is_none_or(|about| about == id) {
                let about = Some(id);
                each.push(Sought {
                    about,
                    ..self.sought.clone()
                });
            }
        }
        let text = text.to_lowercase();
        let places = organizations::locations(store.db(), organization).await?;
        let places = places
            .into_iter()
            .filter(|one| one.name.to_lowercase().contains(&text));
        let most = usize::try_from(MOST_NAMED).unwrap_or(usize::MAX);
        each.extend(places.take(most).map(|one| of(one.id.to_string())));
        Ok(each)
    }
}

/// A place as a cursor.
pub fn cursor(place: Place) -> String {
    let at = place.at.to_rfc3339_opts(SecondsFormat::Nanos, true);
    format!("{at}_{}", place.id)
}

/// A day of four digits for the year and two for month and day: both databases can compare it.
fn day(text: &str) -> Option<NaiveDate> {
    let fits = text.len() == 10 && text.starts_with(|sign: char| sign.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn next(day: NaiveDate) -> Option<NaiveDate> {
    let next = day.checked_add_days(Days::new(1))?;
    (next.year() <= 9999).then_some(next)
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn code(text: &str) -> Option<String> {
    let fits = |sign: char| matches!(sign, 'a'..='z' | '0'..='9' | '.' | '_');
    (text.len() <= LONGEST && text.chars().all(fits)).then(|| text.to_owned())
}

/// Nothing that a database cannot compare.
fn short(text: &str) -> Option<String> {
    let fits = text.chars().count() <= LONGEST && !text.contains('\0');
    fits.then(|| text.trim().to_owned())
}

fn place(text: &str) -> Option<Place> {
    let (at, id) = text.split_once('_')?;
    let at = DateTime::parse_from_rfc3339(at).ok()?.to_utc();
    let id = id.parse().ok()?;
    (1..=9999).contains(&at.year()).then_some(Place { at, id })
}
