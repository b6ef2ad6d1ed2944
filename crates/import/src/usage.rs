//! Customers and what they use, by month.

use std::collections::{BTreeMap, BTreeSet};

use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Association, Customer, FaultCode, Usage};
use membership_domain::{Catalog, Month, Number};

use crate::Kind;
use crate::cells::{Cells, decide};
use crate::fault::{Problem, Reason};
use crate::plan::{Given, Outcome, Plan};
use crate::settings::{DateOrder, DecimalMark};
use crate::table::{Table, plain};
use crate::value;

/// Where the columns stand.
pub(crate) struct Columns {
    customer: usize,
    workload: usize,
    association: usize,
    month: usize,
    customer_id: Option<usize>,
    tenant: Option<usize>,
    subscription: Option<usize>,
    revenue: Option<usize>,
    users: Option<usize>,
    seats: Option<usize>,
    active: Option<usize>,
}

impl Columns {
    /// The columns, or the names of those that are missing.
    pub fn find(table: &Table) -> Result<Self, Vec<String>> {
        let customer_id = table.column(&["customerid"]);
        let customer = table.column(&["customer", "customername"]).or(customer_id);
        let workload = table.column(&["workload", "service", "product", "servicename"]);
        let association = table.column(&["association", "associationtype", "attributiontype"]);
        let month = table.column(&["month", "usagemonth", "period"]);
        match (customer, workload, association, month) {
            (Some(customer), Some(workload), Some(association), Some(month)) => Ok(Self {
                customer,
                workload,
                association,
                month,
                customer_id,
                tenant: table.column(&["tenant", "tenantid", "customertenantid"]),
                subscription: table.column(&["subscription", "subscriptionid"]),
                revenue: table.column(&["revenue", "revenueusd", "acr", "billedrevenue"]),
                users: table.column(&["users", "monthlyactiveusers", "mau"]),
                seats: table.column(&["seats", "paidseats"]),
                active: table.column(&["active", "activeseats"]),
            }),
            _ => {
                let all = [
                    (customer, "Customer"),
                    (workload, "Workload"),
                    (association, "Association"),
                    (month, "Month"),
                ];
                let missing = all.into_iter().filter(|(found, _)| found.is_none());
                Err(missing.map(|(_, name)| name.to_owned()).collect())
            }
        }
    }
}

pub(crate) fn plan(given: &Given<'_>, columns: &Columns) -> Plan {
    let numbers = [
        columns.revenue,
        columns.users,
        columns.seats,
        columns.active,
    ];
    let months = [Some(columns.month)];
    let (settings, questions) = decide(given.table, given.settings, &[], &months, &numbers);
    let mut plan = given.plan(Kind::Usage, questions);
    let mut books = Books::of(
        std::mem::take(&mut plan.evidence.customers),
        std::mem::take(&mut plan.evidence.usage),
    );
    let workloads = workloads(given.catalog);
    plan.take(given, settings, |cells| {
        take(cells, columns, &workloads, &mut books, given.name)
    });
    (plan.evidence.customers, plan.evidence.usage) = (books.customers, books.usage);
    plan
}

fn take(
    cells: &Cells<'_>,
    columns: &Columns,
    workloads: &BTreeMap<String, &str>,
    books: &mut Books,
    source: &str,
) -> Result<(Outcome, String), Box<Problem>> {
    let name = cells.some_text(Some(columns.customer))?;
    let id = cells.text(columns.customer_id)?;
    let column = Some(columns.workload);
    let workload = workloads
        .get(&plain(cells.some_text(column)?))
        .ok_or_else(|| cells.problem(column, Reason::UnknownWorkload))?;
    let column = Some(columns.association);
    let association = association(cells.some_text(column)?)
        .ok_or_else(|| cells.problem(column, Reason::UnknownAssociation))?;
    let column = Some(columns.month);
    let month = (cells.value(
        column,
        value::month,
        |settings| settings.dates,
        DateOrder::DayFirst,
        Reason::NotAMonth,
    )?)
    .ok_or_else(|| cells.problem(column, Reason::Missing))?;
    if let Some(code) = FaultCode::of_day(month.first_day()) {
        return Err(Box::new(cells.problem(column, Reason::Invalid { code })));
    }
    let optional = |column| -> Result<Option<String>, Problem> {
        let text = cells.text(column)?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    };
    let usage = Usage {
        customer: String::new(),
        tenant: optional(columns.tenant)?,
        subscription: optional(columns.subscription)?,
        workload: (*workload).to_owned(),
        association,
        month,
        revenue_cents: cents(cells, columns.revenue)?,
        users: count(cells, columns.users)?,
        seats: count(cells, columns.seats)?,
        active: count(cells, columns.active)?,
        source: Some(source.to_owned()),
    };
    if usage.active > usage.seats {
        let code = FaultCode::MoreActiveThanPaid;
        return Err(Box::new(
            cells.problem(columns.active, Reason::Invalid { code }),
        ));
    }
    for (column, text) in [
        (Some(columns.customer), name),
        (columns.customer_id, id),
        (columns.tenant, usage.tenant.as_deref().unwrap_or_default()),
        (
            columns.subscription,
            usage.subscription.as_deref().unwrap_or_default(),
        ),
    ] {
        // What may be left out is not there.
        if let Some(code) = FaultCode::of_text(text).filter(|_| !text.is_empty()) {
            return Err(Box::new(cells.problem(column, Reason::Invalid { code })));
        }
    }
    let about = format!("{name}, {workload}, {month}");
    let outcome = books.enter(id, name, usage, cells.line());
    let outcome = outcome.map_err(|reason| {
        let column = match reason {
            Reason::OtherCustomer { .. } => columns.tenant,
            Reason::SeveralCustomers => Some(columns.customer),
            _ => Some(columns.month),
        };
        Box::new(cells.problem(column, reason))
    })?;
    Ok((outcome, about))
}

