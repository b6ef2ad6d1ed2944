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
pub use personal::{Personal, erase, erase_in};
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
        /// A link to reset a password was asked for.
        PasswordResetRequest = "password_reset.request",
        /// Somebody who is signed in gave the password or a code again.
        SessionProve = "session.prove",
        /// The setup of two-step sign-in began.
        SecondFactorBegin = "second_factor.begin",
        /// Two-step sign-in was turned on.
        SecondFactorEnable = "second_factor.enable",
        /// Two-step sign-in was turned off.
        SecondFactorDisable = "second_factor.disable",
        /// Recovery codes were made in place of those before.
        RecoveryCodesMake = "recovery_codes.make",
        /// An organization asks something else of people who sign in.
        SignInPolicyChange = "sign_in_policy.change",
        /// An account that was there got roles.
        RoleAdd = "role.add",
        /// An account's roles changed.
        RoleChange = "role.change",
        /// A mail was handed to the mail server.
        MailSend = "mail.send",
        /// The mail server refused a mail for good.
        MailRefuse = "mail.refuse",
        /// A mail was not sent, because what it is about had ended.
        MailDrop = "mail.drop",
        /// Old mails were removed.
        MailClean = "mail.clean",
        /// Jobs that were given up, or wait, are done again.
        JobRetry = "job.retry",
        /// Somebody gave a person a role, or another scope of it.
        RoleGrant = "role.grant",
        /// Somebody took a role from a person.
        RoleRevoke = "role.revoke",
        /// Somebody was invited.
        InvitationSend = "invitation.send",
        /// An invitation was sent again.
        InvitationResend = "invitation.resend",
        /// An invitation was withdrawn.
        InvitationRevoke = "invitation.revoke",
        /// Somebody joined with an invitation.
        InvitationAccept = "invitation.accept",
        /// Somebody declined an invitation.
        InvitationDecline = "invitation.decline",
        /// A member may not act any more.
        MemberDeactivate = "member.deactivate",
        /// A member may act again.
        MemberReactivate = "member.reactivate",
        /// Somebody is no member any more.
        MemberRemove = "member.remove",
        /// The personal values of somebody who was removed were erased.
        MemberErase = "member.erase",
        /// A person took away what is known about them.
        AccountExport = "account.export",
        /// Somebody asked for something.
        RequestAsk = "request.ask",
        /// Who asked took it back.
        RequestWithdraw = "request.withdraw",
        /// Somebody said yes.
        RequestApprove = "request.approve",
        /// Somebody said no.
        RequestRefuse = "request.refuse",
        /// A token was made.
        TokenCreate = "token.create",
        /// A token was revoked.
        TokenRevoke = "token.revoke",
        /// A billing profile was linked, or changed.
        BillingLink = "billing.link",
        /// An organization is charged no tax, or tax again.
        BillingExempt = "billing.exempt",
        /// An order was begun, or its answers changed.
        OrderDraft = "order.draft",
        /// A draft was thrown away.
        OrderDiscard = "order.discard",
        /// An order was placed.
        OrderPlace = "order.place",
        /// An order is paid otherwise.
        OrderMethod = "order.method",
        /// Money came in for an order.
        OrderPay = "order.pay",
        /// An order was paid in full.
        OrderFulfill = "order.fulfill",
        /// An order was canceled.
        OrderCancel = "order.cancel",
        /// An order was not paid in time.
        OrderExpire = "order.expire",
        /// The money of an order went back.
        OrderRefund = "order.refund",
        /// The payment of an order is disputed, or that was decided.
        OrderDispute = "order.dispute",
        /// A term began.
        TermStart = "term.start",
        /// Somebody was reminded of a renewal.
        TermRemind = "term.remind",
        /// Money came in that no order takes.
        MoneyPark = "money.park",
        /// An attempt to pay by card began.
        PaymentStart = "payment.start",
        /// An attempt ended without money.
        PaymentEnd = "payment.end",
        /// What became of an attempt is not known.
        PaymentLose = "payment.lose",
        /// What became of an attempt is known again.
        PaymentFind = "payment.find",
        /// The payment provider was asked, and said something new.
        PaymentLook = "payment.look",
        /// The payment provider told of something.
        PaymentEvent = "payment.event",
        /// A file of a bank was imported.
        BankImport = "bank.import",
        /// Bank entries were matched, or wait for a person.
        BankMatch = "bank.match",
        /// An operator decided about a bank entry.
        BankDecide = "bank.decide",
        /// An operator is at a bank entry.
        BankClaim = "bank.claim",
        /// An operator took a decision about a bank entry back.
        BankUndo = "bank.undo",
        /// An operator decided about parked money.
        ParkedDecide = "parked.decide",
        /// An account became an operator's.
        OperatorAdd = "operator.add",
        /// An account is an operator's no more.
        OperatorRemove = "operator.remove",
        /// An operator looked at an organization's order.
        OperatorRead = "operator.read",
        /// A proof of payment was uploaded.
        ProofUpload = "proof.upload",
        /// A bill got its number or its files.
        BillIssue = "bill.issue",
        /// A month of a term was earned.
        BooksEarn = "books.earn",
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
