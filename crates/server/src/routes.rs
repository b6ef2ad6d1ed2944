//! Every address of the API, with what it needs, on one page. The folders mirror the addresses.

pub mod account;
pub mod catalog;
pub mod clock;
pub mod gateway_events;
pub mod health;
pub mod links;
pub mod openapi;
pub mod operator;
pub mod organizations;
pub mod session;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use membership_contract::paths;
use membership_domain::roles::Permission;
use tower::util::option_layer;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt};

use crate::App;
use crate::gateway::sandbox;
use crate::guard::{Needs, guard};
use crate::http::large::LARGEST_DOCUMENT;
use crate::http::problem::ApiError;
use crate::http::timeouts::patient;
use crate::mail::mailbox;
use crate::openapi::takes::{Taken, taken};
use organizations::{
    access, assessments, audit, billing, bills, evidence, imports, invitations, lists, locations,
    orders, purchasing, requests, sign_in_policy, tokens, users,
};

/// A handler with its description.
pub struct Endpoint {
    /// Handler and description.
    pub router: UtoipaMethodRouter<App>,
    /// What its arguments take of a request.
    pub taken: Taken,
}

/// The endpoint of a handler.
macro_rules! on {
    ($($handler:tt)+) => {
        Endpoint {
            router: utoipa_axum::routes!($($handler)+),
            taken: taken($($handler)+),
        }
    };
}

/// One operation of the API.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, as a template.
    pub path: &'static str,
    /// What it asks of its caller.
    pub needs: Needs,
    /// The largest body in bytes.
    pub body: usize,
    /// What answers it.
    pub endpoint: fn() -> Endpoint,
}

impl Route {
    /// Whether it takes long or much memory, and so its organization's turn.
    pub fn takes_turns(&self) -> bool {
        [WORKSPACE, EDIT_EVIDENCE].contains(&self.needs)
    }

    /// Whether its answer says what the catalog's rules come to, and so by which catalog.
    fn is_by_the_rules(&self) -> bool {
        [paths::ASSESSMENTS, paths::ASSESSMENT].contains(&self.path)
    }
}

const NO_BODY: usize = 0;
/// What a form can fill.
const FORM: usize = 64 * 1024;
const DOCUMENT: usize = LARGEST_DOCUMENT;
/// A proof of a transfer: more than any catalog takes.
const PROOF: usize = 8 * 1024 * 1024;
/// A file of a bank.
const BANK_FILE: usize = membership_bank::statement::LARGEST;
/// An export of another system.
const FILE: usize = membership_import::LARGEST;

const fn route(
    method: Method,
    path: &'static str,
    needs: Needs,
    body: usize,
    endpoint: fn() -> Endpoint,
) -> Route {
    Route {
        method,
        path,
        needs,
        body,
        endpoint,
    }
}

const GET: Method = Method::GET;
const ANYONE: Needs = Needs::Nothing;
const SIGNED_IN: Needs = Needs::SignedIn;
const WORKSPACE: Needs = Needs::Permission(Permission::SeeWorkspace);
const EDIT_EVIDENCE: Needs = Needs::Permission(Permission::EditEvidence);
const OWN_ACCESS: Needs = Needs::Permission(Permission::ViewOwnAccess);
const PROFILES: Needs = Needs::Permission(Permission::ViewProfiles);
const LEGAL_DATA: Needs = Needs::Permission(Permission::ChangeLegalData);
const CREATE_USERS: Needs = Needs::Permission(Permission::CreateUsers);
const GRANT_ROLES: Needs = Needs::Permission(Permission::GrantRoles);
const MANAGE_USERS: Needs = Needs::Permission(Permission::ManageUsers);
const VIEW_USERS: Needs = Needs::Permission(Permission::ViewUsers);
const MANAGE_SIGN_IN: Needs = Needs::Permission(Permission::ManageSignIn);
const VIEW_AUDIT: Needs = Needs::Permission(Permission::ViewAudit);
const MANAGE_TOKENS: Needs = Needs::Permission(Permission::ManageTokens);
const ADD_LOCATIONS: Needs = Needs::Permission(Permission::AddLocations);
const BUY: Needs = Needs::Permission(Permission::BuyOffers);
const VIEW_ORDERS: Needs = Needs::Permission(Permission::ViewOrders);
const LINK_BILLING: Needs = Needs::Permission(Permission::LinkBilling);
const OPERATOR: Needs = Needs::Operator;
const BANK_FILES: Needs = Needs::BankFiles;
const INVOICES: Needs = Needs::Permission(Permission::DownloadInvoice);

