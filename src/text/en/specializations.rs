//! The words of the specializations.

pub const TITLE: &str = "Specializations";
pub const ABOUT: &str = "Proof of depth in one scenario of a solution area. Each requires a \
    designation, proven performance, certified people, and usually an audit or customer \
    references.";
/// Where the catalog names no area.
pub const OTHERS: &str = "Others";

/// How far an area's specializations are.
pub fn progress(achieved: usize, begun: usize, all: usize) -> String {
    let mut said = Vec::new();
    if achieved > 0 {
        said.push(format!("{achieved} achieved"));
    }
    if begun > 0 {
        said.push(format!("{begun} in progress"));
    }
    said.push(format!("{all} total"));
    said.join(" · ")
}