fn number(cells: &Cells<'_>, column: Option<usize>) -> Result<Number, Problem> {
    let value = cells.value(
        column,
        value::number,
        |settings| settings.decimals,
        DecimalMark::Point,
        Reason::NotANumber,
    )?;
    let value = value.unwrap_or_default();
    // The largest amount of money is in cents.
    if let Some(code) = FaultCode::of_amount(value * Number::from(100_u32)) {
        return Err(cells.problem(column, Reason::Invalid { code }));
    }
    Ok(value)
}

fn count(cells: &Cells<'_>, column: Option<usize>) -> Result<u64, Problem> {
    let number = number(cells, column)?;
    value::count(number).map_err(|reason| cells.problem(column, reason))
}

/// Dollars as cents; a fraction of a cent is rounded up from one half.
fn cents(cells: &Cells<'_>, column: Option<usize>) -> Result<i64, Problem> {
    let cents = number(cells, column)? * Number::from(100_u32);
    let half = Number::ratio(1, 2).unwrap_or_default();
    // The ceiling of what is half a cent less is the nearest whole cent.
    let nearest = (cents - half).ceiling();
    let nearest = if Number::ratio(nearest, 1) == Some(cents - half) {
        nearest + 1
    } else {
        nearest
    };
    i64::try_from(nearest).map_err(|_| cells.problem(column, Reason::NotANumber))
}

fn workloads(catalog: &Catalog) -> BTreeMap<String, &str> {
    let mut workloads = BTreeMap::new();
    for workload in &catalog.workloads {
        workloads.insert(plain(&workload.name), workload.id.as_str());
    }
    for workload in &catalog.workloads {
        workloads.insert(plain(&workload.id), workload.id.as_str());
    }
    workloads
}

fn association(text: &str) -> Option<AssociationKind> {
    use AssociationKind::{CporAdvisor, CporRevenue, CporUsage, CspTier1, CspTier2, Dpor, Pal};
    Some(match plain(text).as_str() {
        "csptier1" | "csp1" | "cspdirectbill" | "cspdirect" => CspTier1,
        "csptier2" | "csp2" | "cspindirectreseller" | "cspindirect" => CspTier2,
        "dpor" | "digitalpartnerofrecord" => Dpor,
        "pal" | "partneradminlink" => Pal,
        "cpor" | "cporusage" | "cporosu" | "claimingpartnerofrecord" => CporUsage,
        "cporadvisor" | "cporosa" => CporAdvisor,
        "cporrevenue" | "cporrevrec" => CporRevenue,
        _ => return None,
    })
}

/// What makes a row of usage one row.
type Key = (String, Option<String>, String, AssociationKind, Month);

/// Customers and usage, with the ways in which rows name them.
struct Books {
    customers: Vec<Customer>,
    usage: Vec<Usage>,
    by_id: BTreeMap<String, usize>,
    /// Nothing where several have the name.
    by_name: BTreeMap<String, Option<usize>>,
    /// By tenant, the ids of its customers: one, unless evidence was like that before.
    tenants: BTreeMap<String, BTreeSet<String>>,
    rows: BTreeMap<Key, usize>,
    /// By its place in `usage`, the line of this file that it is from.
    lines: BTreeMap<usize, u64>,
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

impl Books {
    fn of(customers: Vec<Customer>, usage: Vec<Usage>) -> Self {
        let mut books = Self {
            customers: Vec::new(),
            usage: Vec::new(),
            by_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
            tenants: BTreeMap::new(),
            rows: BTreeMap::new(),
            lines: BTreeMap::new(),
        };
        for customer in customers {
            books.keep_customer(customer);
        }
        for usage in usage {
            books.keep_usage(usage);
        }
        books
    }

