//! Customers and what they use, by month.

use std::collections::BTreeMap;

use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{Authority, FaultCode, Usage};
use membership_domain::text::{id_of_name, letters as plain};
use membership_domain::{Catalog, Number};

use crate::amount;
use crate::cells::{Cells, decide};
use crate::fault::{FileFault, Problem, Reason};
use crate::kind::Kind;
use crate::ledger::{Amounts, Ledger, Named};
use crate::plan::{Given, Plan, Taken};
use crate::resemblance;
use crate::settings::{DateOrder, DecimalMark, Settings};
use crate::table::{Row, Table};
use crate::value::{self, Reading};

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
    authority: Option<usize>,
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
                authority: table.column(&["authority"]),
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

    /// All that are used.
    pub fn all(&self) -> [Option<usize>; 12] {
        [
            Some(self.customer),
            Some(self.workload),
            Some(self.association),
            Some(self.month),
            self.customer_id,
            self.tenant,
            self.subscription,
            self.revenue,
            self.users,
            self.seats,
            self.active,
            self.authority,
        ]
    }

    /// Rows that name a customer by its id come before those that name it otherwise; and those that
    /// say only how many seats there are, or only how many are active, after those that say both.
    /// What comes of a row must not depend on the order of the file.
    fn rank(&self, row: &Row) -> u8 {
        let says = |column| !row.cell(column).is_empty();
        let named = if says(self.customer_id) { 0 } else { 3 };
        let seats = match (says(self.seats), says(self.active)) {
            (true, false) => 1,
            (false, true) => 2,
            _ => 0,
        };
        named + seats
    }
}

pub(crate) fn plan(given: &Given<'_>, columns: &Columns) -> Result<Plan, FileFault> {
    let numbers = [columns.users, columns.seats, columns.active];
    let (months, money) = ([Some(columns.month)], [columns.revenue]);
    let (settings, mut questions) =
        decide(given.table, given.settings, &[], &months, &numbers, &money);
    let mut plan = given.plan(Kind::Usage, Vec::new());
    let mut ledger = Ledger::of(
        std::mem::take(&mut plan.evidence.customers),
        std::mem::take(&mut plan.evidence.usage),
        settings.similar_names,
        settings.writer,
    );
    if settings.similar_names.is_none() {
        let named = resemblance::Named {
            name: columns.customer,
            id: columns.customer_id,
            tenant: columns.tenant,
        };
        questions.extend(resemblance::question(given.table, &named, &ledger));
    }
    plan.questions = questions;
    let workloads = workloads(given.catalog);
    plan.take(given, settings, &|row| columns.rank(row), |cells| {
        take(cells, columns, &workloads, &mut ledger, given.name)
    })?;
    (plan.evidence.customers, plan.evidence.usage) = (ledger.customers, ledger.usage);
    Ok(plan)
}

