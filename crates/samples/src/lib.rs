//! Organizations and exports made by rule: of any size, and the same each time. For the demo's
//! largest organization, for measuring, and to try imports with.

mod document;
mod exports;
mod organization;
mod random;

use chrono::NaiveDate;
use membership_domain::catalog::AssociationKind;

pub use exports::Sample;
pub use organization::{LARGEST, Size, USUAL, organization};

/// The day as of which they are told.
pub const DAY: NaiveDate = match NaiveDate::from_ymd_opt(2023, 11, 15) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// What people hold.
const CERTIFICATES: [&str; 40] = [
    "az-104",
    "az-305",
    "dp-203",
    "dp-300",
    "ai-102",
    "pl-300",
    "az-204",
    "az-400",
    "az-500",
    "az-700",
    "az-800-801",
    "az-140",
    "az-120",
    "dp-100",
    "dp-420",
    "sc-100",
    "sc-200",
    "sc-300",
    "sc-400",
    "ms-500",
    "ms-102",
    "ms-700",
    "ms-900",
    "md-102",
    "ms-203",
    "ms-721",
    "mb-210",
    "mb-230",
    "mb-240",
    "mb-260",
    "mb-310",
    "mb-330",
    "mb-335",
    "mb-500",
    "mb-700",
    "mb-800",
    "pl-200",
    "pl-400",
    "pl-500",
    "pl-600",
];

/// What customers use, and through which connection.
const WORKLOADS: [(&str, AssociationKind); 16] = [
    ("storage", AssociationKind::Pal),
    ("teams", AssociationKind::CporUsage),
    ("business-central", AssociationKind::CporUsage),
    ("sql-database", AssociationKind::CspTier1),
    ("exchange", AssociationKind::Dpor),
    ("power-bi", AssociationKind::Pal),
    ("key-vault", AssociationKind::Pal),
    ("intune", AssociationKind::CporUsage),
    ("functions", AssociationKind::Pal),
    ("sharepoint", AssociationKind::CspTier2),
    ("sentinel", AssociationKind::Pal),
    ("app-service", AssociationKind::Dpor),
    ("power-apps", AssociationKind::Pal),
    ("virtual-machines", AssociationKind::CspTier2),
    ("defender-for-endpoint", AssociationKind::CporUsage),
    ("cosmos-db", AssociationKind::Pal),
];
