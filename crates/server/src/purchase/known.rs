//! Everything that decides what an organization can order, as it is at one moment.

use membership_contract::refusal::Refusal;
use membership_domain::Basis;
use membership_domain::catalog::MembershipOffer;
use membership_domain::id::OrganizationId;
use membership_domain::purchase::offers::{self, Buyer, OfferStanding, OpenOrder};
use membership_domain::purchase::quote::{self, Company, OrderAnswers, Quote};
use membership_store::Write;
use membership_store::billing::{self, Linked};
use membership_store::evidence;
use membership_store::orders::{self, Order};
use membership_store::organizations::{self, Organization};

use crate::App;
use crate::engines::{Engines, View};
use crate::evidence::tag;
use crate::http::problem::{Answer, ApiError};

/// What is known.
pub struct Known {
    /// Who buys.
    pub organization: Organization,
    /// The billing profile, where one is linked.
    pub billing: Option<Linked>,
    /// Drafts and open orders.
    pub under_way: Vec<Order>,
    view: View,
    may_buy: bool,
}

impl Known {
    /// Reads it.
    pub async fn read(app: &App, organization: OrganizationId, may_buy: bool) -> Answer<Self> {
        let view = Engines::view_of(app, organization).await?;
        let db = app.store.db();
        let found = organizations::by_id(db, organization).await?;
        Ok(Self {
            organization: found.ok_or_else(ApiError::not_found)?,
            billing: billing::of(db, organization).await?,
            under_way: orders::under_way(db, organization).await?,
            view,
            may_buy,
        })
    }

    /// Whether it still is so, within a write that holds the organization's row.
    pub async fn is_current(&self, write: &Write) -> Answer<bool> {
        let id = self.organization.id;
        let revisions = evidence::revisions_with(write.tx(), id).await?;
        let now = revisions.map(|(own, evidence)| tag(own, evidence));
        let billing = billing::of(write.tx(), id).await?;
        Ok(now.as_deref() == Some(self.view.tag().as_str()) && billing == self.billing)
    }

    /// Orders that wait for their payment.
    pub fn open_orders(&self) -> Vec<OpenOrder> {
        let open = self.under_way.iter().filter(|order| order.status.is_open());
        open.map(|order| OpenOrder {
            id: order.id,
            offer: order.answers.offer.clone(),
            number: order.number.clone().unwrap_or_default(),
        })
        .collect()
    }

    /// Where the organization stands with an offer, by what decisions count.
    fn standing(&self, app: &App, offer: &MembershipOffer) -> OfferStanding {
        let decision = self.view.assessment(Basis::Decision);
        let buyer = Buyer {
            country: &self.organization.country,
            may_buy: self.may_buy,
            has_billing: self.billing.is_some(),
            open_orders: &self.open_orders(),
        };
        let catalog = &app.catalog.catalog;
        offers::standing(catalog, offer, decision, None, buyer)
    }

    /// What an order with these answers would be and cost.
    pub fn quote(&self, app: &App, answers: &OrderAnswers) -> Answer<Quote> {
        let catalog = &app.catalog.catalog;
        let offer = catalog.offer(&answers.offer);
        let offer = offer.ok_or(Refusal::Quote(quote::QuoteRefusal::NoOffer))?;
        let basis = quote::Basis {
            catalog,
            digest: &app.catalog.digest,
            company: Company {
                name: &self.organization.name,
                country: &self.organization.country,
                address: self.organization.address.as_ref(),
                is_exempt: self.billing.as_ref().is_some_and(|one| one.is_exempt),
            },
            billing: self.billing.as_ref().map(|one| &one.profile),
            evidence: self.view.engine().evidence(),
            takes_cards: app.gateway.is_there(),
            day: app.clock.now().date_naive(),
        };
        let standing = self.standing(app, offer);
        let quote = quote::quote(basis, &standing, answers);
        quote.map_err(|why| Refusal::Quote(why).into())
    }
}
