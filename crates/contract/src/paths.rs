//! Every address of the API, for the router (templates) and for callers (functions).

use std::fmt::Display;

use membership_domain::id::{
    AttemptId, BillId, ImportId, InvitationId, LocationId, OrderId, OrganizationId, RequestId,
    SessionId, TokenId, UserId,
};
use membership_domain::roles::Role;

/// What every address of the API starts with.
pub const API: &str = "/api/v1";
/// Sign in (POST), who is signed in (GET), sign out (DELETE).
pub const SESSION: &str = "/api/v1/session";
/// Shows again who is signed in (POST).
pub const PROOF: &str = "/api/v1/session/proof";
/// One's own password (PUT).
pub const PASSWORD: &str = "/api/v1/account/password";
/// Asks for a link to reset a password (POST), and uses it (PUT).
pub const PASSWORD_RESET: &str = "/api/v1/account/password-reset";
/// What is known about oneself.
pub const OWN_DATA: &str = "/api/v1/account/data";
/// One's own sessions (DELETE ends all others).
pub const SESSIONS: &str = "/api/v1/account/sessions";
/// One of them (DELETE).
pub const OWN_SESSION: &str = "/api/v1/account/sessions/{session}";
/// One's own two-step sign-in.
pub const TOTP: &str = "/api/v1/account/totp";
/// New recovery codes (POST).
pub const RECOVERY_CODES: &str = "/api/v1/account/totp/recovery-codes";
/// What a one-time link is for (POST changes nothing).
pub const LINK_LOOK: &str = "/api/v1/links/look";
/// What an organization asks of its people when they sign in.
pub const SIGN_IN_POLICY: &str = "/api/v1/organizations/{organization}/sign-in-policy";
/// The programs and rules.
pub const CATALOG: &str = "/api/v1/catalog";
/// The server's clock.
pub const CLOCK: &str = "/api/v1/clock";
/// The description of this API.
pub const OPENAPI: &str = "/api/v1/openapi.json";
/// The user's organizations.
pub const ORGANIZATIONS: &str = "/api/v1/organizations";
/// One organization with its locations.
pub const ORGANIZATION: &str = "/api/v1/organizations/{organization}";
/// Its locations (POST adds one).
pub const LOCATIONS: &str = "/api/v1/organizations/{organization}/locations";
/// One of its locations.
pub const LOCATION: &str = "/api/v1/organizations/{organization}/locations/{location}";
/// What a change of its data causes (POST changes nothing).
pub const CHANGE_PREVIEW: &str = "/api/v1/organizations/{organization}/changes/preview";
/// What the user may do there.
pub const ACCESS: &str = "/api/v1/organizations/{organization}/access";
/// Its audit log.
pub const AUDIT: &str = "/api/v1/organizations/{organization}/audit";
/// Its tokens for machines (POST makes one).
pub const TOKENS: &str = "/api/v1/organizations/{organization}/tokens";
/// One of them (DELETE revokes it).
pub const TOKEN: &str = "/api/v1/organizations/{organization}/tokens/{token}";
/// What the offers of an organization depend on beside its evidence.
pub const PURCHASING: &str = "/api/v1/organizations/{organization}/purchasing";
/// To whom things are sold, and where bills go.
pub const BILLING_PROFILE: &str = "/api/v1/organizations/{organization}/billing-profile";
/// Its orders (POST begins one).
pub const ORDERS: &str = "/api/v1/organizations/{organization}/orders";
/// One of them (DELETE cancels it).
pub const ORDER: &str = "/api/v1/organizations/{organization}/orders/{order}";
/// What its buyer answered, while it is a draft.
pub const ORDER_ANSWERS: &str = "/api/v1/organizations/{organization}/orders/{order}/answers";
/// Places it (POST).
pub const ORDER_PLACEMENT: &str = "/api/v1/organizations/{organization}/orders/{order}/placement";
/// How it is paid.
pub const ORDER_METHOD: &str = "/api/v1/organizations/{organization}/orders/{order}/method";
/// The proof of a transfer for an order.
pub const ORDER_PROOF: &str = "/api/v1/organizations/{organization}/orders/{order}/proof";
/// Begins to pay it by card (POST).
pub const ORDER_ATTEMPTS: &str = "/api/v1/organizations/{organization}/orders/{order}/attempts";
/// One attempt (DELETE gives it up).
pub const ORDER_ATTEMPT: &str =
    "/api/v1/organizations/{organization}/orders/{order}/attempts/{attempt}";
