//! Customers and their usage, as rows name them and add to them.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::Month;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Association, Authority, Customer, FaultCode, Usage, Writer};
use membership_domain::text::{canonical, id_of_name, name_key};

use crate::difference::Difference;
use crate::fault::Reason;
use crate::likeness::{is_called, look};
use crate::plan::LineOutcome;
use crate::settings::SimilarNames;

/// The amounts that a row gives. One that it does not give stays as it is known.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Amounts {
    pub revenue_cents: Option<i64>,
    pub users: Option<u64>,
    pub seats: Option<u64>,
    pub active: Option<u64>,
}

impl Amounts {
    fn of(usage: &Usage) -> Self {
        Self {
            revenue_cents: Some(usage.revenue_cents),
            users: Some(usage.users),
            seats: Some(usage.seats),
            active: Some(usage.active),
        }
    }

    /// Those of this row, else those of another.
    fn or(self, other: Self) -> Self {
        Self {
            revenue_cents: self.revenue_cents.or(other.revenue_cents),
            users: self.users.or(other.users),
            seats: self.seats.or(other.seats),
            active: self.active.or(other.active),
        }
    }

    /// Whether another row gives one of them otherwise.
    fn contradicts(self, other: Self) -> bool {
        other.or(self) != self.or(other)
    }

    /// Whether another row gives all of them.
    fn adds_nothing_to(self, other: Self) -> bool {
        self.or(other) == other
    }

    /// Writes them into a row, over what is known of it.
    fn over(self, known: Option<&Usage>, usage: &mut Usage) {
        let all = known.map_or(self, |known| self.or(Self::of(known)));
        usage.revenue_cents = all.revenue_cents.unwrap_or_default();
        usage.users = all.users.unwrap_or_default();
        usage.seats = all.seats.unwrap_or_default();
        usage.active = all.active.unwrap_or_default();
    }
}

/// How a row names its customer.
pub(crate) struct Named<'a> {
    /// May be empty.
    pub id: &'a str,
    pub name: &'a str,
    /// Whether the name is only the id once more: the file has no column with names.
    pub alone: bool,
}

/// What makes a row of usage one row.
type Key = (String, Option<String>, String, AssociationKind, Month);

/// Customers and usage, with the ways in which rows name them.
pub(crate) struct Ledger {
    pub customers: Vec<Customer>,
    pub usage: Vec<Usage>,
    /// By the canonical form of ids, also those of another system by which this file names customers
    /// that have none yet.
    by_id: BTreeMap<String, usize>,
    /// As names are compared; nothing where several have the name.
    by_name: BTreeMap<String, Option<usize>>,
    /// By what a name looks like, the first customer.
    by_look: BTreeMap<String, usize>,
    similar_names: Option<SimilarNames>,
    writer: Writer,
    /// What this file calls those that it names by an id.
    called: BTreeMap<usize, String>,
    /// By tenant, the ids of its customers: one, unless evidence was like that before.
    tenants: BTreeMap<String, BTreeSet<String>>,
    rows: BTreeMap<Key, usize>,
    /// By its place in `usage`, the lines of this file that are about it, and what they give.
    said: BTreeMap<usize, Vec<(u64, Amounts)>>,
}

fn key(usage: &Usage) -> Key {
    (
        usage.tenant_id().to_owned(),
        usage.subscription.clone(),
        usage.workload.clone(),
        usage.association,
        usage.month,
    )
}

impl Ledger {
    pub fn of(
        customers: Vec<Customer>,
        usage: Vec<Usage>,
        similar_names: Option<SimilarNames>,
        writer: Writer,
    ) -> Self {
        let mut ledger = Self {
            customers: Vec::new(),
            usage: Vec::new(),
            by_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_look: BTreeMap::new(),
            similar_names,
            writer,
            called: BTreeMap::new(),
            tenants: BTreeMap::new(),
            rows: BTreeMap::new(),
            said: BTreeMap::new(),
        };
        for customer in customers {
            ledger.keep_customer(customer);
        }
        for usage in usage {
            ledger.keep_usage(usage);
        }
        ledger
    }

