//! Who does which job, and which come again and again.

use chrono::Duration;
use membership_store::audit;
use membership_store::jobs::{Claim, Kind};

use crate::bank::apply;
use crate::gateway::sandbox;
use crate::http::problem::Answer;
use crate::purchase::{bills, books, news, sweep};
use crate::{App, mail, people};

/// What is done again so long after it was done. A handler of one of these does not end its job,
/// and what it does can be done twice.
pub const RECURRING: &[(Kind, Duration)] = &[
    (Kind::AuditSeal, Duration::seconds(1)),
    (Kind::MailClean, Duration::hours(1)),
    (Kind::MemberErase, Duration::hours(1)),
    (Kind::PaymentCheck, Duration::seconds(5)),
    (Kind::OrderExpire, Duration::seconds(5)),
    (Kind::BooksEarn, Duration::minutes(1)),
    (Kind::BankMatch, Duration::seconds(30)),
    (Kind::TermRemind, Duration::minutes(1)),
];

/// How long after it was done a kind is done again; none where it is done once.
pub fn every(kind: Kind) -> Option<Duration> {
    let found = RECURRING.iter().find(|(recurring, _)| *recurring == kind);
    found.map(|(_, every)| *every)
}

/// The kinds that this server does: mails wait where it has nowhere to send them.
pub fn kinds(app: &App) -> Vec<Kind> {
    let sends = app.delivery.is_somewhere();
    let all = Kind::ALL.iter().copied();
    all.filter(|kind| sends || *kind != Kind::MailSend)
        .collect()
}

/// Does a job.
pub async fn handle(app: &App, claim: &Claim) -> anyhow::Result<()> {
    match claim.kind {
        Kind::MailSend => mail::send::run(app, claim).await,
        Kind::AuditSeal => Ok(audit::seal(&app.store).await.map(drop)?),
        Kind::MailClean => mail::clean::run(app, claim).await,
        Kind::MemberErase => people::erase::run(app).await,
        Kind::PaymentCheck => said(sweep::payments(app).await),
        Kind::OrderExpire => said(sweep::expiries(app).await),
        Kind::BankMatch => said(apply::within(app, apply::TURN).await.map(drop)),
        Kind::TermRemind => said(news::remind(app).await),
        Kind::BooksEarn => said(books::earn(app).await),
        Kind::BillIssue | Kind::BillsIssue => bills::issue(app, claim).await,
        Kind::SandboxEvent => sandbox::page::send(app, claim).await,
    }
}

/// A refusal as a job tells it.
fn said(done: Answer<()>) -> anyhow::Result<()> {
    done.map_err(|refused| anyhow::anyhow!("{}", refused.detail()))
}
