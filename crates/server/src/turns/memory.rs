//! Bodies that hardly come, and answers that hardly go, keep nobody else waiting.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequest, Request};
use futures_util::stream::{self, Stream, StreamExt};
use membership_domain::id::UserId;
use membership_store::sessions::Session;
use membership_store::users::User;
use tokio::time::{Instant, sleep, timeout};

use super::*;
use crate::guard::Asker;
use crate::http::body::File;
use crate::http::observe::RequestId;
use crate::sessions::Caller;
use crate::testing::Outcome;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const MOMENT: Duration = Duration::from_secs(1);

/// Somebody in an organization of their own.
fn member(number: u128) -> Member {
    let id = UserId::from_u128(number);
    let user = User {
        id,
        email: String::new(),
        name: String::new(),
        password_hash: String::new(),
        created_at: NOW,
        disabled_at: None,
    };
    let session = Session {
        token_hash: String::new(),
        user: id,
        created_at: NOW,
        seen_at: NOW,
        expires_at: NOW,
        proved_at: None,
        device: None,
        address: None,
    };
    Member {
        by: Asker::Person(Caller { user, session }),
        organization: OrganizationId::from_u128(number),
        grants: Vec::new(),
        request_id: RequestId(String::new()),
    }
}

/// A file that says nothing of its size: so many bytes at once, and then one every 29 seconds.
async fn dripping(begin: usize) -> Answer<Unread> {
    let drops = stream::repeat(()).then(async |()| {
        sleep(Duration::from_secs(29)).await;
        Bytes::from_static(b"x")
    });
    sent(stream::once(async move { Bytes::from(vec![b'x'; begin]) }).chain(drops)).await
}

async fn sent(pieces: impl Stream<Item = Bytes> + Send + 'static) -> Answer<Unread> {
    let body = Body::from_stream(pieces.map(Ok::<_, Infallible>));
    let request = Request::post("/").header(axum::http::header::CONTENT_TYPE, "text/csv");
    let request = request
        .body(body)
        .map_err(crate::http::problem::ApiError::internal)?;
    Ok(File::from_request(request, &()).await?.0)
}

#[tokio::test(start_paused = true)]
async fn a_body_takes_the_room_that_arrived() -> Outcome {
    let turns = Arc::new(Turns::new(&Settings::default()));
    let mut slow = Vec::new();
    for number in 0..8 {
        let (turns, body) = (Arc::clone(&turns), dripping(3 * STEP).await?);
        let receive = async move { turns.receive(&member(number), NOW, body).await.map(|_| ()) };
        slow.push(tokio::spawn(receive));
    }
    let begin = Instant::now();
    sleep(MOMENT).await;
    let taken = BODIES - turns.bodies.left();
    assert_eq!(taken, 8 * 4 * STEP / 1024, "what came, and what comes next");
    let large = sent(stream::iter(vec![Bytes::from(vec![b'x'; STEP]); 32])).await?;
    let received = timeout(MOMENT, turns.receive(&member(9), NOW, large)).await?;
    assert_eq!(received?.1.len(), 32 * STEP);
    for slow in slow {
        let refused = format!("{:?}", slow.await?);
        assert!(refused.contains("408"), "{refused}");
    }
    assert!(
        begin.elapsed() < Duration::from_secs(50),
        "at the first part that stalls"
    );
    assert_eq!(turns.bodies.left(), BODIES, "all is given back");
    Ok(())
}

#[tokio::test]
async fn a_body_has_its_size_and_not_a_byte_more() -> Outcome {
    let turns = Turns::new(&Settings::default());
    for (size, fits) in [(0, true), (32 * STEP, true), (32 * STEP + 1, false)] {
        let body = sent(stream::iter([Bytes::from(vec![b'x'; size])])).await?;
        let received = turns.receive(&member(1), NOW, body).await;
        let told = format!("{:?}", received.as_ref().map(|(_, bytes)| bytes.len()));
        assert!(told.contains(if fits { "Ok" } else { "413" }), "{told}");
    }
    Ok(())
}

#[tokio::test]
async fn large_answers_share_their_memory_until_they_are_sent() -> Outcome {
    let mut turns = Turns::new(&Settings::default());
    turns.sent = Room::new(2 * 1024, MOMENT);
    let place = async |number| turns.answers.place(OrganizationId::from_u128(number)).await;
    let large = || vec![b'x'; 2 * STEP];
    let body = turns.send(place(1).await?, large())?;
    let refused = turns.send(place(2).await?, large()).map(|_| ());
    let told = format!("{refused:?}");
    assert!(
        told.contains("503") && told.contains("retry-after"),
        "{told}"
    );
    drop(turns.send(place(2).await?, vec![b'x'; SMALL])?);
    // What was written is told, because it was.
    drop(turns.tell(place(2).await?, large()));
    drop(body);
    drop(turns.send(place(2).await?, large())?);
    Ok(())
}
