//! The audit log: who changed what, for whom, when, by which request. Entries are only ever added,
//! and sealed into chains of hashes soon after.

pub mod canonical;
mod chain;
mod changes;
mod entry;
mod hashed;
mod page;
mod personal;
mod seal;
mod verify;

pub use chain::{Lines, lines};
pub use changes::{FieldChange, Whose, difference};
pub(crate) use entry::append;
pub use entry::{Entry, Salt, has, newest, of_organization};
pub use membership_domain::audit::Actor;
pub use page::{Place, Shown, Sought, page};
pub use personal::{Personal, erase};
pub use seal::{Head, head, seal, seal_of};
pub use verify::{Break, Verifier};

membership_domain::codes! {
    /// What was done. A code that was stored once keeps its meaning for good.
    Action {
        /// A session began.
        SignIn = "sign_in",
        /// A person ended a session.
        SignOut = "sign_out",
        /// A sign-in failed.
        SignInFail = "sign_in.fail",
        /// Something else ended a session: time, another sign-in, the command line.
        SessionEnd = "session.end",
        /// Something was refused to a role, to a stranger, or to another site.
        AccessRefuse = "access.refuse",
        /// Evidence left in a form for other programs.
        EvidenceExport = "evidence.export",
        /// Evidence was replaced, as a whole or a part of it.
        EvidenceReplace = "evidence.replace",
        /// A file was imported.
        EvidenceImport = "evidence.import",
        /// An import was undone.
        EvidenceUndo = "evidence.undo",
        /// Company data changed.
        OrganizationChange = "organization.change",
        /// A location was added.
        LocationAdd = "location.add",
        /// A location changed.
        LocationChange = "location.change",
        /// A location was removed.
        LocationRemove = "location.remove",
        /// The clock of a demo was set.
        ClockSet = "clock.set",
        /// An account was added.
        AccountAdd = "account.add",
        /// An account was disabled.
        AccountDisable = "account.disable",
        /// An account was enabled.
        AccountEnable = "account.enable",
        /// An account got another password.
        AccountPassword = "account.password",
        /// An account that was there got roles.
        RoleAdd = "role.add",
        /// An account's roles changed.
        RoleChange = "role.change",
        /// The audit log left in a form for other programs.
        AuditExport = "audit.export",
        /// The database became a demo's or one for real data.
        DatabaseDeclare = "database.declare",
        /// A demo was filled in.
        DemoSeed = "demo.seed",
    }
}

impl PartialEq<&str> for Action {
    fn eq(&self, code: &&str) -> bool {
        self.code() == *code
    }
}
