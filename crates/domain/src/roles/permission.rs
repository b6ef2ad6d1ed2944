//! The actions that roles allow.

crate::codes! {
    /// An action of the membership domain. Who may do it: [`super::MATRIX`].
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    Permission {
        /// Open the membership workspace: programs, designations, evidence, previews.
        SeeWorkspace = "see_workspace",
        /// See designations and scores, in the workspace or in Insights.
        ViewScore = "view_score",
        /// Enter, import or correct what is known about the organization.
        EditEvidence = "edit_evidence",
        /// Confirm what is known about an organization: the program owner's people and feeds.
        ConfirmEvidence = "confirm_evidence",
        /// See, buy and renew membership offers.
        BuyOffers = "buy_offers",
        /// See orders and the list of invoices.
        ViewOrders = "view_orders",
        /// Download an invoice.
        DownloadInvoice = "download_invoice",
        /// Link or change the billing account and billing profile.
        LinkBilling = "link_billing",
        /// Change the sold-to address and tax details.
        ChangeSoldTo = "change_sold_to",
        /// Add, replace or delete a payment card.
        ManageCards = "manage_cards",
        /// Ask for a refund.
        RequestRefund = "request_refund",
        /// Specializations, with audit and references.
        ManageSpecializations = "manage_specializations",
        /// The Azure Expert MSP page.
        ManageExpertMsp = "manage_expert_msp",
        /// ISV Success.
        ManageIsvSuccess = "manage_isv_success",
        /// ISV Marketplace Rewards.
        ManageMarketplaceRewards = "manage_marketplace_rewards",
        /// Training Services Partner.
        ManageTraining = "manage_training",
        /// Surface Reseller Alliance.
        ManageSurface = "manage_surface",
        /// See and redeem benefits.
        RedeemBenefits = "redeem_benefits",
        /// Activate technical support.
        ActivateSupport = "activate_support",
        /// Ask for cloud support on behalf of a customer.
        SupportCustomers = "support_customers",
        /// Ask for technical presales help.
        RequestPresales = "request_presales",
        /// Build logos.
        BuildLogos = "build_logos",
        /// Link one's own certificates.
        LinkOwnCertificates = "link_own_certificates",
        /// See what each user is certified in.
        ViewSkills = "view_skills",
        /// Export the learning users.
        ExportLearners = "export_learners",
        /// See and answer the account's verification.
        ManageVerification = "manage_verification",
        /// Change the legal name or address.
        ChangeLegalData = "change_legal_data",
        /// See the legal and company profiles.
        ViewProfiles = "view_profiles",
        /// Add and enroll locations.
        AddLocations = "add_locations",
        /// Merge with another account.
        MergeAccounts = "merge_accounts",
        /// Delete the account.
        DeleteAccount = "delete_account",
        /// Create users.
        CreateUsers = "create_users",
        /// Assign the roles of the tenant.
        AssignTenantRoles = "assign_tenant_roles",
        /// Assign the company's roles.
        AssignCompanyRoles = "assign_company_roles",
        /// See and export who did what.
        ViewAudit = "view_audit",
        /// Reset the password of a Global admin.
        ResetGlobalAdmin = "reset_global_admin",
        /// Make a partner admin link.
        LinkPartnerAdmin = "link_partner_admin",
        /// Claim partner of record for a customer's workload.
        ClaimCustomers = "claim_customers",
        /// Open a support ticket.
        CreateTickets = "create_tickets",
        /// Service requests of the Membership workspace.
        RequestService = "request_service",
        /// Voucher validation and partner contribution indicators.
        ValidateVouchers = "validate_vouchers",
        /// Say how people of the organization sign in.
        ManageSignIn = "manage_sign_in",
        /// See one's own roles, and who can help.
        ViewOwnAccess = "view_own_access",
        /// See who can act for the organization, and with which roles.
        ViewUsers = "view_users",
        /// Give roles to people of the organization: which ones, see [`super::GRANTING`].
        GrantRoles = "grant_roles",
        /// Deactivate, reactivate and remove people of the organization.
        ManageUsers = "manage_users",
        /// Make and revoke tokens for machines, which do at most what their maker may.
        ManageTokens = "manage_tokens",
    }
}
