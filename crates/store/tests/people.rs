//! Members, their roles, invitations and requests, on every database.

use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::evidence::Verification;
use membership_domain::id::{OrganizationId, UserId};
use membership_domain::invitation::InvitationState;
use membership_domain::member::MemberState;
use membership_domain::request::{RequestKind, RequestState};
use membership_domain::roles::{Grant, Role, Scope};
use membership_store::grants::{self, Given};
use membership_store::invitations::{self, Invitation};
use membership_store::members::{self, Query, Sort};
use membership_store::organizations::{self, Location, Organization};
use membership_store::requests::{self, Request, Wanted};
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{Store, StoreError, Write, audit};

type Outcome = Result<(), StoreError>;

const CONTOSO: OrganizationId = Id::from_u128(10);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

fn user(number: u128, name: &str) -> User {
    User {
        id: Id::from_u128(number),
        email: format!("u{number}@contoso.example"),
        name: name.to_owned(),
        password_hash: String::new(),
        created_at: at(0),
        disabled_at: None,
    }
}

fn given(role: Role, scope: Scope) -> Given {
    Given {
        grant: Grant { role, scope },
        by: Some(Id::from_u128(1)),
        at: at(0),
    }
}

async fn keep(write: Write) -> Outcome {
    let (action, salt) = (audit::Action::RoleChange, audit::Salt::of([0; 32]));
    let entry = audit::Entry::of(Id::from_u128(u128::from(next())), at(0), action, "", salt);
    write.commit(entry).await
}

/// Another number each time: entries have an id of their own.
fn next() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

async fn filled(store: &Store, people: &[User]) -> Outcome {
    let write = store.write().await?;
    let contoso = Organization {
        id: CONTOSO,
        partner_id: "4200001".to_owned(),
        name: "Contoso".to_owned(),
        country: "US".to_owned(),
        address: None,
        contact: None,
        verification: Verification::Accepted,
        pending: Vec::new(),
        revision: 1,
        created_at: at(0),
    };
    organizations::insert(&write, contoso.clone()).await?;
    let porto = Location {
        id: Id::from_u128(20),
        partner_id: "4200002".to_owned(),
        name: "Porto".to_owned(),
        country: "PT".to_owned(),
        address: "Rua 1".to_owned(),
        created_at: at(0),
    };
    organizations::add_location(&write, &contoso, porto).await?;
    for one in people {
        users::insert(&write, one.clone()).await?;
        members::add(&write, CONTOSO, one, at(0)).await?;
    }
    keep(write).await
}

async fn held(store: &Store, user: UserId) -> Result<Vec<(Role, bool)>, StoreError> {
    let all = grants::held(store.db(), user, CONTOSO).await?;
    let told = |grant: Grant| (grant.role, grant.scope == Scope::Organization);
    Ok(all.into_iter().map(told).collect())
}

