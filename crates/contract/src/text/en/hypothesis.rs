//! What a link to a preview got wrong.

use membership_domain::hypothesis::{Misread, MisreadReason};

/// The part that was left out, and why.
#[must_use]
pub fn misread(misread: &Misread) -> String {
    let because = match misread.because {
        MisreadReason::NotADay => "is not a day; write it as 2023-12-01",
        MisreadReason::NotACount => "is not an id, a star and a number",
        MisreadReason::TooMany => "is more than a preview can try out; ask for less",
        MisreadReason::UnknownCertificate => "names a certificate that the catalog does not have",
        MisreadReason::UnknownMeasure => "names a measure that the catalog does not have",
        MisreadReason::UnknownRequirement => "names a requirement that the catalog does not have",
    };
    format!(
        "\u{201c}{}\u{201d} in \u{201c}{}\u{201d} {because}.",
        misread.value, misread.parameter
    )
}
