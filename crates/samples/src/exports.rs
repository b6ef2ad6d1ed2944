//! Exports made by rule: of any size, clean or with planted faults, and the same each time.

use std::fmt::Write as _;

use crate::random::Random;
use crate::{CERTIFICATES, DAY, WORKLOADS};
use membership_domain::catalog::AssociationKind;
use membership_domain::{Catalog, Month};

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// How many people, each with five certificates.
    pub people: u64,
    /// How many customers, each with three workloads.
    pub customers: u64,
    /// How many months of usage, the last one being October 2023.
    pub months: u32,
    /// Another number, other values.
    pub seed: u64,
    /// Whether one line of a hundred has a fault.
    pub faults: bool,
}

/// The most certificates of one person.
pub(crate) const EACH: u64 = 5;
/// One line of so many has a fault, which is one of several.
const FAULTY: u64 = 100;
const FAULTS: u64 = 5;
/// What a spreadsheet would run.
pub(crate) const FORMULA: &str = "=cmd|' /C calc'!A0";

impl Sample {
    /// Training completions, with the columns of the export.
    #[must_use]
    pub fn certificates(&self, catalog: &Catalog) -> String {
        let mut text = "PGAMpnId,TrainingActivityId,TrainingTitle,TrainingType,\
            IndividualFirstName,IndividualLastName,Email,CorpEmail,TrainingCompletionDate,\
            ExpirationDate,ActivationStatus,Month,IcMCP,MCPID,MpnId,PartnerName,\
            PartnerCityLocation,PartnerCountryLocation\r\n"
            .to_owned();
        let mut random = self.random(0);
        let count = CERTIFICATES.len() as u64;
        for person in 0..self.people {
            let first = random.below(count);
            for nth in 0..EACH {
                let place = usize::try_from((first + nth * 7) % count).unwrap_or(0);
                let id = CERTIFICATES.get(place).copied().unwrap_or_default();
                let title = catalog
                    .certificate(id)
                    .map_or(id, |known| known.name.as_str());
                let (mut day, mut title) = (day(&mut random), title.to_owned());
                let mut address = person;
                match self.fault(&mut random) {
                    Some(0) => "2023-02-30".clone_into(&mut day),
                    Some(1) => "Certificate of nothing".clone_into(&mut title),
                    Some(2) => FORMULA.clone_into(&mut title),
                    Some(3) => address = person.saturating_sub(1),
                    Some(_) => day.clear(),
                    None => {}
                }
                // Writing to a string cannot fail.
                let _ = write!(
                    text,
                    "4100001,{number},{title},Certification,Person,{person},,\
                     person{address}@contoso.example,{day},,Active,{month},,{person},1,Contoso,,US\r\n",
                    number = 1000 * person + nth,
                    month = Month::of(DAY),
                );
            }
        }
        text
    }

    /// Customers and their usage.
    #[must_use]
    pub fn usage(&self) -> String {
        let mut text = "Customer,Customer ID,Tenant,Subscription,Workload,Association,Month,\
            Revenue,Users,Seats,Active\r\n"
            .to_owned();
        let mut random = self.random(1);
        let last = Month::of(DAY).plus(-1);
        for customer in 0..self.customers {
            for nth in 0..3 {
                let place = usize::try_from((customer * 3 + nth * 5) % 16).unwrap_or(0);
                let Some((workload, association)) = WORKLOADS.get(place) else {
                    continue;
                };
                let seats = 10 + random.below(500);
                for back in (0..self.months).rev() {
                    let month = last.plus(-i32::try_from(back).unwrap_or(0));
                    let revenue = random.below(2_000_000);
                    let active = seats * random.below(100) / 100;
                    let (mut month, mut paid) = (month.to_string(), seats.to_string());
                    match self.fault(&mut random) {
                        Some(0) => "2023-13".clone_into(&mut month),
                        Some(1) => paid.insert(0, '-'),
                        Some(2) => "many".clone_into(&mut paid),
                        Some(_) => month.clear(),
                        None => {}
                    }
                    // Writing to a string cannot fail.
                    let _ = write!(
                        text,
                        "Customer {customer},customer-{customer:03},,,{workload},{},{month},{}.{:02},\
                         {seats},{paid},{active}\r\n",
                        code(*association),
                        revenue / 100,
                        revenue % 100,
                    );
                }
            }
        }
        text
    }

    /// Another one for each file.
    pub(crate) fn random(&self, file: u64) -> Random {
        Random(self.seed.wrapping_add(file))
    }

    pub(crate) fn fault(&self, random: &mut Random) -> Option<u64> {
        let faulty = random.below(FAULTY) == 0;
        let which = random.below(FAULTS);
        (self.faults && faulty).then_some(which)
    }
}

fn day(random: &mut Random) -> String {
    let earlier = chrono::Days::new(random.below(500));
    DAY.checked_sub_days(earlier).unwrap_or(DAY).to_string()
}

fn code(association: AssociationKind) -> &'static str {
    match association {
        AssociationKind::CspTier1 => "CSP tier 1",
        AssociationKind::CspTier2 => "CSP tier 2",
        AssociationKind::Dpor => "DPOR",
        AssociationKind::Pal => "PAL",
        AssociationKind::CporUsage => "CPOR usage",
        AssociationKind::CporAdvisor => "CPOR advisor",
        AssociationKind::CporRevenue => "CPOR revenue",
    }
}
