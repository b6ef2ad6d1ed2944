//! Connections: how many there may be, how large a request's head, and how long a client may keep
//! us waiting. What happens within a request is limited by its route.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::client::Client;
use super::under_way::UnderWay;

/// The most headers of a request: browsers send two dozen, proxies add a few.
const HEADERS: usize = 64;

/// The largest head of a request in bytes: cookies and the longest address of a page with room.
const HEAD: usize = 32 * 1024;

/// After an error of the system that is about no single connection, such as no file handle left.
const PAUSE: Duration = Duration::from_secs(1);

/// What connections may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many at a time; others wait in the system's queue.
    pub connections: usize,
    /// So many at a time of one client address (of IPv6, its network); others are closed at once.
    /// `None` behind a proxy, whose own they all are: there requests are counted instead.
    pub of_client: Option<usize>,
    /// A connection on which no whole head of a request comes for so long is closed: one that is
    /// kept for later, and one that sends its head bit by bit.
    pub idle: Duration,
    /// A connection that takes nothing of its answer for so long is closed.
    pub stalled: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Half of the 1,024 files that a process may usually open.
            connections: 512,
            of_client: Some(64),
            idle: Duration::from_secs(30),
            stalled: Duration::from_secs(30),
        }
    }
}

/// Serves until `stop`, then lets the requests under way end for at most `grace`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
    grace: Duration,
) {
    let all = Arc::new(Semaphore::new(limits.connections));
    let clients = Arc::new(UnderWay::default());
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&all).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "no connection accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let Some(of_client) = UnderWay::admit(&clients, Client::of(peer.ip()), limits.of_client)
        else {
            tracing::debug!("too many connections of one client");
            continue;
        };
        let connection = under_way.watch(connection(stream, peer, router.clone(), limits));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop((place, of_client));
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(grace, under_way.shutdown()).await;
}

type Io = TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>>;
type Answering = TowerToHyperService<
    tower::util::BoxCloneService<
        Request<hyper::body::Incoming>,
        axum::response::Response,
        std::convert::Infallible,
    >,
>;

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
) -> http1::Connection<Io, Answering> {
    // Slower without, and nothing worse.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stalled));
    let answer = tower::service_fn(move |request: Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let answer = TowerToHyperService::new(tower::util::BoxCloneService::new(answer));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .max_headers(HEADERS)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), answer)
}

#[cfg(test)]
mod tests;
