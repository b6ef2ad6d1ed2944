//! The smallest rows that count, and what makes each of them one row.

use chrono::NaiveDate;

use super::authority::Authority;
use super::row::Authored;
use super::{
    Association, Audit, Declaration, Figure, Held, Invitation, Membership, Offer, PastScore,
    Reference, Usage,
};
use crate::catalog::AssociationKind;
use crate::month::Month;

/// Implements [`Authored`]; `source` stands behind rows that have one.
macro_rules! authored {
    ($row:ty, $key:ty, |$it:ident| $of:expr, $about:expr $(, $source:ident)?) => {
        impl Authored for $row {
            type Key = $key;

            fn key(&self) -> Self::Key {
                let $it = self;
                $of
            }

            fn about(&self) -> String {
                let $it = self;
                $about
            }

            fn authority(&self) -> Authority {
                self.authority
            }

            fn as_said_by(&self, other: &Self) -> Self {
                let authority = other.authority;
                Self { authority, $($source: other.$source.clone(),)? ..self.clone() }
            }
        }
    };
}

/// Tenant, subscription, workload, connection and month.
type UsageKey = (String, Option<String>, String, AssociationKind, Month);
/// Key, day, location and region.
type FigureKey = (String, NaiveDate, Option<String>, Option<String>);

authored!(
    Held,
    String,
    |one| one.certificate.clone(),
    format!("{}, {}", one.certificate, one.completed_on),
    source
);
authored!(
    Association,
    (AssociationKind, Option<String>),
    |one| (one.kind, one.workload.clone()),
    match &one.workload {
        Some(workload) => format!("{workload}, {}", one.since),
        None => one.since.to_string(),
    },
    source
);
authored!(
    Usage,
    UsageKey,
    |one| (
        one.tenant_id().to_owned(),
        one.subscription.clone(),
        one.workload.clone(),
        one.association,
        one.month,
    ),
    format!("{}, {}, {}", one.customer, one.workload, one.month),
    source
);
authored!(
    Membership,
    (String, NaiveDate),
    |one| (one.program.clone(), one.started_on),
    format!("{}, {}", one.program, one.started_on)
);
authored!(Offer, String, |one| one.name.clone(), one.name.clone());
authored!(
    Reference,
    (String, String, NaiveDate),
    |one| (one.program.clone(), one.customer.clone(), one.submitted_on),
    format!("{}, {}", one.customer, one.program)
);
authored!(
    Audit,
    (String, NaiveDate),
    |one| (one.program.clone(), one.decided_on),
    format!("{}, {}", one.program, one.decided_on)
);
authored!(
    Invitation,
    (String, NaiveDate),
    |one| (one.program.clone(), one.issued_on),
    format!("{}, {}", one.program, one.issued_on)
);
authored!(
    Declaration,
    (String, NaiveDate),
    |one| (one.key.clone(), one.declared_on),
    format!("{}, {}", one.key, one.declared_on)
);
authored!(
    Figure,
    FigureKey,
    |one| (
        one.key.clone(),
        one.reported_on,
        one.location.clone(),
        one.region.clone(),
    ),
    figure(one)
);
authored!(
    PastScore,
    (String, NaiveDate),
    |one| (one.score.clone(), one.day),
    format!("{}, {}", one.score, one.day)
);

/// With its value and where it is from: figures of several locations differ in nothing else.
fn figure(one: &Figure) -> String {
    let place = [&one.location, &one.region].into_iter().flatten();
    let said = [one.value.to_string(), one.reported_on.to_string()];
    let parts: Vec<String> = std::iter::once(&one.key)
        .chain(place)
        .chain(&said)
        .cloned()
        .collect();
    parts.join(", ")
}
