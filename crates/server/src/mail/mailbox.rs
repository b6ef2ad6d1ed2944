//! The mailbox of a developer: each mail as a file, and beside it what the page shows of it.

pub mod page;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use membership_domain::id::MailId;
use serde::{Deserialize, Serialize};

use super::message::Composed;

/// The page shows so many of the newest.
const SHOWN: usize = 200;

/// A folder of mails.
#[derive(Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

/// A mail as the page shows it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shown {
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What its link does.
    pub button: String,
    /// What its link opens.
    pub opens: String,
    /// Why it came.
    pub why: String,
    /// When, in business time.
    pub at: DateTime<Utc>,
}

impl Mailbox {
    /// Opens a folder that only its owner can read, and creates it.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let named = || format!("--mailbox {}", folder.display());
        owner_folder(folder).with_context(named)?;
        let folder = folder.canonicalize().with_context(named)?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a mail: once more in the place of the first.
    pub fn put(&self, mail: &Composed) -> anyhow::Result<()> {
        let shown = Shown {
            to: mail.to.clone(),
            subject: mail.words.subject.clone(),
            paragraphs: mail.words.paragraphs.clone(),
            button: mail.words.button.to_owned(),
            opens: mail.opens.clone(),
            why: mail.words.why.clone(),
            at: mail.at,
        };
        self.file(&mail.id, "eml", &mail.message.formatted())?;
        self.file(&mail.id, "json", &serde_json::to_vec(&shown)?)
    }

    /// The newest, newest first.
    pub fn newest(&self) -> Vec<(MailId, Shown)> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let id = |file: fs::DirEntry| {
            let path = file.path();
            let named = path.extension().is_some_and(|ending| ending == "json");
            named.then(|| path.file_stem()?.to_str()?.parse().ok())?
        };
        let mut ids: Vec<MailId> = files.filter_map(id).collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids.truncate(SHOWN);
        let shown = ids.into_iter().map(|id| Some((id, self.one(id)?)));
        shown.flatten().collect()
    }

    /// A mail by its id.
    pub fn one(&self, id: MailId) -> Option<Shown> {
        let bytes = fs::read(self.folder.join(format!("{id}.json"))).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Whole or not at all: who watches the folder reads no half of a mail.
    fn file(&self, id: &str, ending: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.folder.join(format!("{id}.{ending}"));
        let begun = self.folder.join(format!(".{id}.{ending}"));
        owner_file(&begun)?.write_all(bytes)?;
        fs::rename(begun, path)?;
        Ok(())
    }
}

#[cfg(unix)]
fn owner_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Other systems have no such permissions: there the parent's are what protects it.
#[cfg(not(unix))]
fn owner_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn owner_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
