//! The words of previews.

use membership_domain::catalog::{Aggregate, Unit, Value};

pub const TITLE: &str = "Preview";
pub const ABOUT: &str = "Change anything; nothing is saved. To share the preview, copy this page's \
    address.";
pub const RESET: &str = "Reset";
pub const NOTHING_TRIED: &str = "No changes yet. The page shows today.";
pub const QUALIFIES: &str = "qualifies";
pub const DOES_NOT: &str = "doesn't qualify yet";
pub const ALL_MET: &str = "All requirements met";
pub const NOT_ALL_MET: &str = "Not all requirements met";
pub const DIFFERS: &str = "Differs from today";
pub const TAKEN_AS_MET: &str = "Assume met";
pub const PEOPLE: &str = "People with certificates";
pub const DAY: &str = "Day";
pub const MISREAD: &str = "Part of the link can't be read and was left out:";

pub fn people_with(certificate: &str) -> String {
    format!("People with {certificate}")
}

pub fn was(before: &str) -> String {
    format!(", today: {}", before.to_ascii_lowercase())
}

/// What a control of a measure adds.
pub fn unit(take: &Aggregate) -> &'static str {
    match take {
        Aggregate::Count(count) => match count.unit {
            Unit::Tenant | Unit::TenantByWorkload => "More or fewer customers",
            Unit::WorkloadInTenant => "More or fewer workloads at customers",
            Unit::Workload => "More or fewer services",
        },
        Aggregate::Growth(growth) if growth.percent => "More or less growth, in percent",
        Aggregate::Growth(growth) => of(growth.value),
        Aggregate::Total(total) => of(total.value),
    }
}

fn of(value: Value) -> &'static str {
    match value {
        Value::Revenue => "More or less revenue, in USD",
        Value::ContractValue => "More or less contract value, in USD",
        Value::Users => "More or fewer users",
        Value::Seats => "More or fewer seats",
        Value::ActivePercent => "More or fewer active seats, in percent",
    }
}

/// Of a day outside the years that evidence can have.
pub fn day_wrong(first: i32, last: i32) -> String {
    format!("Enter a day between {first} and {last}.")
}
