use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::queue::LONGEST_LINE;
use super::*;
use crate::testing::{Failure, Outcome};

const MOMENT: Duration = Duration::from_millis(50);

impl std::convert::From<crate::http::problem::ApiError> for Failure {
    fn from(refused: crate::http::problem::ApiError) -> Self {
        Self(format!("{refused:?}"))
    }
}

fn turns(waiting: Duration, reading: Duration) -> Arc<Turns> {
    let settings = Settings {
        waiting,
        reading,
        ..Settings::default()
    };
    let mut turns = Turns::new(&settings);
    // As on two processors.
    turns.files.all = Arc::new(Semaphore::new(1));
    Arc::new(turns)
}

fn patient() -> Arc<Turns> {
    turns(Duration::from_secs(60), Duration::from_secs(60))
}

/// A file whose reading ends when its sender is dropped; what it says meanwhile is in the list.
fn file(
    turns: &Arc<Turns>,
    organization: u128,
    read: &Arc<Mutex<Vec<u128>>>,
) -> (mpsc::Sender<()>, tokio::task::JoinHandle<Answer<()>>) {
    let (end, ended) = mpsc::channel();
    let (turns, read) = (Arc::clone(turns), Arc::clone(read));
    let work = async move {
        let id = OrganizationId::from_u128(organization);
        let place = turns.place(id, DateTime::UNIX_EPOCH).await?;
        let work = move |_: &Watch| {
            if let Ok(mut read) = read.lock() {
                read.push(organization);
            }
            // It is dropped: that is the end.
            let _ = ended.recv();
        };
        turns.files.run(place, work).await.map(|_| ())
    };
    (end, tokio::spawn(work))
}

#[tokio::test]
async fn many_files_of_one_delay_anothers_by_one() -> Outcome {
    let (turns, read) = (patient(), Arc::default());
    let mut files: Vec<_> = (0..8).map(|_| file(&turns, 1, &read)).collect();
    sleep(MOMENT).await;
    files.insert(1, file(&turns, 2, &read));
    files.insert(2, file(&turns, 3, &read));
    sleep(MOMENT).await;
    for (end, done) in files {
        drop(end);
        done.await?.map_err(Failure::from)?;
    }
    let read = read.lock().map(|read| read.clone()).unwrap_or_default();
    assert_eq!(read[..3], [1, 2, 3]);
    assert_eq!(read.len(), 10);
    Ok(())
}

#[tokio::test]
async fn one_organization_has_one_turn() -> Outcome {
    let mut turns = Turns::new(&Settings::default());
    turns.files.all = Arc::new(Semaphore::new(4));
    let (turns, read) = (Arc::new(turns), Arc::default());
    let files: Vec<_> = [1, 1, 1, 2].map(|of| file(&turns, of, &read)).into();
    sleep(MOMENT).await;
    assert_eq!(read.lock().map(|read| read.len()).ok(), Some(2));
    for (end, done) in files {
        drop(end);
        done.await?.map_err(Failure::from)?;
    }
    Ok(())
}

#[tokio::test]
async fn one_organization_never_has_every_turn_to_look() -> Outcome {
    let turns = Turns::new(&Settings::default());
    let turn = async |organization| {
        let place = turns
            .looks
            .place(OrganizationId::from_u128(organization))
            .await?;
        turns.looks.turn(place).await
    };
    let mut held = Vec::new();
    while let Ok(one) = timeout(MOMENT, turn(1)).await {
        held.push(one?);
    }
    assert!(!held.is_empty());
    timeout(MOMENT, turn(2)).await??;
    Ok(())
}

