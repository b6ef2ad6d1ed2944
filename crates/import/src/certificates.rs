//! Training completions: who holds which certificate.

use chrono::NaiveDate;
use membership_domain::evidence::{Authority, FaultCode, Held};
use membership_domain::text::letters as plain;

use crate::cells::{Cells, decide};
use crate::fault::{FileFault, Problem, Reason};
use crate::kind::Kind;
use crate::people::{Named, People};
use crate::plan::{Given, LineOutcome, Plan, Taken};
use crate::settings::DateOrder;
use crate::table::Table;
use crate::titles::Known;
use crate::value;

/// What says of a certificate that it does not hold, in plain names; anything else says that it
/// does.
const NOT_ACTIVE: [&str; 6] = [
    "inactive",
    "expired",
    "revoked",
    "canceled",
    "cancelled",
    "notactivated",
];

/// Where the columns of the export stand.
pub(crate) struct Columns {
    title: usize,
    completed: usize,
    activity: Option<usize>,
    kind: Option<usize>,
    status: Option<usize>,
    expires: Option<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    name: Option<usize>,
    work_email: Option<usize>,
    email: Option<usize>,
    id: Option<usize>,
    authority: Option<usize>,
}

impl Columns {
    /// The columns, or the names of those that are missing.
    pub fn find(table: &Table) -> Result<Self, Vec<String>> {
        let title = table.column(&[
            "trainingtitle",
            "trainingname",
            "certification",
            "certificate",
        ]);
        let completed = table.column(&["trainingcompletiondate", "completiondate", "completedon"]);
        let work_email = table.column(&["corpemail", "workemail"]);
        let email = table.column(&["email", "emailaddress", "emailpersonal"]);
        let id = table.column(&["mcpid", "userid"]);
        let last_name = table.column(&["individuallastname", "lastname"]);
        let name = table.column(&["username", "individual", "name"]);
        let mut missing = Vec::new();
        let mut need = |found: bool, name: &str| {
            if !found {
                missing.push(name.to_owned());
            }
        };
        need(title.is_some(), "TrainingTitle");
        need(completed.is_some(), "TrainingCompletionDate");
        need(work_email.or(email).or(id).is_some(), "CorpEmail");
        need(last_name.or(name).is_some(), "IndividualLastName");
        match (title, completed) {
            (Some(title), Some(completed)) if missing.is_empty() => Ok(Self {
                title,
                completed,
                activity: table.column(&["trainingactivityid", "activityid", "examcode"]),
                kind: table.column(&["trainingtype", "type"]),
                status: table.column(&["activationstatus"]),
                expires: table.column(&["expirationdate", "expirydate", "expireson"]),
                first_name: table.column(&["individualfirstname", "firstname"]),
                last_name,
                name,
                work_email,
                email,
                id,
                authority: table.column(&["authority"]),
            }),
            _ => Err(missing),
        }
    }

    /// All that are used.
    pub fn all(&self) -> [Option<usize>; 13] {
        [
            Some(self.title),
            Some(self.completed),
            self.activity,
            self.kind,
            self.status,
            self.expires,
            self.first_name,
            self.last_name,
            self.name,
            self.work_email,
            self.email,
            self.id,
            self.authority,
        ]
    }
}

pub(crate) fn plan(given: &Given<'_>, columns: &Columns) -> Result<Plan, FileFault> {
    let days = [Some(columns.completed), columns.expires];
    let (settings, questions) = decide(given.table, given.settings, &days, &[], &[], &[]);
    let mut plan = given.plan(Kind::Certificates, questions);
    let mut people = People::of(std::mem::take(&mut plan.evidence.people), settings.writer);
    let known = Known::of(given.catalog);
    plan.take(given, settings, &|_| 0, |cells| {
        take(cells, columns, &known, &mut people, given.name)
    })?;
    plan.evidence.people = people.into_list();
    Ok(plan)
}

