//! What can be known to fail before anything long begins.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::args::Serve;
use crate::cache;

/// Checks port and folder. Gives the address of the embedded database.
pub fn check(root: &Path, options: &Serve) -> Result<String> {
    port_is_free(options.port)?;
    let named = options.data.clone();
    let folder = std::path::absolute(named.unwrap_or_else(|| root.join("data")))?;
    cache::writable_folder(
        &folder,
        "The database is kept there; choose another with --data DIR",
    )?;
    // Two files, so that a demo never leaves its accounts in a database that is meant in earnest.
    let file = if options.demo {
        "demo.sqlite3"
    } else {
        "membership.sqlite3"
    };
    let path = folder.join(file);
    let path = path
        .to_str()
        .context("--data: the folder's name is not valid Unicode")?;
    Ok(format!("sqlite://{}?mode=rwc", percent_encoded(path)))
}

fn port_is_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program.\n\
             Stop that program, or choose another port: cargo xtask serve --port {}",
            if port < 65_535 { port + 1 } else { 8080 }
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!(
                "port {port} is not allowed for this user; choose one from 1024 to 65535 with --port"
            )
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}")),
    }
}

/// Keeps a path whole inside a URL.
fn percent_encoded(path: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~:".contains(byte);
    let encode = |byte: u8| {
        if plain(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    path.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(port: u16, data: &Path) -> Serve {
        Serve {
            port,
            data: Some(data.to_owned()),
            release: false,
            demo: true,
            clock: None,
        }
    }

    fn free_port() -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("any port");
        listener.local_addr().expect("an address").port()
    }

    #[test]
    fn a_taken_port_is_named_with_a_way_out() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("any port");
        let port = listener.local_addr().expect("an address").port();
        let error =
            check(Path::new("/"), &options(port, &std::env::temp_dir())).expect_err("taken");
        assert!(
            error.to_string().contains(&format!("port {port} is taken")),
            "{error:#}"
        );
        assert!(error.to_string().contains("--port"), "{error:#}");
    }

    #[test]
    fn a_folder_below_a_file_is_refused_before_anything_long() {
        let file = std::env::temp_dir().join(format!("xtask-preflight-{}", std::process::id()));
        std::fs::write(&file, b"").expect("a temporary file");
        let error =
            check(Path::new("/"), &options(free_port(), &file.join("data"))).expect_err("file");
        assert!(format!("{error:#}").contains("--data DIR"), "{error:#}");
        std::fs::remove_file(file).expect("still there");
    }

    #[test]
    fn odd_characters_in_the_folder_stay_in_the_path() {
        let folder = std::env::temp_dir().join(format!("xtask a?b#{}", std::process::id()));
        let url = check(Path::new("/"), &options(free_port(), &folder)).expect("a free port");
        assert!(
            url.contains("xtask%20a%3Fb%23") && url.ends_with("/demo.sqlite3?mode=rwc"),
            "{url}"
        );
        std::fs::remove_dir_all(folder).expect("it was created");
    }
}