#[tokio::test]
async fn work_keeps_its_turn_until_it_ends_and_is_told_when_nobody_waits() -> Outcome {
    let turns = patient();
    let place = turns.files.place(OrganizationId::from_u128(1)).await?;
    let (begins, begun) = mpsc::channel();
    let (end, ended) = mpsc::channel::<()>();
    let work = move |watch: &Watch| {
        let _ = begins.send(watch.clone());
        let _ = ended.recv();
    };
    let client = tokio::spawn({
        let turns = Arc::clone(&turns);
        async move { turns.files.run(place, work).await.map(|_| ()) }
    });
    let watch = tokio::task::spawn_blocking(move || begun.recv()).await??;
    assert!(watch.goes_on());
    client.abort();
    assert!(client.await.is_err());
    assert!(!watch.goes_on(), "its client is gone");
    assert_eq!(turns.files.all.available_permits(), 0, "it still runs");
    let other = turns.files.place(OrganizationId::from_u128(2)).await?;
    let early = timeout(MOMENT, turns.files.run(other, |_| ())).await;
    assert!(early.is_err(), "its turn is not free");
    drop(end);
    let other = turns.files.place(OrganizationId::from_u128(2)).await?;
    turns.files.run(other, |_| ()).await?;
    turns.files.place(OrganizationId::from_u128(1)).await?;
    Ok(())
}

#[tokio::test]
async fn work_that_takes_too_long_is_told_and_refused() -> Outcome {
    let turns = turns(Duration::from_secs(60), MOMENT);
    let place = turns.files.place(OrganizationId::from_u128(1)).await?;
    let work = |watch: &Watch| {
        while watch.goes_on() {
            std::thread::sleep(MOMENT / 10);
        }
    };
    let refused = turns.files.run(place, work).await.map(|_| ());
    let told = format!("{refused:?}");
    assert!(told.contains("422") && told.contains("too_slow"), "{told}");
    assert!(told.contains("0.05 seconds"), "{told}");
    // It has stopped, or there would be no end of this.
    let place = turns.files.place(OrganizationId::from_u128(1)).await?;
    turns.files.run(place, |_| ()).await?;
    Ok(())
}

#[tokio::test]
async fn who_waits_too_long_or_behind_too_many_is_told_when_to_try_again() -> Outcome {
    let turns = turns(MOMENT, Duration::from_secs(60));
    let first = turns.files.place(OrganizationId::from_u128(1)).await?;
    let refused = turns
        .files
        .place(OrganizationId::from_u128(1))
        .await
        .map(|_| ());
    let told = format!("{refused:?}");
    assert!(
        told.contains("503") && told.contains("retry-after"),
        "{told}"
    );
    assert!(
        told.contains("Other requests of this organization"),
        "{told}"
    );
    let all = turns.files.take_all()?;
    let other = turns.files.place(OrganizationId::from_u128(2)).await?;
    let refused = turns.files.turn(other).await.map(|_| ());
    let told = format!("{refused:?}");
    assert!(told.contains("other requests"), "{told}");
    drop(all);

    let many = (1..LONGEST_LINE).map(|_| turns.files.place(OrganizationId::from_u128(1)));
    let waiting = futures_util::future::join_all(many);
    let late = async {
        sleep(MOMENT / 10).await;
        turns
            .files
            .place(OrganizationId::from_u128(1))
            .await
            .map(|_| ())
    };
    let (_, refused) = tokio::join!(waiting, late);
    let told = format!("{refused:?}");
    assert!(
        told.contains("429") && told.contains("retry-after"),
        "{told}"
    );
    turns.files.place(OrganizationId::from_u128(2)).await?;
    drop(first);
    turns.files.place(OrganizationId::from_u128(1)).await?;
    turns.files.place(OrganizationId::from_u128(3)).await?;
    let known = turns.files.lines.lock().map(|lines| lines.len());
    assert!(known.is_ok_and(|known| known <= 2), "lines are forgotten");
    Ok(())
}

#[tokio::test]
async fn an_organization_has_its_quota() -> Outcome {
    let turns = Turns::new(&Settings {
        imports: crate::app::imports_an_hour(3),
        ..Settings::default()
    });
    let at = |minutes| DateTime::UNIX_EPOCH + chrono::Duration::minutes(minutes);
    let (one, other) = (OrganizationId::from_u128(1), OrganizationId::from_u128(2));
    for _ in 0..3 {
        turns.place(one, at(0)).await?;
    }
    let refused = turns.place(one, at(0)).await.map(|_| ());
    let told = format!("{refused:?}");
    assert!(told.contains("again in 1200 seconds"), "{told}");
    let response = axum::response::IntoResponse::into_response(refused.err().ok_or("too many")?);
    assert_eq!(response.status(), axum::http::StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "1200");
    turns.place(other, at(0)).await?;
    turns.place(one, at(20)).await?;
    Ok(())
}
