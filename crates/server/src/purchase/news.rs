//! Emails about orders and renewals: one for a document and a purpose, queued with what causes it.

use chrono::NaiveDate;
use membership_domain::catalog::in_force;
use membership_domain::dates::plus_days;
use membership_domain::purchase::order::{OrderEvent, OrderState};
use membership_domain::purchase::term;
use membership_domain::roles::Role;
use membership_store::audit::Action;
use membership_store::jobs::Kind;
use membership_store::orders::{self, Order};
use membership_store::organizations::Organization;
use membership_store::terms::{self, Term};
use membership_store::{Write, billing, grants, organizations, users};

use crate::App;
use crate::change::Done;
use crate::http::problem::Answer;
use crate::mail::{self, About, Letter, Opens};
use crate::write::{Tx, write};

/// So many terms at a time.
const SOME: u64 = 100;

/// Tells the address to which bills go what became of an order.
pub async fn of_order(app: &App, write: &Write, order: &Order, event: OrderEvent) -> Answer<()> {
    let is_news = match event {
        OrderEvent::Placed | OrderEvent::Fulfilled => order.status.total > 0,
        OrderEvent::Expired => true,
        _ => false,
    };
    if !is_news {
        return Ok(());
    }
    let Some(linked) = billing::of(write.tx(), order.organization).await? else {
        // What is free can be ordered without one.
        return Ok(());
    };
    let organization = organizations::lock(write, order.organization).await?;
    let (name, number) = (
        organization.name.clone(),
        order.number.clone().unwrap_or_default(),
    );
    let money = order.quote.sale.total();
    let total = format!("{} {}", money.decimal(), money.currency);
    let about = match event {
        OrderEvent::Placed => About::OrderPlaced {
            organization: name,
            number,
            total,
            until: order.status.expires_on,
        },
        OrderEvent::Fulfilled => About::OrderPaid {
            organization: name,
            number,
            total,
        },
        _ => About::OrderExpired {
            organization: name,
            number,
        },
    };
    let letter = Letter {
        to: users::normalize(&linked.profile.email),
        user: None,
        organization: Some(order.organization),
        document: order.id.to_string(),
        about,
        opens: Opens::Page(format!("/{}/orders/{}", organization.partner_id, order.id)),
    };
    mail::queue(app, write, letter).await?;
    Ok(())
}

/// Reminds those who can renew. Where several reminders were missed, the last one is sent alone.
pub async fn remind(app: &App) -> Answer<()> {
    let today = app.clock.now().date_naive();
    for term in terms::to_remind(app.store.db(), today, SOME).await? {
        write(&app.store, async |write: Tx| {
            let organization = organizations::lock(&write, term.organization).await?;
            let known = terms::of_organization(write.tx(), term.organization).await?;
            let now = known.iter().find(|one| one.id == term.id);
            let Some(now) = now.filter(|one| one.remind_on.is_some_and(|on| on <= today)) else {
                return Answer::Ok(((), None));
            };
            let later = |one: &&Term| one.program == now.program && one.ends_on > now.ends_on;
            let next = match is_kept(&write, known.iter().filter(later)).await? {
                true => None,
                false => remind_of(app, &write, &organization, now, today).await?,
            };
            terms::set_remind_on(&write, now.id, next).await?;
            let mut done = Done::of(Action::TermRemind, &now.program);
            done.detail = serde_json::json!({"next": next});
            let entry = done.of_job(&app.clock, now.organization, Kind::TermRemind)?;
            Ok(((), Some(entry)))
        })
        .await?;
    }
    Ok(())
}

/// Whether one of these was not taken back.
async fn is_kept(write: &Write, terms: impl Iterator<Item = &Term>) -> Answer<bool> {
    for term in terms {
        let order = orders::by_id(write.tx(), term.order).await?;
        if order.is_some_and(|order| order.status.state != OrderState::Refunded) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sends the reminder of a term that is due, and gives the day of the next one.
async fn remind_of(
    app: &App,
    write: &Write,
    organization: &Organization,
    of: &Term,
    today: NaiveDate,
) -> Answer<Option<NaiveDate>> {
    let catalog = &app.catalog.catalog;
    let program = catalog.program(&of.program);
    let terms = program.and_then(|program| in_force(&program.terms, today));
    let (Some(terms), Some(anniversary)) = (terms, of.ends_on) else {
        return Ok(None);
    };
    let (next, due) = term::reminders(terms, anniversary, today);
    let opens = plus_days(anniversary, terms.renewal_opens.unwrap_or(0));
    let closes = plus_days(anniversary, terms.renewal_closes.unwrap_or(0));
    let Some(due) = due.filter(|_| today <= closes) else {
        return Ok(next);
    };
    let offer = catalog
        .offer_of(&of.program)
        .map(|offer| offer.name.clone());
    let admins = grants::holders(write.tx(), of.organization, &[Role::MpnPartnerAdmin]).await?;
    for (user, _) in admins {
        let Some(user) = users::by_id(write.tx(), user).await? else {
            continue;
        };
        let letter = Letter {
            to: user.email.clone(),
            user: Some(user.id),
            organization: Some(of.organization),
            // Several areas of an order are one offer, and one email.
            document: format!("{}:{due}", of.order),
            about: About::RenewalReminder {
                organization: organization.name.clone(),
                offer: offer.clone().unwrap_or_else(|| of.program.clone()),
                anniversary,
                opens,
                closes,
            },
            opens: Opens::Page(format!("/{}/offers", organization.partner_id)),
        };
        mail::queue(app, write, letter).await?;
    }
    Ok(next)
}