    fn keep_customer(&mut self, customer: Customer) {
        let place = self.customers.len();
        self.by_id.insert(canonical(&customer.id), place);
        if let Some(look) = look(&customer.name) {
            self.by_look.entry(look).or_insert(place);
        }
        let named = self.by_name.entry(name_key(&customer.name));
        named
            .and_modify(|known| *known = None)
            .or_insert(Some(place));
        self.customers.push(customer);
    }

    fn keep_usage(&mut self, usage: Usage) {
        let tenant = usage.tenant_id();
        let is_known = (self.tenants.get(tenant)).is_some_and(|ids| ids.contains(&usage.customer));
        if !is_known {
            let ids = self.tenants.entry(tenant.to_owned()).or_default();
            ids.insert(usage.customer.clone());
        }
        self.rows.insert(key(&usage), self.usage.len());
        self.usage.push(usage);
    }

    /// Enters a row with the amounts that it gives and who says it, or says why not: then nothing is
    /// changed.
    pub fn enter(
        &mut self,
        named: &Named<'_>,
        mut usage: Usage,
        (given, said): (Amounts, Option<Authority>),
        line: u64,
    ) -> Result<(LineOutcome, Vec<Difference>), Reason> {
        let tenant = usage.tenant.as_deref();
        let mut customer = self.customer(named)?;
        if let (None, Some(tenant)) = (customer, tenant) {
            customer = self.owner(tenant, named);
        }
        if customer.is_none()
            && tenant.is_none()
            && self.similar_names == Some(SimilarNames::Refused)
            && let Some(name) = self.resembled(named)
        {
            let name = name.to_owned();
            return Err(Reason::Resembles { name });
        }
        usage.customer = match customer.and_then(|place| self.customers.get(place)) {
            Some(known) => known.id.clone(),
            None if named.id.is_empty() => id_of_name(named.name),
            None => named.id.to_owned(),
        };
        if let Some(owners) = self.tenants.get(usage.tenant_id())
            && !owners.contains(&usage.customer)
        {
            return Err(self.other_customer(owners.first().map_or("", String::as_str)));
        }
        let at = self.rows.get(&key(&usage)).copied();
        let known = at.and_then(|at| self.usage.get(at));
        if let Some(known) = known.filter(|known| known.customer != usage.customer) {
            return Err(self.other_customer(&known.customer));
        }
        let earlier = at.and_then(|at| self.said.get(&at)).into_iter().flatten();
        let line_that = |is: fn(Amounts, Amounts) -> bool| {
            let mut earlier = earlier.clone();
            let found = earlier.find(|(_, other)| is(given, *other));
            found.map(|(line, _)| *line)
        };
        if let Some(line) = line_that(Amounts::contradicts) {
            return Err(Reason::Contradicts { line });
        }
        if let Some(line) = line_that(Amounts::adds_nothing_to) {
            return Ok((LineOutcome::Repeated { line }, Vec::new()));
        }
        given.over(known, &mut usage);
        let same = known.is_some_and(|known| Amounts::of(known) == Amounts::of(&usage));
        let settled = (self.writer).settle(said, known.map(|known| known.authority), same);
        usage.authority = settled.map_err(|code| Reason::Invalid { code })?;
        let outcome = match known {
            None => LineOutcome::Added,
            Some(known) if same && known.authority == usage.authority => LineOutcome::Unchanged,
            Some(_) => LineOutcome::Changed,
        };
        if outcome != LineOutcome::Unchanged && usage.active > usage.seats {
            let code = FaultCode::MoreActiveThanPaid;
            return Err(Reason::Invalid { code });
        }
        let changes = known.map(|known| Difference::between(known, &usage));
        let customer = customer.unwrap_or_else(|| {
            self.keep_customer(Customer {
                id: usage.customer.clone(),
                name: named.name.to_owned(),
                associations: Vec::new(),
            });
            self.customers.len() - 1
        });
        if !named.id.is_empty() {
            self.by_id.entry(canonical(named.id)).or_insert(customer);
            if !named.alone {
                let called = self.called.entry(customer);
                called.or_insert_with(|| named.name.to_owned());
            }
        }
        if let Some(customer) = self.customers.get_mut(customer)
            && outcome != LineOutcome::Unchanged
        {
            associate(customer, &usage, self.writer);
        }
        let place = at.unwrap_or(self.usage.len());
        self.said.entry(place).or_default().push((line, given));
        match (outcome, at.and_then(|at| self.usage.get_mut(at))) {
            (LineOutcome::Changed, Some(known)) => *known = usage,
            (LineOutcome::Added, _) => self.keep_usage(usage),
            _ => {}
        }
        let changes = changes.filter(|_| outcome == LineOutcome::Changed);
        Ok((outcome, changes.unwrap_or_default()))
    }

