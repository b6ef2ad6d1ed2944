//! Who can sign in.

use membership_domain::roles::Role;

use super::known::LARGEST;

/// An account of the demo.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// Signs in with it and [`PASSPHRASE`].
    pub email: &'static str,
    /// A fictional person.
    pub name: &'static str,
    /// In which organizations.
    pub organizations: &'static [&'static str],
    /// With which role in each of them.
    pub role: Role,
}

const fn at(
    organizations: &'static [&'static str],
    email: &'static str,
    name: &'static str,
    role: Role,
) -> Account {
    Account {
        email,
        name,
        organizations,
        role,
    }
}

const CONTOSO: &[&str] = &["Contoso"];
const NORTHWIND: &[&str] = &["Northwind"];
const TAILSPIN: &[&str] = &["Tailspin"];
const FABRIKAM: &[&str] = &[LARGEST];

/// Every account, those to begin with first. Who belongs to no organization that there is, is left
/// out.
#[rustfmt::skip]
pub const ACCOUNTS: &[Account] = &[
    at(CONTOSO, "mpn-partner-admin@contoso.example", "Mara Lindqvist", Role::MpnPartnerAdmin),
    at(CONTOSO, "global-admin@contoso.example", "Greta Okafor", Role::GlobalAdmin),
    at(NORTHWIND, "mpn-partner-admin@northwind.example", "Noor Haddad", Role::MpnPartnerAdmin),
    at(NORTHWIND, "global-admin@northwind.example", "Owen Pryce", Role::GlobalAdmin),
    at(TAILSPIN, "mpn-partner-admin@tailspin.example", "Tess Moreau", Role::MpnPartnerAdmin),
    at(TAILSPIN, "global-admin@tailspin.example", "Theo Brandt", Role::GlobalAdmin),
    at(FABRIKAM, "mpn-partner-admin@fabrikam.example", "Fay Lindgren", Role::MpnPartnerAdmin),
    at(FABRIKAM, "global-admin@fabrikam.example", "Finn Abara", Role::GlobalAdmin),
    at(&["Contoso", "Northwind"], "advisor@fabrikam.example", "Femi Adeyemi", Role::MpnPartnerAdmin),
    at(CONTOSO, "account-admin@contoso.example", "Arlo Jensen", Role::AccountAdmin),
    at(CONTOSO, "user-admin@contoso.example", "Una Castell", Role::UserAdmin),
    at(CONTOSO, "billing-admin@contoso.example", "Bela Novak", Role::BillingAdmin),
    at(CONTOSO, "admin-agent@contoso.example", "Anouk Visser", Role::AdminAgent),
    at(CONTOSO, "helpdesk-agent@contoso.example", "Hana Sato", Role::HelpdeskAgent),
    at(CONTOSO, "sales-agent@contoso.example", "Silvio Greco", Role::SalesAgent),
    at(CONTOSO, "business-profile-admin@contoso.example", "Birgit Holm", Role::BusinessProfileAdmin),
    at(CONTOSO, "referrals-admin@contoso.example", "Rosa Iglesias", Role::ReferralsAdmin),
    at(CONTOSO, "referrals-user@contoso.example", "Ravi Menon", Role::ReferralsUser),
    at(CONTOSO, "incentives-admin@contoso.example", "Imre Szabo", Role::IncentivesAdmin),
    at(CONTOSO, "incentives-user@contoso.example", "Isla Grant", Role::IncentivesUser),
    at(CONTOSO, "co-sell-solution-admin@contoso.example", "Cora Duval", Role::CoSellSolutionAdmin),
    at(CONTOSO, "executive-report-viewer@contoso.example", "Elif Demir", Role::ExecutiveReportViewer),
    at(CONTOSO, "report-viewer@contoso.example", "Ruben Costa", Role::ReportViewer),
    at(CONTOSO, "owner@contoso.example", "Odile Martin", Role::Owner),
    at(CONTOSO, "manager@contoso.example", "Milan Petrov", Role::Manager),
    at(CONTOSO, "default-user@contoso.example", "Dara Quinn", Role::DefaultUser),
    at(CONTOSO, "guest@contoso.example", "Gil Navarro", Role::Guest),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_an_account_at_contoso() {
        for role in Role::ALL {
            let held = ACCOUNTS
                .iter()
                .any(|one| one.role == *role && one.organizations == CONTOSO);
            assert!(held, "{role:?}");
        }
    }
}
