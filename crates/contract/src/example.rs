//! Small files that show how an import must look, made of what the catalog knows.

use membership_domain::Catalog;
use membership_domain::catalog::Criterion;

use crate::csv;

/// What the files are about.
pub struct Example {
    certificate: String,
    workload: String,
    declaration: String,
    figure: String,
}

impl Example {
    /// Of a catalog, if it is at hand: its first certificate, workload and keys.
    #[must_use]
    pub fn of(catalog: Option<&Catalog>) -> Self {
        let certificate = catalog.and_then(|known| known.certificates.first());
        let workload = catalog.and_then(|known| known.workloads.first());
        let key = |of: fn(&Criterion) -> Option<&String>| {
            let rules = catalog?.programs.iter().flat_map(|one| &one.rules);
            let mut all = rules.flat_map(|rule| rule.walk());
            all.find_map(|one| of(&one.test).cloned())
        };
        let declaration = key(|test| match test {
            Criterion::Declaration { key } => Some(key),
            _ => None,
        });
        let figure = key(|test| match test {
            Criterion::Figure { key, .. } => Some(key),
            _ => None,
        });
        let or = |found: Option<String>, other: &str| found.unwrap_or_else(|| other.to_owned());
        Self {
            certificate: or(certificate.map(|one| one.id.clone()), "az-104"),
            workload: or(workload.map(|one| one.id.clone()), "exchange"),
            declaration: or(declaration, "reseller-agreement"),
            figure: or(figure, "marketplace-sales"),
        }
    }

    /// A table of certificates.
    #[must_use]
    pub fn certificates(&self) -> String {
        let columns = [
            ("TrainingTitle", self.certificate.to_ascii_uppercase()),
            ("TrainingCompletionDate", "2023-05-31".to_owned()),
            ("CorpEmail", "ada.berg@contoso.example".to_owned()),
            ("IndividualFirstName", "Ada".to_owned()),
            ("IndividualLastName", "Berg".to_owned()),
            ("ExpirationDate", "2024-05-31".to_owned()),
            ("ActivationStatus", "Active".to_owned()),
        ];
        table(columns)
    }

    /// A table of usage by month.
    #[must_use]
    pub fn usage(&self) -> String {
        let columns = [
            ("Customer", "Fabrikam".to_owned()),
            ("Workload", self.workload.clone()),
            ("Association", "CSP indirect reseller".to_owned()),
            ("Month", "2023-10".to_owned()),
            ("Revenue", "1250.00".to_owned()),
            ("Users", "40".to_owned()),
            ("Seats", "50".to_owned()),
            ("Active", "45".to_owned()),
        ];
        table(columns)
    }

    /// Evidence as JSON.
    #[must_use]
    pub fn evidence(&self) -> String {
        let Self {
            certificate,
            workload,
            declaration,
            figure,
        } = self;
        format!(
            r#"{{
  "people": [
    {{ "id": "person-1", "name": "Ada Berg", "email": "ada.berg@contoso.example",
      "linked_on": "2023-05-31",
      "certificates": [{{ "certificate": "{certificate}", "completed_on": "2023-05-31" }}] }}
  ],
  "customers": [
    {{ "id": "fabrikam", "name": "Fabrikam",
      "associations": [{{ "kind": "csp_tier2", "since": "2023-03-06" }}] }}
  ],
  "usage": [
    {{ "customer": "fabrikam", "workload": "{workload}", "association": "csp_tier2",
      "month": "2023-10", "revenue_cents": 125000, "users": 40, "seats": 50, "active": 45 }}
  ],
  "declarations": [
    {{ "key": "{declaration}", "holds": true, "declared_on": "2023-10-31" }}
  ],
  "figures": [
    {{ "key": "{figure}", "value": "1250.5", "reported_on": "2023-10-31" }}
  ]
}}
"#
        )
    }
}

fn table<const COLUMNS: usize>(columns: [(&str, String); COLUMNS]) -> String {
    let header = columns.each_ref().map(|(name, _)| *name);
    let row = columns.map(|(_, cell)| cell);
    csv::table(&header, [row.to_vec()])
}
