//! The start of a preview without an account.

pub const TITLE: &str = "Try it without an account";
pub const ABOUT: &str = "Nothing is uploaded. Everything stays in this browser, and works offline \
    once you've opened this page.";
pub const YOUR_DATA: &str = "Your data";
pub const TAG: &str = "Preview in this browser";

pub const FILE: &str = "From a file";
pub const FILE_ABOUT: &str = "Exports of training completions or of customers and usage, or a file \
    you saved here. You see what every line would add before anything is imported.";
pub const CHOOSE_FILE: &str = "Choose a file";

pub const NUMBERS: &str = "From a few numbers";
pub const NUMBERS_ABOUT: &str = "Enough for a first answer. People and customers get names such as \
    Person 1, and customers get the associations through which their usage counts most. You can \
    change each one later.";
pub const NAME: &str = "Company name";
pub const JOINED: &str = "The company has joined the program and is verified";
pub const PEOPLE: &str = "People";
pub const PEOPLE_HINT: &str = "Up to 500; a file can hold more.";
pub const CERTIFICATES: &str = "Certificates";
pub const CERTIFICATE: &str = "Certificate";
pub const HOLDERS: &str = "People who hold it";
pub const ADD_CERTIFICATE: &str = "Add a certificate";
pub const CUSTOMERS: &str = "Customers";
pub const WORKLOAD: &str = "Product or service they use";
pub const HOW_MANY: &str = "Customers";
pub const NEW: &str = "New within the last year";
pub const REVENUE: &str = "Revenue of each in a month (USD)";
pub const SEATS: &str = "Paid seats of each";
pub const ACTIVE: &str = "Active users of each";
pub const ADD_USE: &str = "Add customers of another product";
pub const CHOOSE: &str = "Choose one";
pub const TYPED: &str = "These are the numbers you last typed.";
pub const SHOW: &str = "Show the company's status";
pub const READ_AGAIN: &str = "Reload the data";
pub const REPLACES: &str =
    "This replaces the data kept in this browser. Save that first if you need it.";
pub const STARTED: &str = "Your numbers were applied.";
pub const NO_CERTIFICATE: &str = "Choose one, or remove the line.";
pub const NO_WORKLOAD: &str = "Choose a product or service, or remove the line.";

pub const MORE_HOLDERS: &str = "More holders than people. Enter more people or fewer holders.";
pub const MORE_NEW: &str =
    "More new customers than customers. Enter more customers or fewer new ones.";
pub const MORE_ACTIVE: &str =
    "More active users than paid seats. Enter more seats or fewer active users.";

pub const KEPT: &str = "Data kept in this browser";
pub const SAVE: &str = "Save as a file";
pub const SAVE_ABOUT: &str = "The file holds everything. Once you have an account, import it \
    there, and you won't have to enter anything again.";
pub const FORGET: &str = "Delete everything";
pub const FORGET_SURE: &str = "Yes, delete everything";
pub const KEEP: &str = "Keep it";
pub const FORGOTTEN: &str = "Your data was deleted from this browser.";
pub const OVERVIEW: &str = "Go to the overview";
pub const SIGN_IN: &str = "Sign in";

pub fn kept(people: &str, customers: &str, usage: &str) -> String {
    format!("{people}, {customers} and {usage} of usage.")
}

pub fn certificate(number: usize) -> String {
    format!("Certificate {number}")
}

pub fn customers(number: usize) -> String {
    format!("Customers, line {number}")
}
