//! The words of the operator's desk: its frame, and what its pages share.

pub mod books;
pub mod catalog;
pub mod entries;
pub mod keys;
pub mod orders;
pub mod parked;
pub mod statements;

/// Where one is, beside the product's name.
pub const OPERATIONS: &str = "Operations";
pub const DESK: &str = "Desk";
pub const MONEY: &str = "Money";
pub const RULES: &str = "Rules";
pub const BANK_ENTRIES: &str = "Bank entries";
pub const PARKED: &str = "Parked money";
pub const ORDERS: &str = "Orders";
pub const STATEMENTS: &str = "Statements";
pub const BOOKS: &str = "Books";
pub const CATALOG: &str = "Catalog";

pub const NO_STEP: &str = "Set up two-step sign-in to open this page";
pub const NO_STEP_WHY: &str = "This page needs a second step at sign-in, a code from an app on your \
    phone. Nothing was changed. Set it up in your account; then this page opens.";

/// A row without a value.
pub const NONE: &str = "None";
pub const ORDER: &str = "Order";
pub const AMOUNT: &str = "Amount";
pub const STATUS: &str = "Status";
pub const BUYER: &str = "Buyer";
pub const ORDER_NUMBER: &str = "Order number";
pub const ORDER_NUMBER_HINT: &str = "For example 20231115-482913";
pub const PRINT: &str = "Print";
pub const FIRST: &str = "First page";
pub const NEXT: &str = "Next page";
pub const PAGES: &str = "Pages";
