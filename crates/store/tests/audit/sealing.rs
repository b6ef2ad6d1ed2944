//! Sealing: each entry once, whoever does it and whatever ends it.

use super::*;

#[tokio::test]
async fn each_organization_has_a_chain_and_so_has_what_is_nobodys() -> Outcome {
    TestStore::each(async |store| {
        for number in 1..=6 {
            let organization = CONTOSO.filter(|_| number % 2 == 0);
            told(
                store,
                Entry {
                    organization,
                    ..entry(number)
                },
            )
            .await?;
        }
        assert_eq!(audit::seal_of(store, CONTOSO).await?, 3);
        assert_eq!(audit::head(store.db(), None).await?, None);
        assert_eq!(audit::seal(store).await?, 3);
        assert_eq!(audit::seal(store).await?, 0, "sealed already");
        for of in [CONTOSO, None] {
            let lines = export(store, of).await?;
            let head = verified(&lines).ok();
            assert_eq!((lines.len(), head), (3, audit::head(store.db(), of).await?));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_servers_seal_each_entry_once() -> Outcome {
    TestStore::each_pair(async |one, another| {
        for round in 0..3 {
            for number in 1..=20 {
                told(one, entry(100 * round + number)).await?;
            }
            let both = [one.clone(), another.clone()];
            let both = both.map(|store| tokio::spawn(async move { audit::seal(&store).await }));
            let mut sealed = 0;
            for one in both {
                sealed += one.await.map_err(|_| StoreError::NotFound("task"))??;
            }
            assert_eq!(sealed, 20);
        }
        let head = verified_in(one).await?.expect("a whole chain");
        assert_eq!(head.position, 60);
        Ok(())
    })
    .await
}

/// More than go into one transaction, of which the second is undone.
#[tokio::test]
async fn a_sealer_that_is_killed_leaves_nothing_half_done() -> Outcome {
    TestStore::each(async |store| {
        let write = store.write().await?;
        for number in 1..=600 {
            write.tell(entry(number)).await?;
        }
        write.commit(entry(601)).await?;
        store.faults().overtake(1);
        assert!(audit::seal(store).await.is_err());
        assert_eq!(audit::head(store.db(), CONTOSO).await?, None);
        assert_eq!(audit::seal(store).await?, 601);
        let head = verified_in(store).await?.map(|head| head.position);
        assert_eq!(head, Ok(601));
        Ok(())
    })
    .await
}

/// As many chains as go into two transactions, and one whose head somebody made unreadable.
#[tokio::test]
async fn a_chain_that_cannot_be_sealed_stops_no_other() -> Outcome {
    TestStore::each(async |store| {
        let of = |number: u128| Some(OrganizationId::from_u128(1_000 + number));
        let chains = 70;
        for round in 0..2 {
            let write = store.write().await?;
            for number in 1..=chains {
                let organization = of(number);
                let new = entry(round * 100 + number);
                write
                    .tell(Entry {
                        organization,
                        ..new
                    })
                    .await?;
            }
            write.commit(entry(round * 100 + 99)).await?;
            if round == 0 {
                assert_eq!(audit::seal(store).await?, 71);
            }
        }
        let broken = of(7).map(|id| id.to_string()).unwrap_or_default();
        let spoil = "UPDATE audit_heads SET hash = 'unreadable' WHERE organization_id";
        execute(store, &format!("{spoil} = '{broken}'")).await?;
        assert!(audit::seal(store).await.is_err(), "that one is told");
        for number in 1..=chains {
            let head = audit::head(store.db(), of(number)).await?;
            let position = head.map(|head| head.position);
            assert_eq!(position, Some(if number == 7 { 1 } else { 2 }), "{number}");
        }
        let head = verified_in(store).await?.map(|head| head.position);
        assert_eq!(head, Ok(2));
        Ok(())
    })
    .await
}

/// An entry can be committed after one that got its id later. SQLite has one writer, and then an
/// entry of another server is only begun late.
#[tokio::test]
async fn what_is_committed_late_is_sealed_late() -> Outcome {
    TestStore::each(async |store| {
        let slow = match store.db().get_database_backend() {
            DbBackend::Postgres => Some(store.write().await?),
            _ => None,
        };
        if let Some(slow) = &slow {
            slow.tell(entry(1)).await?;
        }
        told(store, entry(2)).await?;
        assert_eq!(audit::seal(store).await?, 1);
        match slow {
            Some(slow) => slow.commit(entry(3)).await?,
            None => {
                told(store, entry(1)).await?;
                told(store, entry(3)).await?;
            }
        }
        assert_eq!(audit::seal(store).await?, 2);
        let lines = export(store, CONTOSO).await?;
        assert!(verified(&lines).is_ok());
        let order = [2, 1, 3].map(|number| format!("\"subject\":\"{number}\""));
        let is_in_order = lines.iter().zip(order).all(|(line, is)| line.contains(&is));
        assert!(is_in_order, "{lines:?}");
        Ok(())
    })
    .await
}

/// As it comes from a server of the version before, and from somebody's hands.
#[tokio::test]
async fn an_entry_of_an_older_server_is_sealed_too() -> Outcome {
    TestStore::each(async |store| {
        let (id, of) = (Id::<()>::from_u128(1), Id::<()>::from_u128(10));
        let insert = format!(
            "INSERT INTO audit_entries (id, at, user_id, organization_id, action, subject, detail, \
             request_id) VALUES ('{id}', '2026-01-01T00:00:00+00:00', '{id}', '{of}', 'what.else', \
             'x', '{{\"b\": 1, \"a\": 2}}', '')"
        );
        execute(store, &insert).await?;
        assert_eq!(audit::seal(store).await?, 1);
        let lines = export(store, CONTOSO).await?;
        assert!(lines[0].contains(r#""detail":{"a":2,"b":1}"#), "{lines:?}");
        assert!(verified(&lines).is_ok());
        Ok(())
    })
    .await
}

/// As it is on PostgreSQL where another role owns the tables.
#[tokio::test]
async fn a_role_that_owns_nothing_seals_and_erases_and_no_more() -> Outcome {
    TestStore::as_application(async |application, _| {
        filled(application, 2).await?;
        let write = application.write().await?;
        assert_eq!(audit::erase(&write, INES).await?, 4);
        write.commit(entry(3)).await?;
        for statement in [
            "UPDATE audit_links SET hash = 'x'",
            "DELETE FROM audit_links",
            "DELETE FROM audit_heads",
            "UPDATE audit_personal SET value = 'x'",
            "DROP TRIGGER audit_entries_pend ON audit_entries",
        ] {
            let said = execute(application, statement).await.err();
            let said = said.map(|error| error.to_string()).unwrap_or_default();
            let denied = said.contains("permission denied") || said.contains("must be owner");
            assert!(denied, "{statement}: {said:?}");
        }
        let head = verified_in(application).await?.expect("a whole chain");
        assert_eq!(head.position, 2);
        Ok(())
    })
    .await
}