    /// The place of the customer that a row names, where it is known.
    fn customer(&self, named: &Named<'_>) -> Result<Option<usize>, Reason> {
        if named.id.is_empty() {
            return self.named(named.name);
        }
        let known = self.by_id.get(&canonical(named.id)).copied();
        let said = known.and_then(|place| self.called.get(&place));
        match said.filter(|said| !named.alone && !is_called(said, named.name)) {
            Some(said) => Err(Reason::IdOfOther { name: said.clone() }),
            None => Ok(known),
        }
    }

    /// Whether a customer has this id.
    pub fn knows(&self, id: &str) -> bool {
        self.by_id.contains_key(&canonical(id))
    }

    /// The place of the customer with this name, in a row without an id.
    pub fn named(&self, name: &str) -> Result<Option<usize>, Reason> {
        if let Some(known) = self.by_name.get(&name_key(name)) {
            return known.map(Some).ok_or(Reason::SeveralCustomers);
        }
        // The name would be its id.
        let Some(place) = self.by_id.get(&canonical(&id_of_name(name))) else {
            return Ok(None);
        };
        let other = self.customers.get(*place);
        let name = other.map(|other| other.name.clone()).unwrap_or_default();
        Err(Reason::IdOfOther { name })
    }

    /// The name of the customer that a row without a known id or name looks like: any, where it
    /// has no id itself, else one that has none.
    pub fn resembled(&self, named: &Named<'_>) -> Option<&str> {
        let place = *self.by_look.get(&look(named.name)?)?;
        let known = self.customers.get(place)?;
        (named.id.is_empty() || has_no_id(known)).then_some(known.name.as_str())
    }

    /// The place of the only customer of a tenant, where it has this name and no id yet: one that
    /// is not known is another system's. What this file calls by one id is not called by a second.
    fn owner(&self, tenant: &str, named: &Named<'_>) -> Option<usize> {
        let ids = self.tenants.get(tenant).filter(|ids| ids.len() == 1)?;
        let place = *self.by_id.get(&canonical(ids.first()?))?;
        let known = self.customers.get(place)?;
        let fits = name_key(&known.name) == name_key(named.name) && has_no_id(known);
        let is_free = named.id.is_empty() || !self.called.contains_key(&place);
        (fits && is_free).then_some(place)
    }

    fn other_customer(&self, id: &str) -> Reason {
        let known = self
            .by_id
            .get(&canonical(id))
            .and_then(|at| self.customers.get(*at));
        let name = known.map_or(id, |known| &known.name).to_owned();
        Reason::OtherCustomer { name }
    }
}

/// Whether a customer's id was made from its name.
fn has_no_id(customer: &Customer) -> bool {
    customer.id == id_of_name(&customer.name)
}

/// Makes the customer's associations say what a row of its usage shows, with as much weight.
fn associate(customer: &mut Customer, usage: &Usage, writer: Writer) {
    let since = usage.month.first_day();
    let known = customer.associations.iter_mut().find(|known| {
        let workload = known.workload.as_ref();
        known.authority >= usage.authority
            && known.kind == usage.association
            && workload.is_none_or(|id| *id == usage.workload)
    });
    match known {
        // What this file says first need not be what comes first.
        Some(known)
            if known.source == usage.source
                && since < known.since
                && writer.may_write(known.authority) =>
        {
            known.since = since;
        }
        Some(_) => {}
        None => customer.associations.push(Association {
            kind: usage.association,
            workload: Some(usage.workload.clone()),
            since,
            active_percent: None,
            source: usage.source.clone(),
            authority: usage.authority,
        }),
    }
}
