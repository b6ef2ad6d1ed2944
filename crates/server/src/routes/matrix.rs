//! Who gets through to what: every route for every role, everywhere, at a location and at another
//! one, in other organizations, signed out, and with every kind of token. What is expected is
//! written down in matrix.txt, and not derived from what decides it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::http::StatusCode;
use membership_domain::id::{LocationId, OrganizationId};
use membership_domain::roles::{
    AT_LOCATIONS, FOR_TOKENS, Grant, Permission, Role, Scope, TokenGrant,
};
use membership_store::audit::Action;
use membership_store::grants::{self, Given};
use membership_store::tokens::{self, Token};
use membership_store::{organizations, users};

use super::*;
use crate::demo::ACCOUNTS;
use crate::testing::{Browser, Outcome, TestApp, filled};
use crate::trail;
use crate::write::{Tx, write};

/// Who gets through to a route of the whole organization, or of oneself.
#[derive(Debug, PartialEq, Eq)]
enum Opens {
    Anybody,
    SignedIn,
    /// All roles, also limited ones: it is about oneself.
    Members,
    /// Operators, who are nobody of an organization: to everybody else there is nothing. That they
    /// get through, and only with two-step sign-in, is asked in the tests of the desk.
    Operators,
    Roles(BTreeSet<String>, Option<String>),
}

type Expected = BTreeMap<(String, String), Opens>;

fn expected() -> Expected {
    let lines = include_str!("matrix.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &str| {
        let (route, who) = line.split_once(": ").unwrap_or_default();
        let (method, path) = route.split_once(' ').unwrap_or_default();
        let opens = match who {
            "anybody" => Opens::Anybody,
            "signed in" => Opens::SignedIn,
            "members" => Opens::Members,
            "operators" => Opens::Operators,
            who => {
                let (roles, token) = match who.split_once("; token ") {
                    Some((roles, token)) => (roles, Some(token.to_owned())),
                    None => (who, None),
                };
                Opens::Roles(roles.split(' ').map(str::to_owned).collect(), token)
            }
        };
        ((method.to_owned(), path.to_owned()), opens)
    };
    lines.map(read).collect()
}

/// Where a request goes.
#[derive(Clone, Copy, Debug)]
struct At {
    organization: OrganizationId,
    location: LocationId,
}

/// Counts the cells that were asserted, and asks for them. Requests have no body and no If-Match, so
/// that whoever gets through changes nothing: what counts is who is stopped, and how.
struct Asker<'a> {
    browser: &'a Browser,
    cells: &'a mut usize,
    who: String,
    /// Most addresses have no location, and are the same at each: asked once.
    known: HashMap<String, (StatusCode, String)>,
}

impl Asker<'_> {
    async fn gets(&mut self, route: &Route, at: At, wanted: Option<StatusCode>) -> Outcome {
        let (organization, location) = (at.organization.to_string(), at.location.to_string());
        let path = filled(route, &organization, &location)?;
        let method = route.method.as_str();
        let key = format!("{method} {path}");
        if !self.known.contains_key(&key) {
            let answer = self.browser.send(method, &path, &[], None).await?;
            let said = match answer.status.is_success() {
                true => String::new(),
                false => answer.problem()?.detail,
            };
            self.known.insert(key.clone(), (answer.status, said));
        }
        let (status, said) = &self.known[&key];
        let told = format!("{}: {key}: {said}", self.who);
        let stopped = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
        match wanted {
            Some(wanted) => assert_eq!(*status, wanted, "{told}"),
            None => assert!(!stopped.contains(status), "{told}"),
        }
        *self.cells += 1;
        Ok(())
    }
}

const FORBIDDEN: Option<StatusCode> = Some(StatusCode::FORBIDDEN);
const UNAUTHORIZED: Option<StatusCode> = Some(StatusCode::UNAUTHORIZED);
const NOT_FOUND: Option<StatusCode> = Some(StatusCode::NOT_FOUND);

