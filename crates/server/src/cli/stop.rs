//! How `serve` is told to stop, and tells its parts.

use tokio::sync::watch;

/// Ctrl-C, or SIGTERM where there is such a thing.
pub async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupted.await;
        };
        tokio::select! {
            () = interrupted => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}

/// Until it was told to stop, for one of its parts.
pub async fn until(mut stopped: watch::Receiver<bool>) {
    // Who can no longer say it has ended.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
