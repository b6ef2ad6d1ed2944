//! What a link to a preview got wrong.

use membership_domain::hypothesis::{Misread, MisreadReason};

/// The part that was left out, and why.
#[must_use]
pub fn misread(misread: &Misread) -> String {
    let because = match misread.because {
        MisreadReason::NotADay => "isn't a day; write it as 2023-12-01",
        MisreadReason::NotACount => "isn't an ID, a star, and a number",
        MisreadReason::TooMany => "is more than a preview can try; use less",
        MisreadReason::UnknownCertificate => "names a certificate that isn't in the catalog",
        MisreadReason::UnknownMeasure => "names a measure that isn't in the catalog",
        MisreadReason::UnknownRequirement => "names a requirement that isn't in the catalog",
    };
    format!(
        "\u{201c}{}\u{201d} in \u{201c}{}\u{201d} {because}.",
        misread.value, misread.parameter
    )
}
