//! What roles are for. Their names, which the server says too, are the contract's.

pub use membership_contract::text::en::{permission, role};
use membership_domain::roles::Role;

/// What the role is for, in one line.
pub fn about(role: Role) -> &'static str {
    match role {
        Role::GlobalAdmin => "Everything in the organization's tenant.",
        Role::UserAdmin => "Users of the tenant and their roles.",
        Role::AdminAgent => "Cloud Solution Provider: manages customers and their support.",
        Role::HelpdeskAgent => "Cloud Solution Provider: helps customers.",
        Role::SalesAgent => "Cloud Solution Provider: sells to customers.",
        Role::BillingAdmin => "Cloud Solution Provider: invoices and payments.",
        Role::AccountAdmin => "Legal data, locations, and users of the account.",
        Role::MpnPartnerAdmin => "Memberships, designations, offers, and benefits.",
        Role::BusinessProfileAdmin => "How the business presents itself.",
        Role::ReferralsAdmin => "All referrals of the organization.",
        Role::ReferralsUser => "Own referrals.",
        Role::IncentivesAdmin => "Incentive programs of the organization.",
        Role::IncentivesUser => "Sees incentives and claims customers.",
        Role::CoSellSolutionAdmin => "Solutions for co-selling.",
        Role::ExecutiveReportViewer => "All reports in Insights.",
        Role::ReportViewer => "Reports in Insights, without revenue and personal data.",
        Role::Owner => "Developer programs: enrolled the account, or took it over.",
        Role::Manager => "Developer programs.",
        Role::DefaultUser => "Own profile and own learning profile.",
        Role::Guest => "A guest of the tenant with no other role.",
    }
}
