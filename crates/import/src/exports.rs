//! Which export a table is, by its columns, and what it would change.

use membership_domain::{Catalog, Evidence, sort};

use crate::fault::FileFault;
use crate::plan::{Given, Plan, Progress};
use crate::settings::Settings;
use crate::table::Table;
use crate::{certificates, usage};

/// Says what a table would change.
///
/// # Errors
/// A table that has the columns of no known export, or one of them twice; and where whoever is told
/// of the progress says to stop.
pub fn plan(
    mut table: Table,
    name: &str,
    settings: Settings,
    catalog: &Catalog,
    evidence: &Evidence,
    progress: Progress<'_>,
) -> Result<Plan, FileFault> {
    let problems = std::mem::take(&mut table.problems);
    let table = &table;
    let given = Given {
        table,
        name,
        settings,
        catalog,
        evidence,
        progress,
    };
    let mut plan = match (
        certificates::Columns::find(table),
        usage::Columns::find(table),
    ) {
        (Ok(columns), _) => {
            table.alone(&columns.all())?;
            certificates::plan(&given, &columns)?
        }
        (Err(_), Ok(columns)) => {
            table.alone(&columns.all())?;
            usage::plan(&given, &columns)?
        }
        (Err(certificates), Err(usage)) => {
            return Err(FileFault::UnknownColumns {
                certificates,
                usage,
            });
        }
    };
    plan.problems.extend(problems);
    sort::sort_by_key(&mut plan.problems, |problem| problem.line);
    Ok(plan)
}
