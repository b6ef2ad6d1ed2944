//! Second factors and what organizations ask for, on every database.

use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::evidence::Verification;
use membership_domain::id::{OrganizationId, UserId};
use membership_store::organizations::{self, Organization};
use membership_store::testing::TestStore;
use membership_store::users::{self, User};
use membership_store::{Store, StoreError, Write, audit, second_factors, sign_in_policy};

type Outcome = Result<(), StoreError>;

const INES: UserId = Id::from_u128(1);
const CONTOSO: OrganizationId = Id::from_u128(10);

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::minutes(minutes)
}

async fn commit(write: Write, number: u128) -> Outcome {
    let (action, salt) = (audit::Action::ClockSet, audit::Salt::of([0; 32]));
    let entry = audit::Entry::of(Id::from_u128(number), at(0), action, "", salt);
    write.commit(entry).await
}

async fn seed(store: &Store) -> Outcome {
    let write = store.write().await?;
    let user = User {
        id: INES,
        email: "ines@contoso.example".to_owned(),
        name: "Ines Duarte".to_owned(),
        password_hash: String::new(),
        created_at: at(0),
        disabled_at: None,
    };
    users::insert(&write, user).await?;
    let contoso = Organization {
        id: CONTOSO,
        partner_id: "1000001".to_owned(),
        name: "Contoso".to_owned(),
        country: "PT".to_owned(),
        address: None,
        contact: None,
        verification: Verification::Accepted,
        pending: Vec::new(),
        revision: 1,
        created_at: at(0),
    };
    organizations::insert(&write, contoso).await?;
    commit(write, 1).await
}

#[tokio::test]
async fn it_counts_once_it_is_confirmed_until_it_is_removed() -> Outcome {
    TestStore::each(async |store| {
        seed(store).await?;
        let write = store.write().await?;
        for secret in ["FIRST", "SECOND"] {
            second_factors::begin(&write, INES, secret.to_owned(), at(0)).await?;
            assert_eq!(second_factors::confirmed(write.tx(), INES).await?, None);
        }
        let begun = second_factors::of_user(write.tx(), INES).await?;
        assert_eq!(begun.map(|one| one.secret), Some("SECOND".to_owned()));
        second_factors::confirm(&write, INES, at(1)).await?;
        let hashes = ["a", "b"].map(str::to_owned);
        second_factors::set_recovery_codes(&write, INES, &hashes).await?;
        commit(write, 2).await?;

        let known = second_factors::confirmed(store.db(), INES).await?;
        let known = known.expect("it counts");
        assert_eq!((known.confirmed_at, known.last_step), (Some(at(1)), 0));
        assert!(!format!("{known:?}").contains("SECOND"));

        let write = store.write().await?;
        assert!(second_factors::remove(&write, INES).await?);
        assert!(!second_factors::remove(&write, INES).await?);
        let left = second_factors::recovery_codes_left(write.tx(), INES).await?;
        assert_eq!(left, 0);
        commit(write, 3).await
    })
    .await
}

/// Uses a code of this step. Whether it worked.
async fn take_step(store: &Store, step: i64, number: u128) -> Result<bool, StoreError> {
    let write = store.write().await?;
    let taken = second_factors::take_step(&write, INES, step).await?;
    commit(write, number).await?;
    Ok(taken)
}

async fn take_code(store: &Store, hash: &str, number: u128) -> Result<bool, StoreError> {
    let write = store.write().await?;
    let taken = second_factors::take_recovery_code(&write, INES, hash, at(2)).await?;
    commit(write, number).await?;
    Ok(taken)
}

#[tokio::test]
async fn each_code_works_once_on_one_of_two_servers() -> Outcome {
    TestStore::each_pair(async |one, another| {
        seed(one).await?;
        let write = one.write().await?;
        second_factors::begin(&write, INES, "SECRET".to_owned(), at(0)).await?;
        let hashes: Vec<String> = (0..10).map(|number| format!("code {number}")).collect();
        second_factors::set_recovery_codes(&write, INES, &hashes).await?;
        commit(write, 2).await?;
        for number in 0..10_u128 {
            let step = 100 + i64::try_from(number).unwrap_or(0);
            let key = 10 + number * 4;
            let both = tokio::join!(take_step(one, step, key), take_step(another, step, key + 1));
            assert_ne!(both.0?, both.1?, "one of two");
            let hash = format!("code {number}");
            let both = tokio::join!(
                take_code(one, &hash, key + 2),
                take_code(another, &hash, key + 3)
            );
            assert_ne!(both.0?, both.1?, "one of two");
        }
        assert!(!take_step(one, 50, 90).await?, "an older one");
        assert!(!take_code(one, "another", 91).await?);
        let left = second_factors::recovery_codes_left(one.db(), INES).await?;
        assert_eq!(left, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_an_organization_asks_for_outlives_its_other_changes() -> Outcome {
    TestStore::each(async |store| {
        seed(store).await?;
        let asks = sign_in_policy::admins_need_second_factor;
        assert!(!asks(store.db(), CONTOSO).await?);
        let write = store.write().await?;
        let set = sign_in_policy::set_admins_need_second_factor;
        assert!(set(&write, CONTOSO, true).await?);
        assert!(!set(&write, CONTOSO, true).await?, "nothing new");
        let contoso = organizations::by_id(write.tx(), CONTOSO).await?;
        organizations::update(&write, contoso.expect("it is there")).await?;
        commit(write, 2).await?;
        assert!(asks(store.db(), CONTOSO).await?);
        let nobody = asks(store.db(), Id::nil()).await;
        assert!(matches!(nobody, Err(StoreError::NotFound(_))));
        Ok(())
    })
    .await
}
