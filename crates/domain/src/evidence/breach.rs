//! What a writer may not do, as data.

use super::FaultCode;

/// Something that a writer may not do.
pub struct Breach {
    /// Where, as a JSON pointer below the part: in the state after, or the list where the row is
    /// not there any more.
    pub pointer: String,
    /// Why.
    pub code: FaultCode,
    /// What it is about.
    pub about: String,
}
