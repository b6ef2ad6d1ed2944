//! What roles and permissions are called.

use membership_domain::roles::{Permission, Role};

/// The role's name, as people know it from Partner Center.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::GlobalAdmin => "Global admin",
        Role::UserAdmin => "User management admin",
        Role::AdminAgent => "Admin agent",
        Role::HelpdeskAgent => "Helpdesk agent",
        Role::SalesAgent => "Sales agent",
        Role::BillingAdmin => "Billing admin",
        Role::AccountAdmin => "Account admin",
        Role::MpnPartnerAdmin => "MPN Partner admin",
        Role::BusinessProfileAdmin => "Business profile admin",
        Role::ReferralsAdmin => "Referrals admin",
        Role::ReferralsUser => "Referrals user",
        Role::IncentivesAdmin => "Incentives admin",
        Role::IncentivesUser => "Incentives user",
        Role::CoSellSolutionAdmin => "Co-sell solution admin",
        Role::ExecutiveReportViewer => "Executive report viewer",
        Role::ReportViewer => "Report viewer",
        Role::Owner => "Owner",
        Role::Manager => "Manager",
        Role::DefaultUser => "Default user",
        Role::Guest => "Guest",
    }
}

/// What may be done, as a verb.
#[must_use]
pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::SeeWorkspace => "Open the membership workspace",
        Permission::ViewScore => "See designations and scores",
        Permission::EditEvidence => "Enter and correct evidence",
        Permission::ConfirmEvidence => "Confirm evidence",
        Permission::BuyOffers => "See, buy, and renew offers",
        Permission::ViewOrders => "See orders and invoices",
        Permission::DownloadInvoice => "Download invoices",
        Permission::LinkBilling => "Link or change the billing account and profile",
        Permission::ChangeSoldTo => "Change the sold-to address and tax details",
        Permission::ManageCards => "Add, replace, or delete payment cards",
        Permission::RequestRefund => "Request refunds",
        Permission::ManageSpecializations => "Manage specializations, audits, and references",
        Permission::ManageExpertMsp => "Manage Azure Expert MSP",
        Permission::ManageIsvSuccess => "Manage ISV Success",
        Permission::ManageMarketplaceRewards => "Manage Marketplace Rewards",
        Permission::ManageTraining => "Manage Training Services Partner",
        Permission::ManageSurface => "Manage Surface Reseller Alliance",
        Permission::RedeemBenefits => "See and redeem benefits",
        Permission::ActivateSupport => "Activate technical support",
        Permission::SupportCustomers => "Request cloud support on behalf of customers",
        Permission::RequestPresales => "Request technical presales help",
        Permission::BuildLogos => "Build logos",
        Permission::LinkOwnCertificates => "Link own certificates",
        Permission::ViewSkills => "See what each user is certified in",
        Permission::ExportLearners => "Export learning users",
        Permission::ManageVerification => "See and respond to account verification",
        Permission::ChangeLegalData => "Change the legal name and address",
        Permission::ViewProfiles => "See the legal and company profiles",
        Permission::AddLocations => "Add and enroll locations",
        Permission::MergeAccounts => "Merge accounts",
        Permission::DeleteAccount => "Delete the account",
        Permission::CreateUsers => "Create users",
        Permission::AssignTenantRoles => "Assign tenant roles",
        Permission::AssignCompanyRoles => "Assign company roles",
        Permission::ViewAudit => "See and export the audit log",
        Permission::ResetGlobalAdmin => "Reset a Global admin's password",
        Permission::LinkPartnerAdmin => "Create partner admin links",
        Permission::ClaimCustomers => "Claim partner of record for customers",
        Permission::CreateTickets => "Open support tickets",
        Permission::RequestService => "Open service requests for membership",
        Permission::ValidateVouchers => "Validate vouchers and see contribution indicators",
        Permission::ManageSignIn => "Choose how people of the organization sign in",
        Permission::ViewOwnAccess => "See own roles and who can help",
        Permission::ViewUsers => "See who can act for the organization",
        Permission::GrantRoles => "Give roles to people",
        Permission::ManageUsers => "Deactivate and remove people",
        Permission::ManageTokens => "Create and revoke API tokens",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Two of one name could not be told apart in a sentence.
    #[test]
    fn no_two_have_the_same_name() {
        let roles: BTreeSet<_> = Role::ALL.iter().map(|one| role(*one)).collect();
        assert_eq!(roles.len(), Role::ALL.len());
        let permissions: BTreeSet<_> = Permission::ALL.iter().map(|one| permission(*one)).collect();
        assert_eq!(permissions.len(), Permission::ALL.len());
    }
}
