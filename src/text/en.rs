//! English (US).

pub mod access;
pub mod account;
pub mod audit;
pub mod billing;
pub mod bills;
pub mod by_hand;
pub mod company;
pub mod customer;
pub mod designations;
pub mod evidence;
pub mod findings;
pub mod imports;
pub mod lists;
pub mod offers;
pub mod operator;
pub mod orders;
pub mod overview;
pub mod person;
pub mod preview;
pub mod programs;
pub mod roles;
pub mod specializations;
pub mod start;
pub mod tokens;
pub mod users;

/// The frame of every page.
pub mod shell {
    /// The product.
    pub const PRODUCT: &str = "Membership";
    pub const SKIP: &str = "Skip to the main content";
    pub const WORKSPACE: &str = "Workspace";
    pub const ACCOUNT: &str = "Account";
    pub const PREVIEW: &str = "Preview";
    pub const OVERVIEW: &str = "Overview";
    pub const PROGRAMS: &str = "Programs";
    pub const DESIGNATIONS: &str = "Designations";
    pub const SPECIALIZATIONS: &str = "Specializations";
    pub const EVIDENCE: &str = "Evidence";
    pub const ACCESS: &str = "My access";
    pub const PURCHASES: &str = "Purchases";
    pub const OFFERS: &str = "Offers";
    pub const BILLS: &str = "Orders and bills";
    pub const BILLING: &str = "Billing profile";
    pub const MENU: &str = "Menu";
    pub const CRUMBS: &str = "You are in";
    pub const NAVIGATION: &str = "Main";
    pub const OWN_ACCOUNT: &str = "Your account";
    pub const SIGN_OUT: &str = "Sign out";
    pub const SIGNED_OUT: &str = "You are signed out.";
    pub const SWITCH: &str = "Switch organization";

    pub fn user_menu(name: &str) -> String {
        format!("Account of {name}")
    }

    pub fn partner_id(id: &str) -> String {
        format!("PartnerID {id}")
    }

    /// The title of the browser's tab; `organization` for somebody with several.
    pub fn document_title(page: &str, organization: Option<&str>) -> String {
        match organization {
            Some(organization) => format!("{page} - {organization} - {PRODUCT}"),
            None => format!("{page} - {PRODUCT}"),
        }
    }

    /// The same page opened for another organization.
    pub fn at(page: &str, organization: &str) -> String {
        format!("{page}, {organization}")
    }
}

/// The demo's clock.
pub mod clock {
    pub const DEMO: &str = "Demo clock";
    pub const ABOUT: &str = "Time in the demo stays here until someone changes it. Windows, \
        deadlines, and scores follow at once, for everyone using this demo.";
    pub const DAY: &str = "Day";
    pub const TIME: &str = "Time (UTC)";
    pub const SET: &str = "Set the clock";
    pub const INVALID: &str = "Enter a day and a time, for instance 2023-11-15 and 09:00.";

    pub fn now(instant: &str) -> String {
        format!("Demo clock: {instant}. Change it")
    }

    pub fn was_set(instant: &str) -> String {
        format!("The clock is set to {instant}.")
    }
}

/// Waiting.
pub mod loading {
    pub const LOADING: &str = "Loading";
    pub const SLOW: &str = "This is taking longer than usual. Nothing is lost; the page appears \
        when the answer arrives.";
}

/// Pages whose program comes when they are opened.
pub mod lazy {
    use crate::api::boot::Fault;

    pub const TITLE: &str = "This page didn't load";
    pub const RELOAD: &str = "Reload the page";

    pub fn why(fault: &Fault) -> String {
        match fault {
            Fault::Lost => "A part of the workspace couldn't be fetched. This device may be \
                            offline, or the service may be restarting. Nothing was changed."
                .to_owned(),
            Fault::Status(status) => format!(
                "A part of the workspace couldn't be fetched: the service answered with status \
                 {status}. Nothing was changed."
            ),
            Fault::Broken => {
                "A part of the workspace arrived incomplete. Nothing was changed.".to_owned()
            }
            Fault::Gone => "The workspace was updated since this page was opened, and the earlier \
                version is gone. Reload the page to use the new one."
                .to_owned(),
            Fault::Other => "The service sent something else in place of a part of the workspace. \
                It may have been updated since this page was opened. Reload the page."
                .to_owned(),
            Fault::OtherBuild => "A part of the workspace belongs to another version than this \
                page. Reload the page to get the same version of both."
                .to_owned(),
        }
    }
}

/// What went wrong between the page and the server.
pub mod errors {
    pub const UNREACHABLE: &str = "Can't reach the service";
    pub const NOT_CHANGED: &str = "Nothing was changed.";
    pub const OFFLINE: &str = "This device may be offline, or the service may be restarting.";
    pub const BY_ITSELF: &str = "The page keeps trying.";
    pub const RETRY: &str = "Try again";
    pub const UNREADABLE: &str = "Can't read the service's answer";
    pub const CONNECTION: &str = "Connection";
    pub const CONNECTION_LOST: &str = "Can't reach the service. This page may be out of date; what \
        you typed is kept. The page keeps trying.";
    pub const CONNECTION_BACK: &str = "The connection is back.";

