use std::io;
use std::time::Instant;

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

use super::*;
use crate::testing::Outcome;

const MOMENT: Duration = Duration::from_millis(300);

/// A server of its own, with what stops it.
async fn serving(limits: Limits) -> io::Result<(SocketAddr, oneshot::Sender<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/", get(async || "well"))
        .route("/large", get(async || "x".repeat(64 * 1024 * 1024)));
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        let _ = stopped.await;
    };
    tokio::spawn(serve(listener, router, limits, stopped, MOMENT));
    Ok((address, stop))
}

/// What comes until the server closes, or nothing more for some time.
async fn heard(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let _ = tokio::time::timeout(MOMENT, stream.read_to_end(&mut text)).await;
    String::from_utf8_lossy(&text).into_owned()
}

async fn asked(address: SocketAddr, head: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(head.as_bytes()).await?;
    Ok(heard(&mut stream).await)
}

/// How long it takes until the server closes.
async fn closed_after(mut stream: TcpStream) -> Duration {
    let start = Instant::now();
    let mut rest = Vec::new();
    let end = stream.read_to_end(&mut rest);
    let _ = tokio::time::timeout(20 * MOMENT, end).await;
    start.elapsed()
}

#[tokio::test]
async fn heads_are_limited_in_size_and_number() -> Outcome {
    let (address, _stop) = serving(Limits::default()).await?;
    let ask = async |headers: String| {
        asked(
            address,
            &format!("GET / HTTP/1.1\r\nhost: a\r\n{headers}\r\n"),
        )
        .await
    };
    assert!(ask(String::new()).await?.contains("200 OK"));
    let many = |count: usize| (0..count).map(|at| format!("x-{at}: y\r\n")).collect();
    assert!(ask(many(HEADERS - 1)).await?.contains("200 OK"));
    assert!(ask(many(HEADERS + 1)).await?.contains("431"));
    let long = |size: usize| format!("cookie: {}\r\n", "y".repeat(size));
    assert!(ask(long(HEAD / 2)).await?.contains("200 OK"));
    assert!(ask(long(2 * HEAD)).await?.contains("431"));
    Ok(())
}

#[tokio::test]
async fn slow_heads_and_idle_connections_are_closed() -> Outcome {
    let limits = Limits {
        idle: 2 * MOMENT,
        ..Limits::default()
    };
    let (address, _stop) = serving(limits).await?;
    let start = Instant::now();
    let mut dripping = TcpStream::connect(address).await?;
    // Bit by bit, so that the connection is never idle.
    for byte in b"GET / HTTP/1.1\r\nhost: a\r\nx: ".iter().cycle().take(100) {
        if dripping.write_all(&[*byte]).await.is_err() {
            break;
        }
        tokio::time::sleep(MOMENT / 10).await;
        if start.elapsed() > 10 * MOMENT {
            break;
        }
    }
    assert!(start.elapsed() < 10 * MOMENT, "a slow head is given up");

    let silent = TcpStream::connect(address).await?;
    assert!(closed_after(silent).await < 10 * MOMENT);
    let mut kept = TcpStream::connect(address).await?;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await?;
    let waited = closed_after(kept).await;
    assert!(waited > MOMENT && waited < 10 * MOMENT, "{waited:?}");
    Ok(())
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_let_go() -> Outcome {
    let limits = Limits {
        connections: 1,
        stalled: MOMENT,
        ..Limits::default()
    };
    let (address, _stop) = serving(limits).await?;
    let mut stalling = TcpStream::connect(address).await?;
    stalling
        .write_all(b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n")
        .await?;
    // There is one connection: this one waits, and has an answer because the other is gone.
    let head = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let mut next = TcpStream::connect(address).await?;
    next.write_all(head.as_bytes()).await?;
    let mut answer = String::new();
    tokio::time::timeout(20 * MOMENT, next.read_to_string(&mut answer)).await??;
    assert!(answer.contains("200 OK"), "{answer}");
    drop(stalling);
    Ok(())
}

#[tokio::test]
async fn connections_are_limited_in_all_and_for_each_client() -> Outcome {
    let head = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    let limits = Limits {
        connections: 3,
        of_client: Some(2),
        ..Limits::default()
    };
    let (address, _stop) = serving(limits).await?;
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(head.as_bytes()).await?;
        assert!(heard(&mut stream).await.contains("200 OK"));
        kept.push(stream);
    }
    let refused = asked(address, head).await.unwrap_or_default();
    assert_eq!(refused, "", "a third one is closed at once");
    kept.pop();
    // The server hears of it in its own time.
    let next = async {
        while !asked(address, head)
            .await
            .is_ok_and(|answer| answer.contains("200 OK"))
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(20 * MOMENT, next).await?;

    let limits = Limits {
        connections: 1,
        of_client: None,
        ..Limits::default()
    };
    let (address, _stop) = serving(limits).await?;
    let mut first = TcpStream::connect(address).await?;
    first.write_all(head.as_bytes()).await?;
    assert!(heard(&mut first).await.contains("200 OK"));
    let mut second = TcpStream::connect(address).await?;
    second.write_all(head.as_bytes()).await?;
    assert_eq!(heard(&mut second).await, "", "it waits");
    drop(first);
    assert!(heard(&mut second).await.contains("200 OK"));
    Ok(())
}

#[tokio::test]
async fn it_stops_when_told_though_connections_are_kept() -> Outcome {
    let (address, stop) = serving(Limits::default()).await?;
    let mut kept = TcpStream::connect(address).await?;
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await?;
    assert!(heard(&mut kept).await.contains("200 OK"));
    drop(stop);
    assert!(closed_after(kept).await < 10 * MOMENT);
    assert!(TcpStream::connect(address).await.is_err());
    Ok(())
}