/// Asks the payment provider how its payment went (POST).
pub const ORDER_PAYMENT_CHECK: &str =
    "/api/v1/organizations/{organization}/orders/{order}/payment-check";
/// Its bills.
pub const BILLS: &str = "/api/v1/organizations/{organization}/bills";
/// One of them as PDF.
pub const BILL_PDF: &str = "/api/v1/organizations/{organization}/bills/{bill}/pdf";
/// The e-invoice of one of them.
pub const BILL_XML: &str = "/api/v1/organizations/{organization}/bills/{bill}/xml";
/// Where a payment provider tells of its events (POST).
pub const GATEWAY_EVENTS: &str = "/api/v1/gateways/{gateway}/events";
/// What waits for an operator.
pub const DESK_SUMMARY: &str = "/api/v1/operator/summary";
/// Files of a bank (POST imports one).
pub const DESK_STATEMENTS: &str = "/api/v1/operator/statements";
/// Entries of bank statements.
pub const DESK_BANK_ENTRIES: &str = "/api/v1/operator/bank-entries";
/// What is decided about one.
pub const DESK_BANK_DECISION: &str = "/api/v1/operator/bank-entries/{entry}/decision";
/// Who is at one.
pub const DESK_BANK_CLAIM: &str = "/api/v1/operator/bank-entries/{entry}/claim";
/// Money that its orders did not take.
pub const DESK_PARKED: &str = "/api/v1/operator/parked";
/// What is decided about a piece of it.
pub const DESK_PARKED_DECISION: &str = "/api/v1/operator/parked/{receipt}/decision";
/// Orders of all organizations.
pub const DESK_ORDERS: &str = "/api/v1/operator/orders";
/// One of them, with its history.
pub const DESK_ORDER: &str = "/api/v1/operator/orders/{order}";
/// The file of an order's proof of a transfer.
pub const DESK_PROOF: &str = "/api/v1/operator/orders/{order}/proof";
/// What is on each account.
pub const DESK_TRIAL_BALANCE: &str = "/api/v1/operator/books/trial-balance";
/// The books for other programs.
pub const DESK_JOURNAL: &str = "/api/v1/operator/books/journal";
/// Everything known about it.
pub const EVIDENCE: &str = "/api/v1/organizations/{organization}/evidence";
/// One part of what is known about it.
pub const EVIDENCE_PART: &str = "/api/v1/organizations/{organization}/evidence/{part}";
/// Its people, found and page by page.
pub const PEOPLE: &str = "/api/v1/organizations/{organization}/people";
/// One of them.
pub const PERSON: &str = "/api/v1/organizations/{organization}/people/{person}";
/// Their certificates.
pub const CERTIFICATIONS: &str = "/api/v1/organizations/{organization}/certifications";
/// Its customers.
pub const CUSTOMERS: &str = "/api/v1/organizations/{organization}/customers";
/// One of them, with what it used.
pub const CUSTOMER: &str = "/api/v1/organizations/{organization}/customers/{customer}";
/// What they used, by month.
pub const USAGE: &str = "/api/v1/organizations/{organization}/usage";
/// Imports into it: the history (GET); POST imports a file.
pub const IMPORTS: &str = "/api/v1/organizations/{organization}/imports";
/// What an export would change (POST changes nothing).
pub const IMPORT_PREVIEW: &str = "/api/v1/organizations/{organization}/imports/preview";
/// Takes back what one import changed (POST).
pub const IMPORT_UNDO: &str = "/api/v1/organizations/{organization}/imports/{import}/undo";
/// What its overview shows.
pub const OVERVIEW: &str = "/api/v1/organizations/{organization}/overview";
/// What it qualifies for, all programs.
pub const ASSESSMENTS: &str = "/api/v1/organizations/{organization}/assessments";
/// What it qualifies for, one program.
pub const ASSESSMENT: &str = "/api/v1/organizations/{organization}/assessments/{program}";
/// People who can act for it.
pub const USERS: &str = "/api/v1/organizations/{organization}/users";
/// One of them (DELETE removes them).
pub const USER: &str = "/api/v1/organizations/{organization}/users/{user}";
/// A role of one of them (PUT gives it, DELETE takes it).
pub const USER_ROLE: &str = "/api/v1/organizations/{organization}/users/{user}/roles/{role}";
/// That one of them may not act (POST deactivates, DELETE makes active again).
pub const USER_DEACTIVATION: &str =
    "/api/v1/organizations/{organization}/users/{user}/deactivation";
