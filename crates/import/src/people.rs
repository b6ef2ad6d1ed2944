//! People and what they hold, with the ways in which rows name them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use membership_domain::Shared;
use membership_domain::evidence::{Authority, Held, Person, Writer};
use membership_domain::text::{address_key, canonical};

use crate::difference::Difference;
use crate::fault::Reason;
use crate::likeness::{is_called, look_of_address};
use crate::linked::Linked;
use crate::plan::LineOutcome;

/// How a row names somebody.
pub(crate) enum Named {
    Id,
    Address,
    /// By an address that looks like the one of somebody else of this name.
    Lookalike,
}

/// The people, and what this file says of them.
pub(crate) struct People {
    list: Vec<Person>,
    writer: Writer,
    /// By the canonical form of ids, and of addresses without case.
    by_id: BTreeMap<String, usize>,
    by_email: BTreeMap<String, usize>,
    /// By what addresses look like.
    by_look: BTreeMap<String, usize>,
    /// Those that this file adds.
    new: BTreeSet<usize>,
    linked: Linked,
    /// By person and certificate, what this file says last.
    said: BTreeMap<(usize, Shared), Said>,
    /// By person and certificate, where the latest ones that the person holds are: of those whom this
    /// file is about.
    held: BTreeMap<(usize, Shared), Latest>,
    /// Those whose certificates are in there.
    indexed: BTreeSet<usize>,
}

/// What a line says of a certificate.
#[derive(Clone, Copy)]
struct Said {
    line: u64,
    completed_on: NaiveDate,
    expires_on: Option<NaiveDate>,
}

impl People {
    pub fn of(list: Vec<Person>, writer: Writer) -> Self {
        let (mut by_id, mut by_email) = (BTreeMap::new(), BTreeMap::new());
        let mut by_look = BTreeMap::new();
        for (place, person) in list.iter().enumerate() {
            by_id.insert(canonical(&person.id), place);
            if let Some(email) = &person.email {
                by_email.insert(address_key(email), place);
                by_look.insert(look_of_address(email), place);
            }
        }
        Self {
            list,
            writer,
            by_id,
            by_email,
            by_look,
            new: BTreeSet::new(),
            linked: Linked::default(),
            said: BTreeMap::new(),
            held: BTreeMap::new(),
            indexed: BTreeSet::new(),
        }
    }

    /// Remembers where somebody's certificates are, so that no line looks through all of them.
    fn index(&mut self, place: usize) {
        let Some(person) = self.list.get(place).filter(|_| self.indexed.insert(place)) else {
            return;
        };
        for (at, held) in person.certificates.iter().enumerate() {
            let key = (place, Shared::from(held.certificate.as_str()));
            let latest = self.held.entry(key).or_default();
            let known = latest.0[held.authority as usize];
            let known = known.and_then(|known| person.certificates.get(known));
            if known.is_none_or(|known| known.completed_on <= held.completed_on) {
                latest.put(held.authority, at);
            }
        }
    }

    /// The place of the person with this id or else this address, of which one may be empty; a new
    /// one is taken to have linked the profile when the certificate was completed, since the
    /// export has it. Or whose the id or address is.
    pub fn find(
        &mut self,
        id: &str,
        email: &str,
        name: &str,
        completed_on: NaiveDate,
    ) -> Result<usize, (Named, String)> {
        let (own_id, own_email) = (canonical(id), address_key(email));
        // Who came without an id has the address of then for one.
        let addressed = (self.by_email.get(&own_email)).or_else(|| self.by_id.get(&own_email));
        let addressed = addressed.filter(|_| !email.is_empty()).copied();
        let identified = self.by_id.get(&own_id).filter(|_| !id.is_empty()).copied();
        let person = |place: usize| Some((place, self.list.get(place)?));
        // An id or an address names the person, so that signs in the name make no other one.
        let is_called = |person: &Person| is_called(&person.name, name);
        if let Some((place, known)) = identified.and_then(person) {
            if let Some((other, owner)) = addressed.and_then(person)
                && other != place
            {
                return Err((Named::Address, owner.name.clone()));
            }
            // A name can change, and so can an address: both at once are somebody else's.
            let address = known.email.as_deref().map(address_key);
            if !is_called(known) && address.as_deref() != Some(own_email.as_str()) {
                return Err((Named::Id, known.name.clone()));
            }
            self.remember(place, &own_id, &own_email);
            return Ok(place);
        }
        if let Some((place, known)) = addressed.and_then(person) {
            if !is_called(known) {
                return Err((Named::Address, known.name.clone()));
            }
            self.remember(place, &own_id, &own_email);
            return Ok(place);
        }
        let alike = self.by_look.get(&look_of_address(email)).copied();
        if let Some((_, known)) = alike.filter(|_| !email.is_empty()).and_then(person)
            && is_called(known)
        {
            let address = known.email.clone().unwrap_or_default();
            return Err((Named::Lookalike, address));
        }
        let place = self.list.len();
        if !email.is_empty() {
            self.by_look.insert(look_of_address(email), place);
        }
        if id.is_empty() {
            self.remember(place, &canonical(email), &own_email);
        } else {
            self.remember(place, &own_id, &own_email);
        }
        let id = if id.is_empty() { email } else { id };
        self.new.insert(place);
        self.list.push(Person {
            id: id.to_owned(),
            name: name.to_owned(),
            email: (!email.is_empty()).then(|| email.to_owned()),
            linked_on: Some(completed_on),
            left_on: None,
            authority: Authority::Claimed,
            claimed_left_on: None,
            certificates: Vec::new(),
        });
        Ok(place)
    }