fn take(
    cells: &Cells<'_>,
    columns: &Columns,
    known: &Known<'_>,
    people: &mut People,
    source: &str,
) -> Result<Taken, Box<Problem>> {
    let title = cells.some_text(Some(columns.title))?;
    let activity = cells.text(columns.activity)?;
    let kind = plain(cells.text(columns.kind)?);
    if ["exam", "course", "module", "learningpath"]
        .iter()
        .any(|no| kind.contains(no))
    {
        return Ok(Taken::of(LineOutcome::NoCertificate, title.to_owned()));
    }
    if NOT_ACTIVE.contains(&plain(cells.text(columns.status)?).as_str()) {
        return Ok(Taken::of(LineOutcome::NotActive, title.to_owned()));
    }
    let certificate = (known.certificate(title, activity))
        .map_err(|reason| cells.problem(Some(columns.title), reason))?;
    let day = |column, read| {
        cells.value(
            column,
            read,
            |settings| settings.dates,
            DateOrder::DayFirst,
            |_| Reason::NotADay,
        )
    };
    let column = Some(columns.completed);
    let completed_on =
        day(column, value::day_in_utc)?.ok_or_else(|| cells.problem(column, Reason::Missing))?;
    let expires_on = day(columns.expires, value::day)?;
    let invalid = |column, code| cells.problem(column, Reason::Invalid { code });
    for (column, day) in [(column, Some(completed_on)), (columns.expires, expires_on)] {
        if let Some(code) = day.and_then(FaultCode::of_day) {
            return Err(Box::new(invalid(column, code)));
        }
    }
    if cells.is_ahead(completed_on) {
        return Err(Box::new(cells.problem(column, Reason::InTheFuture)));
    }
    if expires_on.is_some_and(|last| last < completed_on) {
        return Err(Box::new(invalid(
            columns.expires,
            FaultCode::EndsBeforeStart,
        )));
    }
    let said = cells.authority(columns.authority)?;
    let name = name(cells, columns)?;
    if let Some(code) = FaultCode::of_name(&name) {
        return Err(Box::new(invalid(columns.last_name, code)));
    }
    let place = find(cells, columns, people, &name, completed_on)?;
    let held = Held {
        certificate: certificate.id.clone(),
        completed_on,
        expires_on,
        known_on: None,
        source: Some(source.to_owned()),
        authority: Authority::Claimed,
    };
    let about = format!("{name}, {}", certificate.id.to_ascii_uppercase());
    let (outcome, changes) = people
        .hold(place, held, said, cells.line())
        .map_err(|reason| {
            let column = match reason {
                Reason::Invalid {
                    code: FaultCode::Authority,
                } => columns.authority,
                Reason::Contradicts { .. } => columns.expires,
                _ => column,
            };
            Box::new(cells.problem(column, reason))
        })?;
    Ok(Taken {
        outcome,
        about,
        changes,
    })
}

/// The place of the person that a row is about.
fn find(
    cells: &Cells<'_>,
    columns: &Columns,
    people: &mut People,
    name: &str,
    completed_on: NaiveDate,
) -> Result<usize, Box<Problem>> {
    let id = cells.id(columns.id)?;
    let (column, email) = match cells.address(columns.work_email)? {
        "" => (columns.email, cells.address(columns.email)?),
        email => (columns.work_email, email),
    };
    let email = email.to_lowercase();
    if id.is_empty() && email.is_empty() {
        let column = columns.work_email.or(columns.email).or(columns.id);
        return Err(Box::new(cells.problem(column, Reason::Missing)));
    }
    people
        .find(id, &email, name, completed_on)
        .map_err(|(by, other)| {
            let (column, reason) = match by {
                Named::Id => (columns.id, Reason::OtherPerson { name: other }),
                Named::Address => (column, Reason::OtherPerson { name: other }),
                Named::Lookalike => (column, Reason::LooksLike { address: other }),
            };
            Box::new(cells.problem(column, reason))
        })
}

fn name(cells: &Cells<'_>, columns: &Columns) -> Result<String, Box<Problem>> {
    let mut words = Vec::new();
    for part in [columns.first_name, columns.last_name] {
        words.extend(cells.name(part)?.split_whitespace());
    }
    if words.is_empty() {
        let column = columns.name.or(columns.last_name);
        cells.some_text(column)?;
        words.extend(cells.name(column)?.split_whitespace());
    }
    Ok(words.join(" "))
}
