//! Decimals as text.

/// A whole number of units of the last of `digits` decimals.
pub(super) fn decimal(scaled: i128, digits: u32) -> String {
    let scale = 10_u128.pow(digits);
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) = (scaled.unsigned_abs() / scale, scaled.unsigned_abs() % scale);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = digits as usize)
    }
}
