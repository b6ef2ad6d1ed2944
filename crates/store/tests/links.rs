//! One-time links, on every database.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Duration, Utc};
use membership_domain::Id;
use membership_domain::link::{LinkEnded, LinkPurpose, LinkState, LinkTerm};
use membership_store::links::{self, Link, Used};
use membership_store::testing::TestStore;
use membership_store::{Store, StoreError, Write, audit};

type Outcome = Result<(), StoreError>;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::minutes(minutes)
}

fn link(number: u128, subject: &str) -> Link {
    Link {
        id: Id::from_u128(number),
        purpose: LinkPurpose::PasswordReset,
        user: None,
        organization: None,
        email: "ines@contoso.example".to_owned(),
        subject: subject.to_owned(),
        issued_at: at(0),
        term: LinkTerm::until(at(60)),
    }
}

async fn commit(write: Write) -> Outcome {
    static ENTRIES: AtomicU64 = AtomicU64::new(1);
    let number = ENTRIES.fetch_add(1, Ordering::Relaxed);
    let (action, salt) = (audit::Action::ClockSet, audit::Salt::of([0; 32]));
    let entry = audit::Entry::of(Id::from_u128(number.into()), at(0), action, "", salt);
    write.commit(entry).await
}

async fn issue(store: &Store, link: Link, tokens: &[&str]) -> Outcome {
    let write = store.write().await?;
    let id = link.id;
    links::issue(&write, link).await?;
    for token in tokens {
        links::add_token(write.tx(), id, (*token).to_owned()).await?;
    }
    commit(write).await
}

async fn use_up(store: &Store, token: &str, minutes: i64) -> Result<Used, StoreError> {
    let write = store.write().await?;
    let used = links::use_up(&write, token, LinkPurpose::PasswordReset, at(minutes)).await?;
    commit(write).await?;
    Ok(used)
}

async fn state(store: &Store, token: &str, minutes: i64) -> Result<LinkState, StoreError> {
    let found = links::by_hash(store.db(), token).await?;
    Ok(found.expect("a link").term.state(at(minutes)))
}

#[tokio::test]
async fn each_token_of_a_link_opens_it_until_one_was_used() -> Outcome {
    TestStore::each(async |store| {
        issue(store, link(1, "a"), &["one", "two"]).await?;
        let found = links::by_hash(store.db(), "one").await?.expect("a link");
        assert_eq!((found.id, &found), (Id::from_u128(1), &link(1, "a")));
        assert_eq!(state(store, "two", 59).await?, LinkState::Issued);
        let Used::Now(used) = use_up(store, "two", 5).await? else {
            panic!("it was not used");
        };
        assert_eq!((used.id, used.term.used_at), (found.id, Some(at(5))));
        for token in ["one", "two"] {
            let again = use_up(store, token, 6).await?;
            let ended = LinkEnded(LinkState::Used);
            assert!(
                matches!(again, Used::Ended(_, why) if why == ended),
                "{token}"
            );
            assert_eq!(state(store, token, 600).await?, LinkState::Used);
        }
        assert_eq!(use_up(store, "three", 6).await?, Used::Unknown);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_newer_one_revokes_those_before_it_of_its_purpose_and_subject() -> Outcome {
    TestStore::each(async |store| {
        let other = Link {
            purpose: LinkPurpose::Invitation,
            ..link(3, "a")
        };
        issue(store, link(1, "a"), &["one"]).await?;
        issue(store, link(2, "b"), &["two"]).await?;
        issue(store, other, &["three"]).await?;
        issue(store, link(4, "a"), &["four"]).await?;
        let ended = LinkEnded(LinkState::Revoked);
        let used = use_up(store, "one", 1).await?;
        assert!(matches!(used, Used::Ended(_, why) if why == ended));
        assert!(matches!(use_up(store, "two", 1).await?, Used::Now(_)));
        // Of another purpose it is no link, and stays what it is.
        assert_eq!(use_up(store, "three", 1).await?, Used::Unknown);
        assert_eq!(state(store, "three", 1).await?, LinkState::Issued);

        let write = store.write().await?;
        let purpose = LinkPurpose::PasswordReset;
        assert_eq!(links::revoke(&write, purpose, "a", at(2)).await?, 1);
        assert_eq!(links::revoke(&write, purpose, "a", at(2)).await?, 0);
        commit(write).await?;
        assert_eq!(state(store, "four", 3).await?, LinkState::Revoked);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_expired_one_stays_expired() -> Outcome {
    TestStore::each(async |store| {
        issue(store, link(1, "a"), &["one"]).await?;
        let ended = LinkEnded(LinkState::Expired);
        let used = use_up(store, "one", 60).await?;
        assert!(matches!(used, Used::Ended(_, why) if why == ended));
        let newer = Link {
            issued_at: at(61),
            term: LinkTerm::until(at(120)),
            ..link(2, "a")
        };
        issue(store, newer, &["two"]).await?;
        assert_eq!(state(store, "one", 61).await?, LinkState::Expired);
        assert_eq!(state(store, "two", 61).await?, LinkState::Issued);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_two_servers_one_uses_it() -> Outcome {
    TestStore::each_pair(async |one, another| {
        for number in 1..20_u128 {
            let token = number.to_string();
            issue(one, link(number, &token), &[&token]).await?;
            let both = tokio::join!(use_up(one, &token, 1), use_up(another, &token, 1));
            let now = [both.0?, both.1?];
            let now = now.iter().filter(|used| matches!(used, Used::Now(_)));
            assert_eq!(now.count(), 1);
        }
        Ok(())
    })
    .await
}