/// Whether the route ends the session that asks, which its own test does.
fn signs_out(route: &Route) -> bool {
    (&route.method, route.path) == (&Method::DELETE, paths::SESSION)
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let known: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    let lines: BTreeSet<_> = expected().into_keys().collect();
    assert_eq!(lines, known);
    let roles: BTreeSet<_> = Role::ALL
        .iter()
        .map(|role| role.code().to_owned())
        .collect();
    for (route, opens) in expected() {
        if let Opens::Roles(named, token) = opens {
            assert!(named.is_subset(&roles), "{route:?}: {named:?}");
            let is_known = token.is_none_or(|code| Permission::from_code(&code).is_some());
            assert!(is_known, "{route:?}");
        }
    }
}

/// A token is limited to locations in what has one in its address, and in nothing else.
#[test]
fn what_a_token_can_be_limited_in_is_what_is_about_a_location() {
    let located = ROUTES
        .iter()
        .filter(|route| route.path.contains("{location}"));
    let located: BTreeSet<_> = located.map(|route| format!("{:?}", route.needs)).collect();
    let limited = AT_LOCATIONS.iter().map(|one| Needs::Permission(*one));
    let limited: BTreeSet<_> = limited.map(|needs| format!("{needs:?}")).collect();
    assert_eq!(located, limited);
}

/// What a cell of the table was found to be, over all routes.
#[tokio::test]
async fn everybody_gets_through_to_what_the_table_says_and_to_nothing_else() -> Outcome {
    TestApp::each(async |app| {
        let expected = expected();
        let (home, other) = (
            app.organization("Contoso").await?,
            app.organization("Northwind").await?,
        );
        let places = organizations::locations(app.app.store.db(), home).await?;
        let (here, there) = (places[0].id, places[1].id);
        let at = |organization, location| At {
            organization,
            location,
        };
        let mut cells = 0;
        for role in Role::ALL {
            let who = ACCOUNTS.iter();
            let mut who = who.filter(|one| one.role == *role && one.organizations == ["Contoso"]);
            let email = who.next().ok_or("a role without an account")?.email;
            let browser = app.signed_in(email).await?;
            let who = format!("{role:?}");
            let mut asker = Asker {
                browser: &browser,
                cells: &mut cells,
                who,
                known: HashMap::new(),
            };
            for route in ROUTES.iter().filter(|route| !signs_out(route)) {
                let opens = &expected[&(route.method.to_string(), route.path.to_owned())];
                let own = match opens {
                    Opens::Roles(roles, _) if !roles.contains(role.code()) => FORBIDDEN,
                    Opens::Operators => NOT_FOUND,
                    _ => None,
                };
                asker.gets(route, at(home, here), own).await?;
                asker.gets(route, at(home, there), own).await?;
                let elsewhere = match opens {
                    Opens::Anybody | Opens::SignedIn => None,
                    Opens::Members | Opens::Operators | Opens::Roles(..) => NOT_FOUND,
                };
                for organization in [other, OrganizationId::nil()] {
                    asker.gets(route, at(organization, here), elsewhere).await?;
                }
            }
        }
        limited(app, &expected, home, (here, there), &mut cells).await?;
        let nobody = app.browser();
        let mut asker = Asker {
            browser: &nobody,
            cells: &mut cells,
            who: "nobody".to_owned(),
            known: HashMap::new(),
        };
        for route in ROUTES.iter().filter(|route| !signs_out(route)) {
            let opens = &expected[&(route.method.to_string(), route.path.to_owned())];
            let wanted = match opens {
                Opens::Anybody => None,
                _ => UNAUTHORIZED,
            };
            asker.gets(route, at(home, here), wanted).await?;
        }
        machines(app, &expected, (home, other), (here, there), &mut cells).await?;
        // Roles at four places and limited at three; nobody; tokens of each permission at two scopes
        // and three places, and the feed's.
        let routes = ROUTES.len() - 1;
        let roles = Role::ALL.len();
        let tokens = FOR_TOKENS.len() * 2 * 3 + 3;
        assert_eq!(cells, routes * (roles * (4 + 3) + 1 + tokens));
        Ok(())
    })
    .await
}

