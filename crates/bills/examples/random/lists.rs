//! What bills are made of.

use membership_domain::purchase::sale::TaxCategory;

pub const CURRENCIES: [&str; 16] = [
    "EUR", "EUR", "EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "AUD", "CAD", "INR", "BRL",
    "JPY", "KRW", "KWD",
];
/// A country with a tax id of it: for VAT, for another tax, or none.
pub const PLACES: [(&str, &str, &str); 14] = [
    ("DE", "München", "DE123456789"),
    ("IE", "Dublin 2", "IE1234567FA"),
    ("FR", "Saint-Étienne", "FR12345678901"),
    ("GR", "Αθήνα", "EL123456789"),
    ("GB", "London", "GB123456789"),
    ("CH", "Zürich", "CHE-123.456.789 MWST"),
    ("NO", "Tromsø", "NO999999999MVA"),
    ("US", "Redmond", "91-1144442"),
    ("CA", "Québec", "123456789 RT 0001"),
    ("AU", "Perth", "51 824 753 556"),
    ("JP", "東京都", "T1234567890123"),
    ("KR", "서울특별시", "123-45-67890"),
    ("IN", "Hyderabad", "36AABCU9603R1ZM"),
    ("HK", "Hong Kong", ""),
];
pub const NAMES: [&str; 8] = [
    "Contoso GmbH",
    "Northwind Traders B.V.",
    "Fabrikam, Inc. & Sons <Est. 1899>",
    "Société d’Exploitation des Énergies \"Renouvelables\" du Massif central S.A.S.",
    "Allgemeine Gesellschaft für die Verwaltung von Beteiligungen und Grundbesitz in Mittel- und \
     Osteuropa mit beschränkter Haftung & Compagnie, Kommanditgesellschaft auf Aktien",
    "Þórshöfn ehf.",
    "A",
    "Widget's 'R' Us; Ltd",
];
pub const GOODS: [&str; 6] = [
    "Solutions Partner designation, 1 year",
    "Microsoft Action Pack, 365 days",
    "Partner Success Core Benefits",
    "Partner Success Expanded Benefits",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenübergabe",
    "Specialization audit <ISSI> & more",
];
pub const CATEGORIES: [TaxCategory; 7] = [
    TaxCategory::Standard,
    TaxCategory::Standard,
    TaxCategory::Standard,
    TaxCategory::ReverseCharge,
    TaxCategory::Exempt,
    TaxCategory::Export,
    TaxCategory::NotCalculated,
];
pub const RATES: [u32; 9] = [1_900, 2_000, 2_550, 825, 770, 1_000, 500, 700, 0];
