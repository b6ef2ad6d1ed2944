//! What was required, and what was found.

use membership_domain::assess::{Finding, Kind, MeasureUnit, Measured, Outcome, Points, Recheck};
use membership_domain::catalog::Threshold;
use membership_domain::evidence::Verification;
use membership_domain::{Number, Shared};

use super::amounts::unit_after;
use super::counted;
use crate::text::Speaker;

impl Speaker<'_> {
    /// What a finding is called.
    #[must_use]
    pub fn title(&self, finding: &Finding) -> String {
        if let Some(title) = &finding.title {
            return title.clone();
        }
        match &finding.kind {
            Kind::All => "All of these".to_owned(),
            Kind::Any => "One of these".to_owned(),
            Kind::AtLeast => {
                format!("{} of these", self.number(finding.need.unwrap_or_default()))
            }
            Kind::Joined { .. } => "Joined the partner program".to_owned(),
            Kind::Verified { .. } => "Account verified".to_owned(),
            Kind::Holds { .. } => "Programs held".to_owned(),
            Kind::HeldOn { day, .. } => format!("Held on {}", self.words.day(*day)),
            Kind::NoneQualified { .. } => "No designation qualified or held".to_owned(),
            Kind::Score { score, .. } => format!("{} partner capability score", self.score(score)),
            Kind::People { .. } => "People with certificates".to_owned(),
            Kind::Measure { .. } => "Customers' usage".to_owned(),
            Kind::References { .. } => "Customer references".to_owned(),
            Kind::Audit { .. } => "Independent audit".to_owned(),
            Kind::Offer { .. } => "Marketplace offer".to_owned(),
            Kind::Invitation { .. } => "Invitation".to_owned(),
            Kind::Declaration { .. } => "Statement".to_owned(),
            Kind::Figure { .. } | Kind::Sum { .. } => "Reported figure".to_owned(),
            Kind::Regional { .. } => "Reported by location".to_owned(),
            Kind::Counting { .. } => super::counting::COUNTING_PEOPLE.to_owned(),
            Kind::Track | Kind::Metric { .. } | Kind::Gate { .. } | Kind::Part { .. } => {
                finding.id.clone()
            }
        }
    }

    /// What was found, in a sentence.
    #[must_use]
    pub fn found(&self, finding: &Finding) -> String {
        if finding.assumed {
            return "Assumed met in this preview.".to_owned();
        }
        let have = finding.have.unwrap_or_default();
        let need = finding.need.unwrap_or_default();
        let met = finding.outcome == Outcome::Met;
        match &finding.kind {
            Kind::All => format!("{} of {} met.", self.number(have), finding.children.len()),
            Kind::Any | Kind::AtLeast => format!(
                "{} of {} met; {} enough.",
                self.number(have),
                finding.children.len(),
                if need == Number::ONE {
                    "one is".to_owned()
                } else {
                    format!("{} are", self.number(need))
                }
            ),
            Kind::Joined { since: Some(since) } => format!("Since {}.", self.words.day(*since)),
            Kind::Joined { since: None } => "The company hasn't joined yet.".to_owned(),
            Kind::Verified { state } => verified(*state).to_owned(),
            Kind::Holds { programs } => self.holds(finding, programs),
            Kind::HeldOn { day, .. } if met => format!("Held on {}.", self.words.day(*day)),
            Kind::HeldOn { day, .. } => format!(
                "Not held on {}. This can't be met later.",
                self.words.day(*day)
            ),
            Kind::NoneQualified { .. } if met => {
                "You neither qualify for nor hold a designation.".to_owned()
            }
            Kind::NoneQualified { .. } => {
                "You qualify for or hold a designation: choose your benefits there.".to_owned()
            }
            Kind::Score {
                qualified_on,
                outside,
                ..
            } => {
                let total = self.of_needed(have, need);
                match (qualified_on, outside) {
                    (_, Some(outside)) => format!("{total}. {}", self.outside(outside)),
                    (Some(on), None) if have < need => format!(
                        "{total} today; qualified on {}, which still counts.",
                        self.words.day(*on)
                    ),
                    _ => format!("{total}."),
                }
            }
            Kind::People { certificates, each } => self.people(have, need, certificates, *each),
            Kind::Gate { certificates } => self.people(have, need, certificates, 0),
            Kind::Counting { .. } => {
                format!("{}.", self.count(have, "person counts", "people count"))
            }
            Kind::Measure {
                measured,
                customers,
                from,
            } => {
                let mut text = format!(
                    "{}; {} needed.",
                    self.measured_against(have, measured.unit, need),
                    self.asked(need, measured.unit)
                );
                if *customers > 0 {
                    text += &format!(
                        " From {}; {} needed.",
                        self.count((*from).into(), "customer", "customers"),
                        self.number((*customers).into())
                    );
                }
                text + &self.as_of(measured)
            }
            Kind::References {
                recheck: Some(recheck),
                ..
            } => self.renewed(finding, *recheck, "new references"),
            Kind::References { within_months, .. } => format!(
                "{} approved within the last {}; {} needed.",
                self.number(have),
                months(*within_months),
                self.number(need)
            ),
            Kind::Audit {
                recheck: Some(recheck),
                ..
            } => self.renewed(finding, *recheck, "a new audit"),
            Kind::Audit { within_months, .. } if met => {
                format!("Passed within the last {}.", months(*within_months))
            }
            Kind::Audit { within_months, .. } => {
                format!(
                    "No audit passed within the last {}.",
                    months(*within_months)
                )
            }
            Kind::Offer { .. } if met => {
                format!(
                    "{} published.",
                    counted(finding.counted.len(), "offer", "offers")
                )
            }
            Kind::Offer { transactable: true } => {
                "No offer that customers can buy on the marketplace.".to_owned()
            }
            Kind::Offer {
                transactable: false,
            } => "No offer on the marketplace.".to_owned(),
            Kind::Invitation { .. } if met => "Invited.".to_owned(),
            Kind::Invitation { .. } => "Not invited.".to_owned(),
            Kind::Declaration { .. } => match finding.outcome {
                Outcome::Met => "You stated that this is true.".to_owned(),
                Outcome::Unmet => "You stated that this isn't true.".to_owned(),
                Outcome::Unknown => "Not stated yet.".to_owned(),
            },
            Kind::Regional {
                unit,
                one,
                at_least,
                ..
            } => {
                let of = |need: &Threshold| {
                    let regions = self.words.choice(&need.regions);
                    let need = self.exact(need.at_least);
                    let need = unit_after(need, one.as_ref().unwrap_or(unit), unit);
                    format!("{need} in {regions}")
                };
                let needed: Vec<String> = at_least.iter().map(of).collect();
                let found = match finding.outcome {
                    Outcome::Unknown => "Not reported for any location yet.".to_owned(),
                    _ => format!(
                        "{} it.",
                        counted(finding.counted.len(), "location reaches", "locations reach")
                    ),
                };
                format!("{found} Needed: {}.", needed.join("; "))
            }
            Kind::Figure { unit, one, .. } | Kind::Sum { unit, one } => {
                let with_unit = |text| unit_after(text, one.as_ref().unwrap_or(unit), unit);
                let need_said = self.exact(need);
                match finding.outcome {
                    Outcome::Unknown => {
                        format!("Not reported yet; {} needed.", with_unit(need_said))
                    }
                    _ => format!(
                        "{}; {need_said} needed.",
                        with_unit(self.against(have, need))
                    ),
                }
            }
            Kind::Track => format!("{}.", self.of_needed(have, need)),
            Kind::Metric { .. } => self.earned(finding),
            Kind::Part { measured, outdone } => self.part(have, measured, *outdone),
        }
    }

    /// `61 of 70 points`: never as many as are needed where there are fewer.
    #[must_use]
    pub fn of_needed(&self, have: Number, need: Number) -> String {
        let needed = unit_after(self.exact(need), "point", "points");
        format!("{} of {needed}", self.against(have, need))
    }

    /// An audit or references of a holder of the program.
    fn renewed(&self, finding: &Finding, recheck: Recheck, what: &str) -> String {
        match (recheck, finding.need) {
            (Recheck::Kept, _) => {
                "Accepted for your current membership, until an anniversary requires it again."
                    .to_owned()
            }
            (Recheck::Anew { since }, None) => format!(
                "This anniversary requires {what}, dated after {}.",
                self.words.day(since)
            ),
            (Recheck::Anew { since }, Some(need)) => format!(
                "This anniversary requires {what}, dated after {}: {} approved, {} needed.",
                self.words.day(since),
                self.number(finding.have.unwrap_or_default()),
                self.number(need)
            ),
        }
    }

    fn holds(&self, finding: &Finding, programs: &[String]) -> String {
        let need = self.number(finding.need.unwrap_or_default());
        let names: Vec<String> = programs.iter().map(|id| self.program(id)).collect();
        if finding.need == Some(Number::from(programs.len())) {
            format!(
                "{} of {need} held: {}.",
                finding.counted.len(),
                self.words.list(&names)
            )
        } else {
            format!(
                "{} held; {need} needed of {}.",
                finding.counted.len(),
                self.words.choice(&names)
            )
        }
    }

    fn people(&self, have: Number, need: Number, certificates: &[Shared], each: u32) -> String {
        let names = self.certificates(certificates);
        let each = match each {
            0 => String::new(),
            1 => " Each of these must be held by someone.".to_owned(),
            more => format!(" Each of these must be held by {more} people."),
        };
        format!(
            "{} with {names}; {} needed.{each}",
            self.count(have, "person", "people"),
            self.number(need)
        )
    }

    fn earned(&self, finding: &Finding) -> String {
        let Some(points) = finding.points else {
            return String::new();
        };
        let text = format!("{}.", self.of_needed(points.earned, points.max));
        match self.uncapped(&points) {
            Some(uncapped) => format!("{text} Without the cap it would be {uncapped}."),
            None => text,
        }
    }

    /// The points that there would be without the cap, where there would be more.
    #[must_use]
    pub fn uncapped(&self, points: &Points) -> Option<String> {
        (points.uncapped > points.max).then(|| {
            let said = self.apart(points.uncapped, points.max, points.max).0;
            unit_after(said, "point", "points")
        })
    }

    fn part(&self, have: Number, measured: &Measured, outdone: bool) -> String {
        let mut text = match (measured.month, measured.before) {
            (None, _) => "Nothing measured yet.".to_owned(),
            (Some(_), Some(before)) => {
                // What a percentage is made of has its own unit.
                let amount = |amount: Number| match measured.unit {
                    MeasureUnit::Percent(value) => self.amount(amount, value),
                    _ => self.whole(amount.floor()),
                };
                format!(
                    "{}: {} now, {} a year earlier.",
                    self.measured(have, measured.unit),
                    amount(measured.now),
                    amount(before)
                )
            }
            (Some(_), None) => format!("{}.", self.measured(have, measured.unit)),
        };
        if let Some(baseline) = measured.baseline_missed {
            text += &format!(
                " Nothing counts because the year before was below {}.",
                self.exact(baseline)
            );
        }
        if outdone {
            text += " Another way earns more, so this one isn't used.";
        }
        text + &self.as_of(measured)
    }

    fn as_of(&self, measured: &Measured) -> String {
        match measured.month {
            Some(month) => format!(" Measured through {}.", self.words.day(month.last_day())),
            None => String::new(),
        }
    }
}

fn months(months: u32) -> String {
    match months {
        1 => "month".to_owned(),
        more => format!("{more} months"),
    }
}

fn verified(state: Verification) -> &'static str {
    match state {
        Verification::Accepted => "The account is verified.",
        Verification::NotStarted => "Verification hasn't started.",
        Verification::Pending => "Verification is in progress.",
        Verification::Rejected => "Verification was rejected. You can correct and resubmit it.",
        Verification::Suspended => "Verification failed, and the account is suspended.",
    }
}