#[tokio::test]
async fn roles_are_those_of_active_members_with_what_comes_with_them() -> Outcome {
    TestStore::each(async |store| {
        let (ada, ben) = (user(1, "Ada"), user(2, "Ben"));
        filled(store, &[ada.clone(), ben.clone()]).await?;
        assert_eq!(held(store, ada.id).await?, [(Role::DefaultUser, true)]);
        assert!(
            held(store, Id::from_u128(3)).await?.is_empty(),
            "a stranger"
        );

        let write = store.write().await?;
        let here = Scope::Locations([Id::from_u128(20)].into());
        let viewer = given(Role::ReportViewer, here);
        grants::give(&write, ada.id, CONTOSO, viewer.clone()).await?;
        let admin = given(Role::MpnPartnerAdmin, Scope::Organization);
        grants::give(&write, ben.id, CONTOSO, admin).await?;
        keep(write).await?;
        assert_eq!(held(store, ada.id).await?, [(Role::ReportViewer, false)]);
        let all = grants::given(store.db(), CONTOSO, &[ada.id, ben.id]).await?;
        assert_eq!(all[&ada.id], [viewer]);
        let both = [
            (Role::MpnPartnerAdmin, true),
            (Role::ExecutiveReportViewer, true),
        ];
        assert_eq!(held(store, ben.id).await?, both);
        assert!(grants::is_scope(store.db(), Id::from_u128(20)).await?);
        let one = [Role::MpnPartnerAdmin, Role::ReportViewer];
        let holders = grants::holders(store.db(), CONTOSO, &one).await?;
        assert_eq!(
            holders.into_keys().collect::<Vec<_>>(),
            [ben.id],
            "whole organization"
        );

        // The same role for the whole organization, and one that is withheld.
        let write = store.write().await?;
        let viewer = given(Role::ReportViewer, Scope::Organization);
        grants::give(&write, ada.id, CONTOSO, viewer).await?;
        members::set_withheld(&write, CONTOSO, ben.id, &[Role::ExecutiveReportViewer]).await?;
        keep(write).await?;
        assert_eq!(held(store, ada.id).await?, [(Role::ReportViewer, true)]);
        assert!(!grants::is_scope(store.db(), Id::from_u128(20)).await?);
        assert_eq!(held(store, ben.id).await?, both[..1]);

        let write = store.write().await?;
        members::set_deactivated(&write, CONTOSO, ben.id, Some((at(5), ada.id))).await?;
        keep(write).await?;
        assert!(held(store, ben.id).await?.is_empty());
        assert!(grants::of_user(store.db(), ben.id).await?.is_empty());
        assert!(
            grants::holders(store.db(), CONTOSO, &one)
                .await?
                .contains_key(&ada.id)
        );
        let known = members::by_id(store.db(), CONTOSO, ben.id).await?;
        let known = known.expect("a member");
        assert_eq!(known.deactivated_by, Some(ada.id));
        assert!(!known.is_active());

        let write = store.write().await?;
        members::set_deactivated(&write, CONTOSO, ben.id, None).await?;
        members::remove(&write, CONTOSO, ada.id, at(9)).await?;
        keep(write).await?;
        assert_eq!(held(store, ben.id).await?, both[..1]);
        assert!(held(store, ada.id).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_location_with_a_role_of_its_own_stays() -> Outcome {
    TestStore::each(async |store| {
        let ada = user(1, "Ada");
        filled(store, std::slice::from_ref(&ada)).await?;
        let write = store.write().await?;
        let here = Scope::Locations([Id::from_u128(20)].into());
        grants::give(&write, ada.id, CONTOSO, given(Role::ReportViewer, here)).await?;
        keep(write).await?;
        let write = store.write().await?;
        let contoso = organizations::lock(&write, CONTOSO).await?;
        let gone = organizations::remove_location(&write, &contoso, Id::from_u128(20)).await;
        assert!(gone.is_err(), "the role would hold nowhere, or everywhere");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn members_are_found_and_sorted_alike_and_page_by_page() -> Outcome {
    let names = [
        "Zoë", "ada", "Émile", "Ben", "ben", "Çelik", "100%_a", "Olga", "Åsa",
    ];
    TestStore::each(async |store| {
        let people: Vec<User> = (1..).zip(names).map(|(n, name)| user(n, name)).collect();
        filled(store, &people).await?;
        let write = store.write().await?;
        members::signed_in(&write, people[3].id, at(7)).await?;
        members::remove(&write, CONTOSO, people[4].id, at(9)).await?;
        keep(write).await?;
        let all = Query {
            words: Vec::new(),
            state: None,
            role: None,
            sort: Sort::Name,
            descending: false,
            after: None,
            limit: 3,
        };
        for (sort, descending) in [
            (Sort::Name, false),
            (Sort::Name, true),
            (Sort::Email, false),
            (Sort::SignedIn, true),
        ] {
            let whole = Query {
                sort,
                descending,
                limit: 100,
                ..all.clone()
            };
            let whole = members::list(store.db(), CONTOSO, &whole).await?;
            assert_eq!(whole.len(), names.len() - 1);
            let (mut pages, mut after) = (Vec::new(), None);
            loop {
                let query = Query {
                    sort,
                    descending,
                    after,
                    ..all.clone()
                };
                let page = members::list(store.db(), CONTOSO, &query).await?;
                let Some((key, last)) = page.last() else {
                    break;
                };
                after = Some((key.clone(), last.user));
                pages.extend(page);
            }
            assert_eq!(pages, whole, "{sort:?} {descending}");
        }
        let named = async |query: Query| -> Result<Vec<String>, StoreError> {
            let found = members::list(store.db(), CONTOSO, &query).await?;
            let count = members::count(store.db(), CONTOSO, &query).await?;
            assert!(count >= found.len() as u64);
            Ok(found.into_iter().map(|(_, one)| one.name).collect())
        };
        let order = named(Query {
            limit: 9,
            ..all.clone()
        });
        let sorted = [
            "100%_a", "ada", "Åsa", "Ben", "Çelik", "Émile", "Olga", "Zoë",
        ];
        assert_eq!(order.await?, sorted);
        let of_words = async |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            named(Query {
                words,
                ..all.clone()
            })
            .await
        };
        assert_eq!(of_words(&["ada"]).await?, ["ada"]);
        assert_eq!(of_words(&["%_"]).await?, ["100%_a"], "no pattern");
        assert_eq!(
            of_words(&["u4@", "be"]).await?,
            ["Ben"],
            "name or email, each"
        );
        assert!(of_words(&["ada", "ben"]).await?.is_empty());
        let gone = Query {
            state: Some(MemberState::Removed),
            ..all.clone()
        };
        assert_eq!(named(gone).await?, ["ben"]);
        let recent = Query {
            sort: Sort::SignedIn,
            descending: true,
            limit: 1,
            ..all.clone()
        };
        assert_eq!(named(recent).await?, ["Ben"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_address_has_one_open_invitation() -> Outcome {
    TestStore::each(async |store| {
        filled(store, &[user(1, "Ada")]).await?;
        let one = Invitation {
            id: Id::from_u128(100),
            organization: CONTOSO,
            email: "ines@contoso.example".to_owned(),
            grants: vec![Grant {
                role: Role::ReportViewer,
                scope: Scope::Locations([Id::from_u128(20)].into()),
            }],
            invited_by: Id::from_u128(1),
            invited_at: at(0),
            sent_at: at(0),
            expires_at: at(1_000),
            sendings: 1,
            state: InvitationState::Open,
            decided_at: None,
            decided_by: None,
        };
        let write = store.write().await?;
        invitations::insert(&write, &one).await?;
        keep(write).await?;
        let found = invitations::open(store.db(), CONTOSO, " Ines@CONTOSO.example");
        assert_eq!(found.await?.as_ref(), Some(&one));
        let another = Invitation {
            id: Id::from_u128(101),
            ..one.clone()
        };
        let write = store.write().await?;
        let twice = invitations::insert(&write, &another).await;
        assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
        drop(write);
        let write = store.write().await?;
        let declined = Invitation {
            state: InvitationState::Declined,
            decided_at: Some(at(5)),
            ..one.clone()
        };
        invitations::update(&write, &declined).await?;
        invitations::insert(&write, &another).await?;
        keep(write).await?;
        let all = invitations::list(store.db(), CONTOSO, None, 10).await?;
        assert_eq!(all, [another.clone(), declined]);
        let rest = invitations::list(store.db(), CONTOSO, Some(another.id), 10).await?;
        assert_eq!(rest.len(), 1);
        assert_eq!(invitations::count_open(store.db(), CONTOSO).await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn asking_twice_is_one_request() -> Outcome {
    TestStore::each(async |store| {
        filled(store, &[user(1, "Ada")]).await?;
        let one = Request {
            id: Id::from_u128(200),
            organization: CONTOSO,
            kind: RequestKind::Role,
            subject: "billing_admin".to_owned(),
            reason: "I pay the bills.".to_owned(),
            asked_by: Id::from_u128(1),
            asked_at: at(0),
            state: RequestState::Pending,
            decided_by: None,
            decided_at: None,
            note: String::new(),
        };
        let write = store.write().await?;
        requests::insert(&write, one.clone()).await?;
        keep(write).await?;
        let again = Request {
            id: Id::from_u128(201),
            ..one.clone()
        };
        let write = store.write().await?;
        let twice = requests::insert(&write, again.clone()).await;
        assert!(matches!(twice, Err(StoreError::Duplicate(_))), "{twice:?}");
        drop(write);
        let write = store.write().await?;
        let refused = Request {
            state: RequestState::Refused,
            note: "Not yet.".to_owned(),
            ..one.clone()
        };
        requests::update(&write, refused.clone()).await?;
        requests::insert(&write, again.clone()).await?;
        keep(write).await?;
        let all = requests::list(store.db(), CONTOSO, Wanted::default(), 9).await?;
        assert_eq!(all, [again.clone(), refused]);
        let pending = Wanted {
            kind: Some(RequestKind::Role),
            asked_by: Some(Id::from_u128(1)),
            subjects: &["billing_admin"],
            pending: true,
        };
        assert_eq!(
            requests::list(store.db(), CONTOSO, pending, 9).await?,
            [again]
        );
        Ok(())
    })
    .await
}