/// Invitations into it (POST invites).
pub const INVITATIONS: &str = "/api/v1/organizations/{organization}/invitations";
/// One of them (DELETE revokes it).
pub const INVITATION: &str = "/api/v1/organizations/{organization}/invitations/{invitation}";
/// Sends one of them again (POST).
pub const INVITATION_SENDING: &str =
    "/api/v1/organizations/{organization}/invitations/{invitation}/sendings";
/// Accepts the invitation of a link (POST).
pub const INVITATION_ACCEPTANCE: &str = "/api/v1/links/invitation/acceptance";
/// Declines the invitation of a link (POST).
pub const INVITATION_REFUSAL: &str = "/api/v1/links/invitation/refusal";
/// What its people asked for (POST asks).
pub const REQUESTS: &str = "/api/v1/organizations/{organization}/requests";
/// One of these (DELETE withdraws it).
pub const REQUEST: &str = "/api/v1/organizations/{organization}/requests/{request}";
/// Decides one of these (POST).
pub const REQUEST_DECISION: &str =
    "/api/v1/organizations/{organization}/requests/{request}/decision";
/// The process lives.
pub const HEALTHZ: &str = "/healthz";
/// The process and its database can serve.
pub const READYZ: &str = "/readyz";

/// One organization.
pub fn organization(id: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{id}")
}

/// One of the caller's sessions.
pub fn own_session(session: SessionId) -> String {
    format!("{SESSIONS}/{session}")
}

/// What an organization asks of its people when they sign in.
pub fn sign_in_policy(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/sign-in-policy")
}

/// An organization's locations.
pub fn locations(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/locations")
}

/// One location of an organization.
pub fn location(organization: OrganizationId, location: LocationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/locations/{location}")
}

/// What a change of an organization's data causes.
pub fn change_preview(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/changes/preview")
}

/// What the user may do in an organization.
pub fn access(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/access")
}

/// An organization's audit log.
pub fn audit(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/audit")
}

/// Everything known about an organization.
pub fn evidence(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/evidence")
}

/// The same in little space, for [`crate::evidence::unpack`].
pub fn packed_evidence(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/evidence?format=packed")
}

/// One part of what is known about an organization.
pub fn evidence_part(organization: OrganizationId, part: impl Display) -> String {
    format!("{ORGANIZATIONS}/{organization}/evidence/{part}")
}

/// A list of an organization's evidence: `people`, `certifications`, `customers` or `usage`.
pub fn list(organization: OrganizationId, list: impl Display) -> String {
    format!("{ORGANIZATIONS}/{organization}/{list}")
}

/// One person of an organization; an id that an address cannot have as it is must be encoded.
pub fn person(organization: OrganizationId, person: impl Display) -> String {
    format!("{ORGANIZATIONS}/{organization}/people/{person}")
}

/// One customer of an organization, with an id like a [`person`]'s.
pub fn customer(organization: OrganizationId, customer: impl Display) -> String {
    format!("{ORGANIZATIONS}/{organization}/customers/{customer}")
}

/// Imports of exports into an organization's evidence.
pub fn imports(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/imports")
}

/// What an export would change.
pub fn import_preview(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/imports/preview")
}

/// Takes back what one import changed.
pub fn import_undo(organization: OrganizationId, import: ImportId) -> String {
    format!("{ORGANIZATIONS}/{organization}/imports/{import}/undo")
}

/// What an organization's overview shows.
pub fn overview(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/overview")
}

/// What an organization qualifies for.
pub fn assessments(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/assessments")
}

/// What an organization qualifies for in one program.
pub fn assessment(organization: OrganizationId, program: impl Display) -> String {
    format!("{ORGANIZATIONS}/{organization}/assessments/{program}")
}

/// People who can act for an organization.
pub fn users(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/users")
}

/// One of them.
pub fn user(organization: OrganizationId, user: UserId) -> String {
    format!("{ORGANIZATIONS}/{organization}/users/{user}")
}

