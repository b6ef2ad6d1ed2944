//! Customers and what they use, by month.

use std::collections::BTreeMap;

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
    let outcome = books.enter(id, name, usage, cells.line()).map_err(|line| {
        Box::new(cells.problem(Some(columns.month), Reason::Contradicts { line }))
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
    by_name: BTreeMap<String, usize>,
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
        let (mut by_id, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (place, customer) in customers.iter().enumerate() {
            by_id.insert(customer.id.clone(), place);
            by_name.insert(plain(&customer.name), place);
        }
        let rows = usage.iter().enumerate();
        Self {
            by_id,
            by_name,
            rows: rows.map(|(place, usage)| (key(usage), place)).collect(),
            customers,
            usage,
            lines: BTreeMap::new(),
        }
    }

    /// Enters a row; the line that says something else about the same, where one does.
    fn enter(&mut self, id: &str, name: &str, mut usage: Usage, line: u64) -> Result<Outcome, u64> {
        let place = self.customer(id, name);
        let Some(customer) = self.customers.get_mut(place) else {
            return Ok(Outcome::Unchanged);
        };
        usage.customer.clone_from(&customer.id);
        let since = usage.month.first_day();
        let known = customer.associations.iter_mut().find(|known| {
            known.kind == usage.association
                && known
                    .workload
                    .as_ref()
                    .is_none_or(|id| *id == usage.workload)
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
        let amounts = |usage: &Usage| (usage.revenue_cents, usage.users, usage.seats, usage.active);
        let key = key(&usage);
        let Some(at) = self.rows.get(&key).copied() else {
            self.rows.insert(key, self.usage.len());
            self.lines.insert(self.usage.len(), line);
            self.usage.push(usage);
            return Ok(Outcome::Added);
        };
        let Some(known) = self.usage.get_mut(at) else {
            return Ok(Outcome::Unchanged);
        };
        if amounts(known) == amounts(&usage) {
            self.lines.insert(at, line);
            return Ok(Outcome::Unchanged);
        }
        if let Some(earlier) = self.lines.get(&at) {
            return Err(*earlier);
        }
        self.lines.insert(at, line);
        *known = usage;
        Ok(Outcome::Changed)
    }

    fn customer(&mut self, id: &str, name: &str) -> usize {
        let known = if id.is_empty() {
            (self.by_id.get(name)).or_else(|| self.by_name.get(&plain(name)))
        } else {
            self.by_id.get(id)
        };
        if let Some(place) = known {
            return *place;
        }
        let place = self.customers.len();
        let id = if id.is_empty() { name } else { id };
        self.by_id.insert(id.to_owned(), place);
        self.by_name.insert(plain(name), place);
        self.customers.push(Customer {
            id: id.to_owned(),
            name: name.to_owned(),
            associations: Vec::new(),
        });
        place
    }
}