    /// For the rest of the file, whoever has this id or this address is the same person.
    fn remember(&mut self, place: usize, id: &str, email: &str) {
        for (known, text) in [(&mut self.by_id, id), (&mut self.by_email, email)] {
            if !text.is_empty() && !known.contains_key(text) {
                known.insert(text.to_owned(), place);
            }
        }
    }

    /// Gives somebody a certificate, with who says so where the line says that; the latest completion
    /// is the one that counts, of those with as much weight. Or why not.
    pub fn hold(
        &mut self,
        place: usize,
        mut held: Held,
        said: Option<Authority>,
        line: u64,
    ) -> Result<(LineOutcome, Vec<Difference>), Reason> {
        self.index(place);
        let Some(person) = self.list.get_mut(place) else {
            return Ok((LineOutcome::Unchanged, Vec::new()));
        };
        let key = (place, Shared::from(held.certificate.as_str()));
        let latest = self.held.entry(key.clone()).or_default();
        let refused = |code| Reason::Invalid { code };
        let is_new = self.new.contains(&place);
        let (at, is_older) = latest.found(person, &held, said, self.writer);
        if is_older {
            return Ok((LineOutcome::Older, Vec::new()));
        }
        let this = Said {
            line,
            completed_on: held.completed_on,
            expires_on: held.expires_on,
        };
        let Some(known) = at.and_then(|at| person.certificates.get_mut(at)) else {
            held.authority = self.writer.settle(said, None, false).map_err(refused)?;
            let (who, says) = ((place, is_new), (held.completed_on, held.authority));
            self.linked.take(who, person, says, self.writer);
            latest.put(held.authority, person.certificates.len());
            person.certificates.push(held);
            self.said.insert(key, this);
            return Ok((LineOutcome::Added, Vec::new()));
        };
        let earlier = self.said.get(&key).copied();
        if let Some(earlier) = earlier.filter(|one| one.completed_on == this.completed_on) {
            match (earlier.expires_on, this.expires_on) {
                (one, other) if one == other || other.is_none() => {
                    let line = earlier.line;
                    return Ok((LineOutcome::Repeated { line }, Vec::new()));
                }
                (Some(_), _) => return Err(Reason::Contradicts { line: earlier.line }),
                (None, _) => {}
            }
        }
        // What a line does not say stays, as long as it is about the same completion.
        if held.completed_on == known.completed_on {
            held.expires_on = held.expires_on.or(known.expires_on);
            held.known_on = known.known_on;
        }
        let same = (known.completed_on, known.expires_on) == (held.completed_on, held.expires_on);
        let settled = self.writer.settle(said, Some(known.authority), same);
        held.authority = settled.map_err(refused)?;
        self.said.insert(key, this);
        let says = (held.completed_on, held.authority);
        latest.moved(known.authority, held.authority);
        let mut changes = Difference::between(known, &held);
        if !same || known.authority != held.authority {
            *known = held;
        }
        // Who says the link may be another, though the certificate stays as it is.
        let link = (self.linked).take((place, is_new), person, says, self.writer);
        if changes.is_empty() {
            changes = link;
        }
        let unchanged = changes.is_empty();
        let outcome = if unchanged {
            LineOutcome::Unchanged
        } else {
            LineOutcome::Changed
        };
        Ok((outcome, changes))
    }

    /// Everybody. Those whose lines were all refused are not there.
    pub fn into_list(self) -> Vec<Person> {
        let (new, people) = (self.new, self.list.into_iter().enumerate());
        let there = people
            .filter(|(place, person)| !new.contains(place) || !person.certificates.is_empty());
        there.map(|(_, person)| person).collect()
    }
}

/// Where the latest certificate of a kind is that somebody holds, by who says it.
#[derive(Clone, Copy, Default)]
struct Latest([Option<usize>; Authority::ALL.len()]);

impl Latest {
    fn put(&mut self, authority: Authority, at: usize) {
        self.0[authority as usize] = Some(at);
    }

    /// Somebody else says it from now on.
    fn moved(&mut self, from: Authority, to: Authority) {
        if from != to {
            self.0[to as usize] = self.0[from as usize].take();
        }
    }

    /// Where the one is that a line is about, and whether it is left out, because somebody of as
    /// much weight says something later. Of a later completion an earlier one is replaced, unless
    /// it is not the writer's: then it stays, and the line adds another.
    fn found(
        self,
        person: &Person,
        line: &Held,
        said: Option<Authority>,
        writer: Writer,
    ) -> (Option<usize>, bool) {
        let all = self.0.into_iter().rev().flatten();
        let all = all.filter_map(|at| Some((at, person.certificates.get(at)?)));
        let on = line.completed_on;
        if let Some((at, _)) = all.clone().find(|(_, known)| known.completed_on == on) {
            return (Some(at), false);
        }
        let weight = said.unwrap_or(writer.gives());
        let is_later =
            |(_, known): (usize, &Held)| known.completed_on > on && known.authority >= weight;
        let own = all
            .clone()
            .filter(|(_, known)| known.completed_on < on && writer.may_write(known.authority));
        let replaced = own.max_by_key(|(_, known)| known.completed_on);
        (replaced.map(|(at, _)| at), all.clone().any(is_later))
    }
}