/// A role of one of them.
pub fn user_role(organization: OrganizationId, user: UserId, role: Role) -> String {
    let role = role.code();
    format!("{ORGANIZATIONS}/{organization}/users/{user}/roles/{role}")
}

/// That one of them may not act.
pub fn user_deactivation(organization: OrganizationId, user: UserId) -> String {
    format!("{ORGANIZATIONS}/{organization}/users/{user}/deactivation")
}

/// Tokens of an organization.
pub fn tokens(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/tokens")
}

/// One of them.
pub fn token(organization: OrganizationId, token: TokenId) -> String {
    format!("{ORGANIZATIONS}/{organization}/tokens/{token}")
}

/// Invitations into an organization.
pub fn invitations(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/invitations")
}

/// One of them.
pub fn invitation(organization: OrganizationId, invitation: InvitationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/invitations/{invitation}")
}

/// Sends one of them again.
pub fn invitation_sending(organization: OrganizationId, invitation: InvitationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/invitations/{invitation}/sendings")
}

/// What people of an organization asked for.
pub fn requests(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/requests")
}

/// One of these.
pub fn request(organization: OrganizationId, request: RequestId) -> String {
    format!("{ORGANIZATIONS}/{organization}/requests/{request}")
}

/// Decides one of these.
pub fn request_decision(organization: OrganizationId, request: RequestId) -> String {
    format!("{ORGANIZATIONS}/{organization}/requests/{request}/decision")
}

/// An address of the router as somebody calls it: each `{name}` in it with its value.
///
/// # Errors
/// The name of a placeholder without a value: an address with it would be that of nothing.
pub fn filled(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut address = String::new();
    let mut rest = template;
    while let Some((before, opened)) = rest.split_once('{') {
        let (name, behind) = opened.split_once('}').ok_or("a name without its end")?;
        let known = values.iter().find(|(known, _)| *known == name);
        let (_, value) = known.ok_or_else(|| format!("{template}: no value for {name}"))?;
        address = address + before + value;
        rest = behind;
    }
    Ok(address + rest)
}

/// [`PURCHASING`].
#[must_use]
pub fn purchasing(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/purchasing")
}

/// [`BILLING_PROFILE`].
#[must_use]
pub fn billing_profile(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/billing-profile")
}

/// [`ORDERS`].
#[must_use]
pub fn orders(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/orders")
}

/// [`ORDER`].
#[must_use]
pub fn order(organization: OrganizationId, order: OrderId) -> String {
    format!("{ORGANIZATIONS}/{organization}/orders/{order}")
}

/// What is below an order: [`ORDER_ANSWERS`], [`ORDER_PLACEMENT`] and the others.
#[must_use]
pub fn of_order(organization: OrganizationId, order: OrderId, name: &str) -> String {
    format!("{ORGANIZATIONS}/{organization}/orders/{order}/{name}")
}

/// [`ORDER_ATTEMPT`].
#[must_use]
pub fn order_attempt(organization: OrganizationId, order: OrderId, attempt: AttemptId) -> String {
    format!("{ORGANIZATIONS}/{organization}/orders/{order}/attempts/{attempt}")
}

/// [`BILLS`].
#[must_use]
pub fn bills(organization: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{organization}/bills")
}