/// Every role limited to one location.
async fn limited(
    app: &TestApp,
    expected: &Expected,
    home: OrganizationId,
    (here, there): (LocationId, LocationId),
    cells: &mut usize,
) -> Outcome {
    let email = "default-user@contoso.example";
    let browser = app.signed_in(email).await?;
    let user = users::by_email(app.app.store.db(), email).await?;
    let user = user.ok_or("no account")?.id;
    for role in Role::ALL {
        let grant = Grant {
            role: *role,
            scope: Scope::Locations([here].into()),
        };
        let given = Given {
            grant,
            by: None,
            at: app.app.clock.now(),
        };
        write(&app.app.store, async |write: Tx| {
            grants::delete_all(&write, user, home).await?;
            grants::give(&write, user, home, given.clone()).await?;
            let entry = trail::entry(&app.app.clock, Action::RoleGrant, user)?;
            anyhow::Ok(((), Some(entry)))
        })
        .await?;
        let mut asker = Asker {
            browser: &browser,
            cells,
            who: format!("{role:?} of one location"),
            known: HashMap::new(),
        };
        for route in ROUTES.iter().filter(|route| !signs_out(route)) {
            let opens = &expected[&(route.method.to_string(), route.path.to_owned())];
            let located = route.path.contains("{location}");
            let (at_it, elsewhere) = match opens {
                Opens::Roles(roles, _) if located && roles.contains(role.code()) => {
                    (None, FORBIDDEN)
                }
                Opens::Roles(..) => (FORBIDDEN, FORBIDDEN),
                Opens::Operators => (NOT_FOUND, NOT_FOUND),
                _ => (None, None),
            };
            for (location, wanted) in [(here, at_it), (there, elsewhere)] {
                let at = At {
                    organization: home,
                    location,
                };
                asker.gets(route, at, wanted).await?;
            }
            let nowhere = match opens {
                Opens::Anybody | Opens::SignedIn => None,
                Opens::Members | Opens::Operators | Opens::Roles(..) => NOT_FOUND,
            };
            let at = At {
                organization: OrganizationId::nil(),
                location: here,
            };
            asker.gets(route, at, nowhere).await?;
        }
    }
    Ok(())
}

/// Tokens with one permission each, everywhere and for one location, and the program owner's feed.
async fn machines(
    app: &TestApp,
    expected: &Expected,
    (home, other): (OrganizationId, OrganizationId),
    (here, there): (LocationId, LocationId),
    cells: &mut usize,
) -> Outcome {
    let admin = users::by_email(app.app.store.db(), "global-admin@contoso.example").await?;
    let admin = admin.ok_or("no account")?.id;
    let mut all = vec![(tokens::feed(), None)];
    for permission in FOR_TOKENS {
        for scope in [Scope::Organization, Scope::Locations([here].into())] {
            let permissions = [*permission].into();
            all.push((TokenGrant { permissions, scope }, Some(admin)));
        }
    }
    for (grant, maker) in all {
        let secret = app.token(home, |token| Token {
            grant: grant.clone(),
            created_by: maker,
            ..token
        });
        let browser = app.machine(&secret.await?);
        let mut asker = Asker {
            browser: &browser,
            cells,
            who: format!("a token with {grant:?}"),
            known: HashMap::new(),
        };
        let codes: BTreeSet<&str> = grant.permissions.iter().map(|one| one.code()).collect();
        for route in ROUTES.iter().filter(|route| !signs_out(route)) {
            let opens = &expected[&(route.method.to_string(), route.path.to_owned())];
            let located = route.path.contains("{location}");
            let may = match opens {
                Opens::Roles(_, Some(code)) => codes.contains(code.as_str()),
                _ => false,
            };
            let everywhere = grant.scope == Scope::Organization;
            let at_it = may && (everywhere || located);
            let at_other = may && everywhere;
            let anybody = *opens == Opens::Anybody;
            for (organization, location, through) in [
                (home, here, at_it),
                (home, there, at_other),
                (other, here, false),
            ] {
                let foreign = organization == other;
                let wanted = match (through || anybody, opens) {
                    (true, _) => None,
                    (false, Opens::SignedIn | Opens::Operators) => FORBIDDEN,
                    (false, _) if foreign => NOT_FOUND,
                    (false, _) => FORBIDDEN,
                };
                let at = At {
                    organization,
                    location,
                };
                asker.gets(route, at, wanted).await?;
            }
        }
    }
    Ok(())
}