/// The whole API. The router, its description and the test of the permissions are made from it.
#[rustfmt::skip]
pub static ROUTES: &[Route] = &[
    route(GET, paths::HEALTHZ, ANYONE, NO_BODY, || on!(health::live::get_health)),
    route(GET, paths::READYZ, ANYONE, NO_BODY, || on!(health::ready::get_readiness)),
    route(GET, paths::OPENAPI, ANYONE, NO_BODY, || on!(openapi::get_openapi)),
    route(GET, paths::CATALOG, SIGNED_IN, NO_BODY, || on!(catalog::get_catalog)),
    route(GET, paths::CLOCK, ANYONE, NO_BODY, || on!(clock::read::get_clock)),
    route(Method::PUT, paths::CLOCK, SIGNED_IN, FORM, || on!(clock::set::replace_clock)),
    route(GET, paths::SESSION, ANYONE, NO_BODY, || on!(session::read::get_session)),
    route(Method::POST, paths::SESSION, ANYONE, FORM, || on!(session::sign_in::create_session)),
    route(Method::DELETE, paths::SESSION, ANYONE, NO_BODY, || on!(session::sign_out::delete_session)),
    route(Method::POST, paths::PROOF, SIGNED_IN, FORM, || on!(session::proof::create_proof)),
    route(Method::PUT, paths::PASSWORD, SIGNED_IN, FORM, || on!(account::password::replace_password)),
    route(Method::POST, paths::PASSWORD_RESET, ANYONE, FORM, || on!(account::password_reset::request::create_password_reset)),
    route(Method::PUT, paths::PASSWORD_RESET, ANYONE, FORM, || on!(account::password_reset::apply::replace_forgotten_password)),
    route(GET, paths::OWN_DATA, SIGNED_IN, NO_BODY, || on!(account::data::get_own_data)),
    route(GET, paths::SESSIONS, SIGNED_IN, NO_BODY, || on!(account::sessions::list::list_own_sessions)),
    route(Method::DELETE, paths::SESSIONS, SIGNED_IN, NO_BODY, || on!(account::sessions::end_others::delete_other_sessions)),
    route(Method::DELETE, paths::OWN_SESSION, SIGNED_IN, NO_BODY, || on!(account::sessions::end::delete_own_session)),
    route(GET, paths::TOTP, SIGNED_IN, NO_BODY, || on!(account::totp::read::get_totp)),
    route(Method::POST, paths::TOTP, SIGNED_IN, NO_BODY, || on!(account::totp::begin::create_totp)),
    route(Method::PUT, paths::TOTP, SIGNED_IN, FORM, || on!(account::totp::confirm::replace_totp)),
    route(Method::DELETE, paths::TOTP, SIGNED_IN, NO_BODY, || on!(account::totp::remove::delete_totp)),
    route(Method::POST, paths::RECOVERY_CODES, SIGNED_IN, NO_BODY, || on!(account::totp::recovery_codes::create_recovery_codes)),
    route(Method::POST, paths::LINK_LOOK, ANYONE, FORM, || on!(links::look::create_link_look)),
    route(GET, paths::SIGN_IN_POLICY, MANAGE_SIGN_IN, NO_BODY, || on!(sign_in_policy::read::get_sign_in_policy)),
    route(Method::PUT, paths::SIGN_IN_POLICY, MANAGE_SIGN_IN, FORM, || on!(sign_in_policy::replace::replace_sign_in_policy)),
    route(GET, paths::ORGANIZATIONS, SIGNED_IN, NO_BODY, || on!(organizations::list::list_organizations)),
    route(GET, paths::ORGANIZATION, PROFILES, NO_BODY, || on!(organizations::read::get_organization)),
    route(Method::PATCH, paths::ORGANIZATION, LEGAL_DATA, FORM, || on!(organizations::change::update_organization)),
    route(Method::POST, paths::LOCATIONS, ADD_LOCATIONS, FORM, || on!(locations::create::create_location)),
    route(Method::PATCH, paths::LOCATION, LEGAL_DATA, FORM, || on!(locations::change::update_location)),
    route(Method::POST, paths::CHANGE_PREVIEW, LEGAL_DATA, FORM, || on!(organizations::preview::create_change_preview)),
    route(GET, paths::ACCESS, OWN_ACCESS, NO_BODY, || on!(access::get_access)),
    route(GET, paths::USERS, VIEW_USERS, NO_BODY, || on!(users::list::list_users)),
    route(GET, paths::USER, VIEW_USERS, NO_BODY, || on!(users::read::get_user)),
    route(Method::DELETE, paths::USER, OWN_ACCESS, NO_BODY, || on!(users::remove::delete_user)),
    route(Method::PUT, paths::USER_ROLE, GRANT_ROLES, FORM, || on!(users::roles::replace_user_role)),
    route(Method::DELETE, paths::USER_ROLE, OWN_ACCESS, NO_BODY, || on!(users::roles::delete_user_role)),
    route(Method::POST, paths::USER_DEACTIVATION, MANAGE_USERS, NO_BODY, || on!(users::deactivation::create_user_deactivation)),
    route(Method::DELETE, paths::USER_DEACTIVATION, MANAGE_USERS, NO_BODY, || on!(users::deactivation::delete_user_deactivation)),
    route(GET, paths::AUDIT, VIEW_AUDIT, NO_BODY, || on!(audit::list_audit)),
    route(GET, paths::INVITATIONS, VIEW_USERS, NO_BODY, || on!(invitations::list::list_invitations)),
    route(Method::POST, paths::INVITATIONS, CREATE_USERS, FORM, || on!(invitations::create::create_invitations)),
    route(Method::DELETE, paths::INVITATION, CREATE_USERS, NO_BODY, || on!(invitations::revoke::delete_invitation)),
    route(Method::POST, paths::INVITATION_SENDING, CREATE_USERS, NO_BODY, || on!(invitations::send::create_invitation_sending)),
    route(Method::POST, paths::INVITATION_ACCEPTANCE, ANYONE, FORM, || on!(links::invitation::accept::create_invitation_acceptance)),
    route(Method::POST, paths::INVITATION_REFUSAL, ANYONE, FORM, || on!(links::invitation::decline::create_invitation_refusal)),
    route(GET, paths::REQUESTS, OWN_ACCESS, NO_BODY, || on!(requests::list::list_requests)),
    route(Method::POST, paths::REQUESTS, OWN_ACCESS, FORM, || on!(requests::create::create_request)),
    route(Method::DELETE, paths::REQUEST, OWN_ACCESS, NO_BODY, || on!(requests::withdraw::delete_request)),
    route(Method::POST, paths::REQUEST_DECISION, GRANT_ROLES, FORM, || on!(requests::decide::create_request_decision)),
    route(GET, paths::TOKENS, MANAGE_TOKENS, NO_BODY, || on!(tokens::list::list_tokens)),
    route(Method::POST, paths::TOKENS, MANAGE_TOKENS, FORM, || on!(tokens::create::create_token)),
    route(Method::DELETE, paths::TOKEN, MANAGE_TOKENS, NO_BODY, || on!(tokens::revoke::delete_token)),
    route(GET, paths::PURCHASING, WORKSPACE, NO_BODY, || on!(purchasing::get_purchasing)),
    route(GET, paths::BILLING_PROFILE, VIEW_ORDERS, NO_BODY, || on!(billing::read::get_billing_profile)),
    route(Method::PUT, paths::BILLING_PROFILE, LINK_BILLING, FORM, || on!(billing::replace::replace_billing_profile)),
    route(GET, paths::ORDERS, VIEW_ORDERS, NO_BODY, || on!(orders::list::list_orders)),
    route(Method::POST, paths::ORDERS, BUY, FORM, || on!(orders::create::create_order)),
    route(GET, paths::ORDER, VIEW_ORDERS, NO_BODY, || on!(orders::read::get_order)),
    route(Method::DELETE, paths::ORDER, BUY, NO_BODY, || on!(orders::cancel::delete_order)),
    route(Method::PUT, paths::ORDER_ANSWERS, BUY, FORM, || on!(orders::answers::replace_order_answers)),
    route(Method::POST, paths::ORDER_PLACEMENT, BUY, FORM, || on!(orders::place::create_order_placement)),
    route(Method::PUT, paths::ORDER_METHOD, BUY, FORM, || on!(orders::method::replace_order_method)),
    route(Method::POST, paths::ORDER_ATTEMPTS, BUY, NO_BODY, || on!(orders::attempts::create_order_attempt)),
    route(Method::DELETE, paths::ORDER_ATTEMPT, BUY, NO_BODY, || on!(orders::attempts::delete_order_attempt)),
    route(Method::PUT, paths::ORDER_PROOF, BUY, PROOF, || on!(orders::proof::replace_order_proof)),
    route(Method::POST, paths::ORDER_PAYMENT_CHECK, VIEW_ORDERS, NO_BODY, || on!(orders::payment_check::create_order_payment_check)),
    route(GET, paths::BILLS, VIEW_ORDERS, NO_BODY, || on!(bills::list::list_bills)),
    route(GET, paths::BILL_PDF, INVOICES, NO_BODY, || on!(bills::file::get_bill_pdf)),
    route(GET, paths::BILL_XML, INVOICES, NO_BODY, || on!(bills::file::get_bill_xml)),
    route(Method::POST, paths::GATEWAY_EVENTS, ANYONE, FORM, || on!(gateway_events::create_gateway_event)),
    route(GET, paths::DESK_SUMMARY, OPERATOR, NO_BODY, || on!(operator::summary::get_desk_summary)),
    route(GET, paths::DESK_STATEMENTS, OPERATOR, NO_BODY, || on!(operator::statements::list_bank_statements)),
    route(Method::POST, paths::DESK_STATEMENTS, BANK_FILES, BANK_FILE, || on!(operator::statements::create_bank_statement)),
    route(GET, paths::DESK_BANK_ENTRIES, OPERATOR, NO_BODY, || on!(operator::bank_entries::list_bank_entries)),
    route(Method::POST, paths::DESK_BANK_DECISION, OPERATOR, FORM, || on!(operator::bank_entries::create_bank_decision)),
    route(Method::DELETE, paths::DESK_BANK_DECISION, OPERATOR, NO_BODY, || on!(operator::bank_entries::delete_bank_decision)),
    route(Method::PUT, paths::DESK_BANK_CLAIM, OPERATOR, NO_BODY, || on!(operator::bank_entries::replace_bank_claim)),
    route(GET, paths::DESK_PARKED, OPERATOR, NO_BODY, || on!(operator::parked::list_parked_money)),
    route(Method::POST, paths::DESK_PARKED_DECISION, OPERATOR, FORM, || on!(operator::parked::create_parked_decision)),
    route(GET, paths::DESK_ORDERS, OPERATOR, NO_BODY, || on!(operator::orders::list_desk_orders)),
    route(GET, paths::DESK_ORDER, OPERATOR, NO_BODY, || on!(operator::orders::get_desk_order)),
    route(GET, paths::DESK_PROOF, OPERATOR, NO_BODY, || on!(operator::orders::get_transfer_proof)),
    route(GET, paths::DESK_TRIAL_BALANCE, OPERATOR, NO_BODY, || on!(operator::books::get_trial_balance)),
    route(GET, paths::DESK_JOURNAL, OPERATOR, NO_BODY, || on!(operator::books::get_journal)),
    route(GET, paths::EVIDENCE, WORKSPACE, NO_BODY, || on!(evidence::read::get_evidence)),
    route(Method::PUT, paths::EVIDENCE, EDIT_EVIDENCE, DOCUMENT, || on!(evidence::replace::replace_evidence)),
    route(GET, paths::EVIDENCE_PART, WORKSPACE, NO_BODY, || on!(evidence::read_part::get_evidence_part)),
    route(Method::PUT, paths::EVIDENCE_PART, EDIT_EVIDENCE, DOCUMENT, || on!(evidence::replace_part::replace_evidence_part)),
    route(Method::POST, paths::IMPORTS, EDIT_EVIDENCE, FILE, || on!(imports::create::create_import)),
    route(GET, paths::PEOPLE, WORKSPACE, NO_BODY, || on!(lists::people::list_people)),
    route(GET, paths::PERSON, WORKSPACE, NO_BODY, || on!(lists::person::get_person)),
    route(GET, paths::CERTIFICATIONS, WORKSPACE, NO_BODY, || on!(lists::certifications::list_certifications)),
    route(GET, paths::CUSTOMERS, WORKSPACE, NO_BODY, || on!(lists::customers::list_customers)),
    route(GET, paths::CUSTOMER, WORKSPACE, NO_BODY, || on!(lists::customer::get_customer)),
    route(GET, paths::USAGE, WORKSPACE, NO_BODY, || on!(lists::usage::list_usage)),
    route(GET, paths::IMPORTS, WORKSPACE, NO_BODY, || on!(imports::list::list_imports)),
    route(Method::POST, paths::IMPORT_UNDO, EDIT_EVIDENCE, NO_BODY, || on!(imports::undo::create_import_undo)),
    route(Method::POST, paths::IMPORT_PREVIEW, EDIT_EVIDENCE, FILE, || on!(imports::preview::create_import_preview)),
    route(GET, paths::OVERVIEW, WORKSPACE, NO_BODY, || on!(organizations::overview::get_overview)),
    route(GET, paths::ASSESSMENTS, WORKSPACE, NO_BODY, || on!(assessments::list::list_assessments)),
    route(GET, paths::ASSESSMENT, WORKSPACE, NO_BODY, || on!(assessments::read::get_assessment)),
];