/// [`BILL_PDF`] and [`BILL_XML`].
#[must_use]
pub fn bill_file(organization: OrganizationId, bill: BillId, kind: &str) -> String {
    format!("{ORGANIZATIONS}/{organization}/bills/{bill}/{kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_without_a_value_is_named() {
        let (organization, import) = (OrganizationId::from_u128(1), ImportId::from_u128(2));
        let (o, i) = (organization.to_string(), import.to_string());
        let values = [("organization", &*o), ("import", &*i)];
        let filled = |template| filled(template, &values);
        assert_eq!(filled(SESSION).as_deref(), Ok(SESSION));
        assert_eq!(filled(IMPORT_UNDO), Ok(import_undo(organization, import)));
        let unknown = filled(PERSON).expect_err("a person");
        assert!(unknown.ends_with("no value for person"), "{unknown}");
        assert!(filled("/a/{organization").is_err() && filled("/a/{}").is_err());
    }

    #[test]
    fn builders_follow_the_templates() {
        let (o, i) = (OrganizationId::from_u128(1), ImportId::from_u128(2));
        let l = LocationId::from_u128(3);
        let (u, v) = (UserId::from_u128(4), InvitationId::from_u128(5));
        let (r, s) = (RequestId::from_u128(6), SessionId::from_u128(7));
        let (d, a) = (OrderId::from_u128(8), AttemptId::from_u128(9));
        let b = BillId::from_u128(10);
        let ids = [
            o.to_string(),
            i.to_string(),
            l.to_string(),
            u.to_string(),
            v.to_string(),
            r.to_string(),
            s.to_string(),
            d.to_string(),
            a.to_string(),
            b.to_string(),
        ];
        let values = [
            ("organization", &*ids[0]),
            ("part", "p"),
            ("program", "q"),
            ("import", &*ids[1]),
            ("person", "r"),
            ("customer", "c"),
            ("location", &*ids[2]),
            ("user", &*ids[3]),
            ("role", "owner"),
            ("invitation", &*ids[4]),
            ("request", &*ids[5]),
            ("session", &*ids[6]),
            ("order", &*ids[7]),
            ("attempt", &*ids[8]),
            ("bill", &*ids[9]),
        ];
        let fill = |template| filled(template, &values).unwrap_or_else(|unknown| unknown);
        assert_eq!(organization(o), fill(ORGANIZATION));
        assert_eq!(locations(o), fill(LOCATIONS));
        assert_eq!(location(o, l), fill(LOCATION));
        assert_eq!(change_preview(o), fill(CHANGE_PREVIEW));
        assert_eq!(access(o), fill(ACCESS));
        assert_eq!(own_session(s), fill(OWN_SESSION));
        assert_eq!(sign_in_policy(o), fill(SIGN_IN_POLICY));
        assert_eq!(audit(o), fill(AUDIT));
        assert_eq!(evidence(o), fill(EVIDENCE));
        assert_eq!(evidence_part(o, "p"), fill(EVIDENCE_PART));
        assert_eq!(imports(o), fill(IMPORTS));
        assert_eq!(import_preview(o), fill(IMPORT_PREVIEW));
        for (name, template) in [
            ("people", PEOPLE),
            ("certifications", CERTIFICATIONS),
            ("customers", CUSTOMERS),
            ("usage", USAGE),
        ] {
            assert_eq!(list(o, name), fill(template));
        }
        assert_eq!(person(o, "r"), fill(PERSON));
        assert_eq!(customer(o, "c"), fill(CUSTOMER));
        assert_eq!(import_undo(o, i), fill(IMPORT_UNDO));
        assert_eq!(overview(o), fill(OVERVIEW));
        assert_eq!(assessments(o), fill(ASSESSMENTS));
        assert_eq!(assessment(o, "q"), fill(ASSESSMENT));
        assert_eq!(users(o), fill(USERS));
        assert_eq!(user(o, u), fill(USER));
        assert_eq!(user_role(o, u, Role::Owner), fill(USER_ROLE));
        assert_eq!(user_deactivation(o, u), fill(USER_DEACTIVATION));
        assert_eq!(invitations(o), fill(INVITATIONS));
        assert_eq!(invitation(o, v), fill(INVITATION));
        assert_eq!(invitation_sending(o, v), fill(INVITATION_SENDING));
        assert_eq!(requests(o), fill(REQUESTS));
        assert_eq!(request(o, r), fill(REQUEST));
        assert_eq!(request_decision(o, r), fill(REQUEST_DECISION));
        assert_eq!(purchasing(o), fill(PURCHASING));
        assert_eq!(billing_profile(o), fill(BILLING_PROFILE));
        assert_eq!(orders(o), fill(ORDERS));
        assert_eq!(order(o, d), fill(ORDER));
        for (name, template) in [
            ("answers", ORDER_ANSWERS),
            ("placement", ORDER_PLACEMENT),
            ("method", ORDER_METHOD),
            ("attempts", ORDER_ATTEMPTS),
            ("proof", ORDER_PROOF),
            ("payment-check", ORDER_PAYMENT_CHECK),
        ] {
            assert_eq!(of_order(o, d, name), fill(template));
        }
        assert_eq!(order_attempt(o, d, a), fill(ORDER_ATTEMPT));
        assert_eq!(bills(o), fill(BILLS));
        assert_eq!(bill_file(o, b, "pdf"), fill(BILL_PDF));
        assert_eq!(bill_file(o, b, "xml"), fill(BILL_XML));
    }
}
