//! A SQLite file is its owner's alone: it holds sessions and hashes of passwords.

use std::io;
use std::path::Path;

/// Who may read and write.
#[cfg(unix)]
const OWNER_ALONE: u32 = 0o600;

/// What SQLite keeps beside a database. New ones get the permissions of the database's file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Creates the file unless it is there, and takes it and what lies beside it from everybody else,
/// whatever the umask. A new one is empty and closed to others before SQLite writes into it.
///
/// A file that is there is not opened: closing it again would give up the locks that SQLite holds
/// on it for this process.
#[cfg(unix)]
pub fn owner_alone(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;

    let mut create = std::fs::OpenOptions::new();
    create.write(true).create_new(true).mode(OWNER_ALONE);
    match create.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => close_to_others(file)?,
    }
    for ending in BESIDE {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        match close_to_others(Path::new(&name)) {
            // Most are not there, and another process may remove one just now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
    }
    Ok(())
}

#[cfg(unix)]
fn close_to_others(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let mut permissions = std::fs::metadata(file)?.permissions();
    if permissions.mode() & 0o7777 == OWNER_ALONE {
        return Ok(());
    }
    permissions.set_mode(OWNER_ALONE);
    std::fs::set_permissions(file, permissions)
}

/// Other systems have no such permissions: there the folder's are what protects the file.
#[cfg(not(unix))]
pub fn owner_alone(_: &Path) -> io::Result<()> {
    let _ = BESIDE;
    Ok(())
}
