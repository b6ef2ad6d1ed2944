//! What is asked for, below an organization.

/// The same again and again: the server keeps it.
pub const SAME: [&str; 4] = [
    "overview",
    "assessments",
    "assessments/action-pack",
    "people",
];

/// Pages of lists of which no two are the same: their words, places and lengths differ.
const PAGES: [&str; 16] = [
    "people?cursor=person%20{n}&limit={few}",
    "certifications?sort=completed_on&order=desc&search=person%20{n}",
    "customers?area={area}&counts=yes&cursor=customer%20{customer}&limit={few}",
    "usage?sort=month&order=desc&search=customer%20{customer}",
    "people?sort=certificates&order=desc&search={n}",
    "certifications?area={area}&counts=yes&basis=decision&cursor=person%20{n}&limit={few}",
    "customers?sort=rows&search={customer}",
    "usage?sort=revenue_cents&order=desc&cursor={customer}00&limit={few}",
    "people?area={area}&counts=no&sort=email&cursor=person{n}&limit={few}",
    "certifications?state=expiring&sort=expires_on&cursor=2024-0{digit}&search={n}",
    "customers?sort=last&order=desc&authority=claimed&search={customer}",
    "usage?area={area}&counts=yes&sort=workload&search={customer}",
    "people?state=not_linked&sort=valid&order=desc&search={n}",
    "certifications?sort=certificate&search=azure%20{n}",
    "usage?area={area}&counts=no&basis=decision&sort=users&cursor={customer}&limit={few}",
    "usage?authority=claimed&sort=seats&order=desc&search={customer}&limit={few}",
];

const AREAS: [&str; 4] = ["infrastructure", "data-ai", "modern-work", "security"];

/// The `n`th of the different pages: each kind of page in turn, never the same one twice.
pub fn page(n: u64) -> String {
    let kinds = PAGES.len() as u64;
    let kind = PAGES[(n % kinds) as usize];
    let nth = n / kinds;
    // Numbers that lie all over the rows, so that no page is where the one before it was.
    let spread = (nth * 7_919) % 10_000;
    kind.replace("{few}", &(30 + nth / 10_000 + nth % 40).to_string())
        .replace("{area}", AREAS[(nth % 4) as usize])
        .replace("{digit}", &(1 + nth % 9).to_string())
        .replace("{customer}", &(spread % 2_000).to_string())
        .replace("{n}", &spread.to_string())
}
