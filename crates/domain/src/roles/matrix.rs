//! Which roles allow which action.
//!
//! From the permission matrix of the sources (the keys name its pages).
//! A role that only a topic page names counts, unless the pages contradict each other;
//! those cases say so.

use super::Permission as P;
use super::Role as R;
use super::{Permission, Role};

/// One line of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The action.
    pub permission: Permission,
    /// Who may do it.
    pub who: Who,
    /// Keys of the source pages.
    pub source: &'static str,
}

/// Who may do something.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// Users with one of these roles.
    Roles(&'static [Role]),
    /// Users with any role but guest.
    AnyMember,
    /// Users with any role.
    Anyone,
}

impl Rule {
    /// Whether the role allows this rule's action.
    pub fn allows(&self, role: Role) -> bool {
        match self.who {
            Who::Roles(roles) => roles.contains(&role),
            Who::AnyMember => role != Role::Guest,
            Who::Anyone => true,
        }
    }
}

const fn rule(permission: Permission, roles: &'static [Role], source: &'static str) -> Rule {
    Rule {
        permission,
        who: Who::Roles(roles),
        source,
    }
}

/// Global admin and MPN Partner admin: the two roles of the workspace.
const WORKSPACE: &[Role] = &[R::GlobalAdmin, R::MpnPartnerAdmin];
/// Global admin and Account admin: the two roles of the account.
const ACCOUNT: &[Role] = &[R::GlobalAdmin, R::AccountAdmin];
/// The three administrators.
const ADMINS: &[Role] = &[R::GlobalAdmin, R::AccountAdmin, R::MpnPartnerAdmin];