    pub fn unreadable_detail(path: &str, reason: &str) -> String {
        format!(
            "This page and the service seem to be different versions. Reload the page. If that \
             doesn't help, report this to support: {path}, {reason}."
        )
    }

    pub fn quote(request_id: &str) -> String {
        format!("Reference for support: {request_id}.")
    }
}

/// Forms and their controls.
pub mod forms {
    pub const PROBLEM: &str = "There is a problem";
    pub const REMOVE: &str = "Remove";
    pub const CHECKING: &str = "Checking\u{2026}";
    pub const SENDING: &str = "Saving\u{2026}";
    pub const UNFINISHED: &str = "The date isn't complete. Complete it or clear it.";
    pub const TYPED: &str = "You typed this earlier, and it isn't saved yet.";
    pub const TYPED_AND_CHANGED: &str = "You typed this earlier, and it isn't saved yet. The saved \
        row has changed since.";
    pub const START_OVER: &str = "Start over";
    pub const GONE_MEANWHILE: &str = "Someone else removed this. Nothing was saved, and what you \
        typed is kept. Saving anyway adds it again.";
    pub const ANYWAY: &str = "Save anyway";
    pub const TAKE_THEIRS: &str = "Use the saved version";
    pub const COMPARED: &str = "What differs";
    pub const FIELD: &str = "Field";
    pub const THEIRS: &str = "Saved now";
    pub const YOURS: &str = "Yours";

    pub fn fewer(label: &str) -> String {
        format!("Less: {label}")
    }

    pub fn more(label: &str) -> String {
        format!("More: {label}")
    }

    pub fn whole_number(least: i64, most: i64) -> String {
        format!("Enter a whole number from {least} to {most}.")
    }
}

/// Numbers that are not today's.
pub mod what_if {
    pub const NOT_TODAY: &str = "What-if: the numbers here are not today's.";
    pub const BACK: &str = "Back to today";

    pub fn today(number: &str) -> String {
        format!("{number} today")
    }
}

/// Whose entries numbers count.
pub mod provenance {
    pub const COUNTED: &str = "Entries that count";
    pub const CONFIRMED: &str = "Confirmed";
    pub const WITH_OWN: &str = "With your entries";

    /// What makes the rest count.
    pub const CONFIRMS: &str = "The program owner confirms certificates, usage, and other records. \
        Until then, your own entries count in previews only.";
    /// While something is tried out.
    pub const PREVIEWED: &str = "A preview counts your own entries too, confirmed or not.";

    /// Two numbers that differ.
    pub fn both(confirmed: &str, own: &str) -> String {
        format!("{confirmed} confirmed, {own} with your own entries")
    }

    /// Two states that differ.
    pub fn states(confirmed: &str, own: &str) -> String {
        format!("Confirmed: {confirmed}. With your own entries: {own}.")
    }
}

/// Tables.
pub mod tables {
    pub const SORT: &str = "Sort by this column";
}

/// Values of the catalog.
pub mod catalog {
    pub const SAMPLE: &str = "Sample value";
    pub const SAMPLE_WHY: &str =
        "This value isn't published. It's an example; a program owner can set it in the catalog.";
}

/// Sign-in.
pub mod sign_in {
    pub const TITLE: &str = "Sign in";
    pub const ABOUT: &str =
        "See the status of each membership, what's missing, and what to do next.";
    pub const EMAIL: &str = "Email";
    pub const PASSWORD: &str = "Password";
    pub const SUBMIT: &str = "Sign in";
    pub const FORGOT: &str = "Forgot password?";
    pub const CODE: &str = "Code";
    pub const CODE_HINT: &str = "Six digits from your authenticator app, or a recovery code.";
    pub const EMAIL_FORM: &str = "Enter an email such as name@example.com.";
    pub const ENDED: &str = "Your session ended. Sign in to continue where you left off.";
    pub const TRY: &str = "Try it without an account";
    pub const FIRST: &str = "Sign in to open the page you asked for.";
    pub const UNREACHABLE: &str = "Can't reach the service, so you're not signed in. What you \
        typed is kept. Select Sign in again when the connection is back.";

    pub fn welcome(name: &str) -> String {
        format!("Signed in as {name}.")
    }
}

/// An address without a page.
pub mod not_found {
    pub const TITLE: &str = "Page not found";
    pub const ABOUT: &str = "The address may be mistyped, or the page was removed. Nothing was \
        changed.";
    pub const OVERVIEW: &str = "Go to the overview";
    pub const PROGRAMS: &str = "See all programs";
}