/// The operations without guards: only good for their description.
pub fn described() -> OpenApiRouter<App> {
    ROUTES
        .iter()
        .fold(OpenApiRouter::default(), |router, route| {
            router.routes((route.endpoint)().router)
        })
}

/// The operations, each behind its guard and its limits.
pub fn guarded(app: &App) -> OpenApiRouter<App> {
    ROUTES
        .iter()
        .fold(OpenApiRouter::default(), |router, route| {
            let state = (app.clone(), route.needs);
            let limit = DefaultBodyLimit::max(route.body);
            router.routes((route.endpoint)().router.map(|endpoint| {
                let told = from_fn_with_state(app.clone(), catalog::told);
                let guarded = endpoint
                    .route_layer(option_layer(route.is_by_the_rules().then_some(told)))
                    .route_layer(from_fn_with_state(state, guard))
                    .route_layer(limit);
                patient(guarded, route.body, work(app, route))
            }))
        })
}

/// The most time that a route needs, besides that of its body. Each wait and each piece of work
/// has a limit of its own, which says more than this one.
fn work(app: &App, route: &Route) -> Duration {
    match route.takes_turns() {
        true => 3 * (app.settings.waiting + app.settings.reading),
        false => Duration::ZERO,
    }
}

/// The API, and for every other address the pages if there are any.
pub fn router(app: &App, pages: Option<Router>) -> Router {
    let (api, _) = guarded(app).split_for_parts();
    let api = api
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .merge(mailbox::page::router(app))
        .merge(sandbox::page::router())
        .with_state(app.clone());
    match pages {
        Some(pages) => api.fallback_service(pages),
        None => api.fallback(|| async { ApiError::not_found() }),
    }
}

#[cfg(test)]
mod matrix;
#[cfg(test)]
mod tests;