fn take(
    cells: &Cells<'_>,
    columns: &Columns,
    workloads: &BTreeMap<String, &str>,
    ledger: &mut Ledger,
    source: &str,
) -> Result<Taken, Box<Problem>> {
    let id = cells.id(columns.customer_id)?;
    cells.some_text(Some(columns.customer))?;
    let name = cells.name(Some(columns.customer))?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
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
        |_| Reason::NotAMonth,
    )?)
    .ok_or_else(|| cells.problem(column, Reason::Missing))?;
    if let Some(code) = FaultCode::of_day(month.first_day()) {
        return Err(Box::new(cells.problem(column, Reason::Invalid { code })));
    }
    if cells.is_ahead(month.first_day()) {
        return Err(Box::new(cells.problem(column, Reason::InTheFuture)));
    }
    let optional = |column| -> Result<Option<String>, Problem> {
        let id = cells.id(column)?;
        Ok((!id.is_empty()).then(|| id.to_owned()))
    };
    let said = cells.authority(columns.authority)?;
    let given = Amounts {
        revenue_cents: cents(cells, columns.revenue)?,
        users: count(cells, columns.users)?,
        seats: count(cells, columns.seats)?,
        active: count(cells, columns.active)?,
    };
    if let (Some(seats), Some(active)) = (given.seats, given.active)
        && active > seats
    {
        let code = FaultCode::MoreActiveThanPaid;
        return Err(Box::new(
            cells.problem(columns.active, Reason::Invalid { code }),
        ));
    }
    let usage = Usage {
        customer: String::new(),
        tenant: optional(columns.tenant)?,
        subscription: optional(columns.subscription)?,
        workload: (*workload).to_owned(),
        association,
        month,
        revenue_cents: 0,
        users: 0,
        seats: 0,
        active: 0,
        source: Some(source.to_owned()),
        authority: Authority::Claimed,
    };
    // Without an id, the name is one.
    let named = Named {
        id,
        name: &name,
        alone: columns.customer_id == Some(columns.customer),
    };
    let code = FaultCode::of_id(&id_of_name(&name)).filter(|_| id.is_empty());
    if let Some(code) = code {
        return Err(Box::new(
            cells.problem(Some(columns.customer), Reason::Invalid { code }),
        ));
    }
    let about = format!("{name}, {workload}, {month}");
    let entered = ledger.enter(&named, usage, (given, said), cells.line());
    let (outcome, changes) = entered.map_err(|reason| {
        let column = match reason {
            Reason::OtherCustomer { .. } => columns.tenant,
            Reason::SeveralCustomers | Reason::Resembles { .. } => Some(columns.customer),
            Reason::IdOfOther { .. } if id.is_empty() => Some(columns.customer),
            Reason::IdOfOther { .. } => columns.customer_id,
            Reason::Invalid {
                code: FaultCode::Authority,
            } => columns.authority,
            Reason::Invalid {
                code: FaultCode::Confirmed | FaultCode::MadeHere,
            } => Some(columns.month),
            // One of the two is not in this row, but known.
            Reason::Invalid { .. } if cells.is_empty(columns.active) => columns.seats,
            Reason::Invalid { .. } => columns.active,
            _ => Some(columns.month),
        };
        Box::new(cells.problem(column, reason))
    })?;
    Ok(Taken {
        outcome,
        about,
        changes,
    })
}

/// What a cell says, which is nothing where it is empty.
fn number(
    cells: &Cells<'_>,
    column: Option<usize>,
    read: fn(&str) -> Reading<Number, DecimalMark>,
    otherwise: fn(&str) -> Reason,
) -> Result<Option<Number>, Problem> {
    let choice = |settings: Settings| settings.decimals;
    let value = cells.value(column, read, choice, DecimalMark::Point, otherwise)?;
    // The largest amount of money is in cents.
    let wrong = value.and_then(|value| FaultCode::of_amount(value * Number::from(100_u32)));
    match wrong {
        Some(code) => Err(cells.problem(column, Reason::Invalid { code })),
        None => Ok(value),
    }
}

fn count(cells: &Cells<'_>, column: Option<usize>) -> Result<Option<u64>, Problem> {
    let number = number(cells, column, amount::number, |_| Reason::NotANumber)?;
    let count = number.map(amount::count).transpose();
    count.map_err(|reason| cells.problem(column, reason))
}

/// Dollars as cents; a fraction of a cent is rounded up from one half.
fn cents(cells: &Cells<'_>, column: Option<usize>) -> Result<Option<i64>, Problem> {
    let Some(dollars) = number(cells, column, amount::dollars, amount::no_dollars)? else {
        return Ok(None);
    };
    let cents = dollars * Number::from(100_u32);
    let half = Number::ratio(1, 2).unwrap_or_default();
    // The ceiling of what is half a cent less is the nearest whole cent.
    let nearest = (cents - half).ceiling();
    let nearest = if Number::ratio(nearest, 1) == Some(cents - half) {
        nearest + 1
    } else {
        nearest
    };
    let cents = i64::try_from(nearest).map_err(|_| cells.problem(column, Reason::NotANumber))?;
    Ok(Some(cents))
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
