//! A partner made of a few calls: evidence as small as an example needs.

use chrono::NaiveDate;
use membership_domain::catalog::AssociationKind;
use membership_domain::evidence::{
    Association, Authority, Customer, Evidence, Figure, Held, Membership, PastScore, Person, Usage,
    Verification,
};
use membership_domain::{Month, Number};

/// The day that examples are assessed on, unless they are about another one.
pub const DAY: NaiveDate = day(2023, 11, 15);
/// The last month that is measured on that day, and the same month a year before.
pub const NOW: &str = "2023-10";
/// See [`NOW`].
pub const BEFORE: &str = "2022-10";

/// A calendar day, for constants.
#[must_use]
pub const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// Evidence under construction: a company that has joined and is verified.
#[derive(Debug, Clone)]
pub struct Partner(pub Evidence);

/// What one customer used of one workload in one month.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Revenue in whole dollars.
    pub dollars: i64,
    /// Active users or profiles.
    pub users: u64,
    /// Paid seats.
    pub seats: u64,
    /// Active ones among them.
    pub active: u64,
}

impl Default for Partner {
    fn default() -> Self {
        let mut evidence = Evidence::default();
        evidence.profile.name = "Contoso".to_owned();
        evidence.profile.joined_on = Some(day(2020, 1, 1));
        evidence.profile.verification = Verification::Accepted;
        Self(evidence)
    }
}

impl Partner {
    /// Both gates of Data & AI, and people who count.
    #[must_use]
    pub fn skilled(people: usize) -> Self {
        Self::default()
            .people("az-305", 2)
            .people("az-104", 2)
            .people("dp-203", people)
    }

    /// 60 points in Data & AI: 20 for two customers, 24 for six people, 6 for growth, 10 for
    /// services.
    #[must_use]
    pub fn sixty() -> Self {
        let services = [
            "sql-database",
            "storage",
            "key-vault",
            "functions",
            "app-service",
        ];
        let partner = services.iter().fold(Self::skilled(6), |partner, service| {
            partner
                .azure("old", service, BEFORE, 20_000)
                .azure("old", service, NOW, 20_000)
        });
        partner
            .azure("a", "storage", NOW, 4000)
            .azure("b", "storage", NOW, 2000)
    }

    /// With a linked person who completed these certificates half a year before [`DAY`].
    #[must_use]
    pub fn person(mut self, id: &str, certificates: &[&str]) -> Self {
        let held = |id: &&str| Held {
            certificate: (*id).to_owned(),
            completed_on: day(2023, 5, 15),
            expires_on: None,
            known_on: None,
            source: None,
            authority: Authority::Claimed,
        };
        self.0.people.push(Person {
            id: id.to_owned(),
            name: format!("Person {id}"),
            email: None,
            linked_on: Some(day(2021, 1, 1)),
            left_on: None,
            authority: Authority::Claimed,
            claimed_left_on: None,
            certificates: certificates.iter().map(held).collect(),
        });
        self
    }

    /// With as many people who hold a certificate each.
    #[must_use]
    pub fn people(self, certificate: &str, count: usize) -> Self {
        (1..=count).fold(self, |partner, number| {
            partner.person(&format!("{certificate}-{number}"), &[certificate])
        })
    }

    /// With a figure that another system reports for the last measured month.
    #[must_use]
    pub fn figure(self, key: &str, value: &str) -> Self {
        self.figure_of(key, value, None)
    }

    /// With a figure of one location, and the region that it is in.
    #[must_use]
    pub fn figure_of(mut self, key: &str, value: &str, place: Option<(&str, &str)>) -> Self {
        self.0.figures.push(Figure {
            key: key.to_owned(),
            value: value.parse().unwrap_or_default(),
            reported_on: day(2023, 10, 31),
            location: place.map(|(location, _)| location.to_owned()),
            region: place.map(|(_, region)| region.to_owned()),
            authority: Authority::Claimed,
        });
        self
    }

    /// With one month's usage of a customer, who is added where not known yet.
    #[must_use]
    pub fn used(
        mut self,
        customer: &str,
        workload: &str,
        association: AssociationKind,
        month: &str,
        used: Used,
    ) -> Self {
        let Ok(month) = month.parse::<Month>() else {
            return self;
        };
        if !self.0.customers.iter().any(|known| known.id == customer) {
            self.0.customers.push(Customer {
                id: customer.to_owned(),
                name: format!("Customer {customer}"),
                associations: Vec::new(),
            });
        }
        let known = self
            .0
            .customers
            .iter_mut()
            .find(|known| known.id == customer);
        let associations = known.map(|known| &mut known.associations);
        if let Some(associations) = associations
            && !associations.iter().any(|known| known.kind == association)
        {
            associations.push(Association {
                kind: association,
                workload: None,
                since: day(2021, 1, 1),
                active_percent: None,
                source: None,
                authority: Authority::Claimed,
            });
        }
        self.0.usage.push(Usage {
            customer: customer.to_owned(),
            tenant: None,
            subscription: None,
            workload: workload.to_owned(),
            association,
            month,
            revenue_cents: used.dollars * 100,
            users: used.users,
            seats: used.seats,
            active: used.active,
            source: None,
            authority: Authority::Claimed,
        });
        self
    }

    /// With Azure revenue of a customer through a partner admin link.
    #[must_use]
    pub fn azure(self, customer: &str, workload: &str, month: &str, dollars: i64) -> Self {
        let used = Used {
            dollars,
            ..Used::default()
        };
        self.used(customer, workload, AssociationKind::Pal, month, used)
    }

    /// Holding a program.
    #[must_use]
    pub fn holding(
        mut self,
        program: &str,
        started_on: NaiveDate,
        ends_on: Option<NaiveDate>,
    ) -> Self {
        self.0.memberships.push(Membership {
            program: program.to_owned(),
            pack: None,
            started_on,
            ends_on,
            authority: Authority::Claimed,
        });
        self
    }

    /// With a score of a past day, every metric above zero.
    #[must_use]
    pub fn past_score(mut self, score: &str, day: NaiveDate, total: u32) -> Self {
        self.0.past_scores.push(PastScore {
            score: score.to_owned(),
            day,
            total: Number::from(total),
            every_metric_above_zero: true,
            authority: Authority::Claimed,
        });
        self
    }
}
