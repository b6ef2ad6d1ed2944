//! The roles of a partner organization's users.

crate::codes! {
    /// A role that a user can have in an organization. A user may have several, and none is
    /// implied by another except where the matrix says so.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    Role {
        /// Azure AD: everything of the tenant.
        GlobalAdmin = "global_admin",
        /// Azure AD "User admin"; "User management admin" in Partner Center.
        UserAdmin = "user_admin",
        /// CSP; visible only to tier 1 and tier 2 indirect providers.
        AdminAgent = "admin_agent",
        /// CSP.
        HelpdeskAgent = "helpdesk_agent",
        /// CSP.
        SalesAgent = "sales_agent",
        /// CSP: invoices and payments.
        BillingAdmin = "billing_admin",
        /// Company role: legal data, locations, users.
        AccountAdmin = "account_admin",
        /// Company role: memberships, designations, benefits.
        MpnPartnerAdmin = "mpn_partner_admin",
        /// Company role: how the business presents itself.
        BusinessProfileAdmin = "business_profile_admin",
        /// Company role.
        ReferralsAdmin = "referrals_admin",
        /// Company role.
        ReferralsUser = "referrals_user",
        /// Company role.
        IncentivesAdmin = "incentives_admin",
        /// Company role.
        IncentivesUser = "incentives_user",
        /// Company role.
        CoSellSolutionAdmin = "co_sell_solution_admin",
        /// Insights: sees all reports.
        ExecutiveReportViewer = "executive_report_viewer",
        /// Insights: sees reports without revenue and personal data.
        ReportViewer = "report_viewer",
        /// Developer programs: who enrolled, or to whom that was handed over.
        Owner = "owner",
        /// Developer programs.
        Manager = "manager",
        /// Every user: own profile and own learning profile.
        DefaultUser = "default_user",
        /// A guest of the tenant, without any other role.
        Guest = "guest",
    }
}