/// The whole matrix, each permission once, in the order of [`Permission::ALL`].
pub const MATRIX: &[Rule] = &[
    rule(P::SeeWorkspace, WORKSPACE, "pcs"),
    // The Executive report viewer sees the score in Insights, not the workspace.
    rule(
        P::ViewScore,
        &[R::GlobalAdmin, R::MpnPartnerAdmin, R::ExecutiveReportViewer],
        "perm, spins",
    ),
    // Our own: in the sources evidence is only measured. Whoever sees the workspace keeps it.
    rule(P::EditEvidence, WORKSPACE, "pcs"),
    // Our own: no role of a partner's organization has it, for a partner confirms nothing of itself.
    rule(P::ConfirmEvidence, &[], "pcs"),
    // Pages disagree about who may buy; these two are on every one of them.
    rule(P::BuyOffers, WORKSPACE, "perm, pay, buyoff"),
    rule(
        P::ViewOrders,
        &[
            R::GlobalAdmin,
            R::MpnPartnerAdmin,
            R::UserAdmin,
            R::BillingAdmin,
            R::AdminAgent,
        ],
        "perm, inv",
    ),
    // Chapter 14, no. 20: the two roles of the prerequisites.
    rule(P::DownloadInvoice, WORKSPACE, "inv"),
    rule(P::LinkBilling, &[R::GlobalAdmin], "bill"),
    // The tax id may also be changed by two CSP roles; that becomes a permission of its own.
    rule(P::ChangeSoldTo, &[R::GlobalAdmin], "addr, profile"),
    rule(P::ManageCards, WORKSPACE, "card"),
    rule(
        P::RequestRefund,
        &[R::AccountAdmin, R::MpnPartnerAdmin],
        "refund",
    ),
    rule(P::ManageSpecializations, WORKSPACE, "specapply"),
    rule(
        P::ManageExpertMsp,
        &[
            R::GlobalAdmin,
            R::AccountAdmin,
            R::MpnPartnerAdmin,
            R::BusinessProfileAdmin,
        ],
        "msp",
    ),
    rule(P::ManageIsvSuccess, &[R::MpnPartnerAdmin], "isv"),
    rule(
        P::ManageMarketplaceRewards,
        &[R::GlobalAdmin, R::MpnPartnerAdmin, R::AdminAgent],
        "mr",
    ),
    // Chapter 14, no. 23: the union of both lists.
    rule(P::ManageTraining, ADMINS, "tspq"),
    rule(P::ManageSurface, &[R::MpnPartnerAdmin], "surf"),
    rule(P::RedeemBenefits, WORKSPACE, "ben"),
    rule(P::ActivateSupport, WORKSPACE, "btech"),
    rule(P::SupportCustomers, &[R::AdminAgent], "btech"),
    Rule {
        permission: P::RequestPresales,
        who: Who::Anyone,
        source: "btpd",
    },
    Rule {
        permission: P::BuildLogos,
        who: Who::AnyMember,
        source: "blogo",
    },
    Rule {
        permission: P::LinkOwnCertificates,
        who: Who::Anyone,
        source: "mcid",
    },
    rule(P::ViewSkills, &[R::MpnPartnerAdmin], "perm"),
    rule(P::ExportLearners, &[R::MpnPartnerAdmin], "perm"),
    rule(
        P::ManageVerification,
        &[
            R::GlobalAdmin,
            R::AccountAdmin,
            R::MpnPartnerAdmin,
            R::Owner,
            R::Manager,
        ],
        "ver",
    ),
    rule(P::ChangeLegalData, ACCOUNT, "profile"),
    rule(P::ViewProfiles, ADMINS, "perm"),
    rule(P::AddLocations, ACCOUNT, "perm, acct"),
    rule(P::MergeAccounts, ACCOUNT, "merge"),
    rule(P::DeleteAccount, &[R::GlobalAdmin], "del"),
    rule(
        P::CreateUsers,
        &[R::GlobalAdmin, R::AccountAdmin, R::UserAdmin],
        "users",
    ),
    rule(
        P::AssignTenantRoles,
        &[R::GlobalAdmin, R::UserAdmin],
        "perm",
    ),
    rule(P::AssignCompanyRoles, ACCOUNT, "perm"),
    // Our own: whoever grants access sees what was done with it.
    rule(P::ViewAudit, ACCOUNT, "perm"),
    rule(P::ResetGlobalAdmin, &[R::GlobalAdmin], "perm"),
    Rule {
        permission: P::LinkPartnerAdmin,
        who: Who::AnyMember,
        source: "pal",
    },
    rule(
        P::ClaimCustomers,
        &[R::BillingAdmin, R::IncentivesAdmin, R::IncentivesUser],
        "cpor, perm",
    ),
    rule(
        P::CreateTickets,
        &[
            R::GlobalAdmin,
            R::AccountAdmin,
            R::MpnPartnerAdmin,
            R::UserAdmin,
            R::BillingAdmin,
            R::AdminAgent,
            R::HelpdeskAgent,
            R::SalesAgent,
            R::IncentivesAdmin,
            R::IncentivesUser,
            R::ReferralsAdmin,
            R::ReferralsUser,
            R::BusinessProfileAdmin,
        ],
        "perm",
    ),
    rule(P::RequestService, &[R::MpnPartnerAdmin], "perm"),
    rule(P::ValidateVouchers, &[R::MpnPartnerAdmin], "perm"),
    // Our own: those who add people say how these sign in.
    rule(P::ManageSignIn, ACCOUNT, "users"),
    Rule {
        permission: P::ViewOwnAccess,
        who: Who::Anyone,
        source: "access",
    },
    // An MPN Partner admin sees the roles of others and gives none; whoever gives one sees to whom.
    rule(
        P::ViewUsers,
        &[
            R::GlobalAdmin,
            R::AccountAdmin,
            R::MpnPartnerAdmin,
            R::UserAdmin,
            R::Owner,
        ],
        "perm, users",
    ),
    rule(
        P::GrantRoles,
        &[R::GlobalAdmin, R::AccountAdmin, R::UserAdmin, R::Owner],
        "perm",
    ),
    rule(
        P::ManageUsers,
        &[R::GlobalAdmin, R::AccountAdmin, R::UserAdmin],
        "users",
    ),
    // Our own: who has company data or evidence to pass on makes one, of at most their own rights.
    rule(P::ManageTokens, ADMINS, "perm"),
];
