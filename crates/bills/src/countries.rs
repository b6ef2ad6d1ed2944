//! Countries by their codes.

/// The catalog's list: a code and a name in each line.
const LIST: &str = include_str!("../../../catalog/countries.txt");

/// What the country of a code is called; none for what is no code of a country.
pub fn name(code: &str) -> Option<&'static str> {
    let mut all = LIST.lines().filter_map(|line| line.split_once(' '));
    all.find_map(|(found, name)| (found == code).then_some(name))
}

/// Countries whose addresses have the postal code after the city, with the region between.
const CODE_LAST: [&str; 14] = [
    "AU", "BD", "CA", "GB", "HK", "ID", "IE", "IN", "NZ", "PH", "SG", "TH", "US", "ZA",
];

/// Whether the postal code comes after the city.
pub fn code_is_last(code: &str) -> bool {
    CODE_LAST.contains(&code)
}
