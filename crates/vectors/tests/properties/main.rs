//! What must hold for any partner, not only for the worked examples.

mod basis;
mod forecasts;
mod given;
mod hypotheses;
mod order;
mod points;
mod robust;

use std::sync::LazyLock;

use membership_domain::{Assessment, Basis, Catalog, Evidence, Hypothesis, assess};

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| membership_vectors::catalog().expect("a catalog without faults"));

fn truth(evidence: &Evidence, day: chrono::NaiveDate) -> Assessment {
    assess(
        &CATALOG,
        evidence,
        Basis::Entered,
        day,
        &Hypothesis::default(),
    )
}