    fn keep_customer(&mut self, customer: Customer) {
        let place = self.customers.len();
        self.by_id.insert(customer.id.clone(), place);
        let named = self.by_name.entry(plain(&customer.name));
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

    /// Enters a row, or says why not: then nothing is changed.
    fn enter(
        &mut self,
        id: &str,
        name: &str,
        mut usage: Usage,
        line: u64,
    ) -> Result<Outcome, Reason> {
        let tenant = usage.tenant.as_deref();
        let customer = (self.customer(id, name)?).or_else(|| self.owner(tenant?, name));
        usage.customer = match customer.and_then(|place| self.customers.get(place)) {
            Some(known) => known.id.clone(),
            None if id.is_empty() => name.to_owned(),
            None => id.to_owned(),
        };
        if let Some(owners) = self.tenants.get(usage.tenant_id())
            && !owners.contains(&usage.customer)
        {
            return Err(self.other_customer(owners.first().map_or("", String::as_str)));
        }
        let amounts = |usage: &Usage| (usage.revenue_cents, usage.users, usage.seats, usage.active);
        let at = self.rows.get(&key(&usage)).copied();
        let outcome = match at.and_then(|at| Some((at, self.usage.get(at)?))) {
            None => Outcome::Added,
            Some((_, known)) if known.customer != usage.customer => {
                return Err(self.other_customer(&known.customer));
            }
            Some((_, known)) if amounts(known) == amounts(&usage) => Outcome::Unchanged,
            Some((at, _)) => match self.lines.get(&at) {
                Some(line) => return Err(Reason::Contradicts { line: *line }),
                None => Outcome::Changed,
            },
        };
        let customer = customer.unwrap_or_else(|| {
            self.keep_customer(Customer {
                id: usage.customer.clone(),
                name: name.to_owned(),
                associations: Vec::new(),
            });
            self.customers.len() - 1
        });
        if let Some(customer) = self.customers.get_mut(customer)
            && outcome != Outcome::Unchanged
        {
            associate(customer, &usage);
        }
        self.lines.insert(at.unwrap_or(self.usage.len()), line);
        match (outcome, at.and_then(|at| self.usage.get_mut(at))) {
            (Outcome::Changed, Some(known)) => *known = usage,
            (Outcome::Added, _) => self.keep_usage(usage),
            _ => {}
        }
        Ok(outcome)
    }

    /// The place of the customer that a row names, where it is known.
    fn customer(&self, id: &str, name: &str) -> Result<Option<usize>, Reason> {
        if !id.is_empty() {
            return Ok(self.by_id.get(id).copied());
        }
        if let Some(place) = self.by_id.get(name) {
            return Ok(Some(*place));
        }
        match self.by_name.get(&plain(name)) {
            Some(None) => Err(Reason::SeveralCustomers),
            known => Ok(known.copied().flatten()),
        }
    }

    /// The place of the only customer of a tenant, where it has this name: an id that is not known
    /// yet is another system's.
    fn owner(&self, tenant: &str, name: &str) -> Option<usize> {
        let ids = self.tenants.get(tenant).filter(|ids| ids.len() == 1)?;
        let place = *self.by_id.get(ids.first()?)?;
        let known = self.customers.get(place)?;
        (plain(&known.name) == plain(name)).then_some(place)
    }

    fn other_customer(&self, id: &str) -> Reason {
        let known = self.by_id.get(id).and_then(|at| self.customers.get(*at));
        let name = known.map_or(id, |known| &known.name).to_owned();
        Reason::OtherCustomer { name }
    }
}

/// Makes the customer's associations say what a row of its usage shows.
fn associate(customer: &mut Customer, usage: &Usage) {
    let since = usage.month.first_day();
    let known = customer.associations.iter_mut().find(|known| {
        let workload = known.workload.as_ref();
        known.kind == usage.association && workload.is_none_or(|id| *id == usage.workload)
    });
    match known {
        // What this file says first need not be what comes first.
        Some(known) if known.source == usage.source && since < known.since => {
            known.since = since;
        }
        Some(_) => {}
        None => customer.associations.push(Association {
            kind: usage.association,
            workload: Some(usage.workload.clone()),
            since,
            active_percent: None,
            source: usage.source.clone(),
        }),
    }
}
