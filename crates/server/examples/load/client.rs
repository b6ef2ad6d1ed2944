//! A connection that asks again and again, as somebody who signed in.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use membership_domain::id::OrganizationId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Somebody who signed in to a server.
#[derive(Clone)]
pub struct Caller {
    /// Of the server: host and port.
    pub address: String,
    /// Empty for nobody.
    cookie: String,
    /// The caller's first organization.
    pub organization: OrganizationId,
}

impl Caller {
    /// Somebody unknown.
    pub fn nobody(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookie: String::new(),
            organization: OrganizationId::nil(),
        }
    }

    /// Somebody whose session is known.
    #[allow(dead_code, reason = "for purchases")]
    pub fn in_session(address: &str, token: &str, organization: OrganizationId) -> Self {
        Self {
            cookie: format!("__Host-session={token}"),
            organization,
            ..Self::nobody(address)
        }
    }

    /// Signs in to a demo.
    pub async fn sign_in(address: &str, email: &str) -> Result<Self> {
        let mut caller = Self::nobody(address);
        let passphrase = membership_server::demo::PASSPHRASE;
        let body = format!(r#"{{"email":"{email}","password":"{passphrase}"}}"#);
        let head = "content-type: application/json\r\n";
        let mut client = Client::new(Arc::new(caller.clone())).await?;
        let answer = client.send("POST", "/api/v1/session", head, &body).await?;
        let cookies = answer.head.lines();
        let mut cookies = cookies.filter_map(|line| line.strip_prefix("set-cookie: "));
        let cookie = cookies.find(|cookie| cookie.starts_with("__Host-session"));
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        caller.cookie = cookie.context("a cookie")?.to_owned();
        let body = client.body();
        let organization = body.split(r#""organizations":[{"id":""#).nth(1);
        let id = organization.and_then(|rest| rest.get(..36));
        caller.organization = id.context("an organization")?.parse()?;
        Ok(caller)
    }

    /// The address of something of the organization.
    pub fn path(&self, what: &str) -> String {
        format!("/api/v1/organizations/{}/{what}", self.organization)
    }
}

/// What was answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The lines of the head.
    head: String,
    /// The bytes of its body, as they were sent.
    pub size: usize,
}

impl Answer {
    /// A header by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A connection.
pub struct Client {
    stream: TcpStream,
    caller: Arc<Caller>,
    read: Vec<u8>,
    /// Where the body of the last answer begins in that.
    body: usize,
}

impl Client {
    /// Connects.
    pub async fn new(caller: Arc<Caller>) -> Result<Self> {
        let stream = TcpStream::connect(&caller.address).await?;
        stream.set_nodelay(true)?;
        let read = Vec::new();
        Ok(Self {
            stream,
            caller,
            read,
            body: 0,
        })
    }

    /// Asks for an address; takes Brotli, as browsers do.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, "accept-encoding: br\r\n", "").await
    }

    /// Sends a request with these lines in its head.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        head: &str,
        body: &str,
    ) -> Result<Answer> {
        let (caller, length) = (&self.caller, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\ncontent-length: {length}\r\n\
             {head}\r\n{body}",
            caller.address, caller.cookie
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        let mut begin = 0;
        let mut lines = Vec::new();
        loop {
            let line = self.line(&mut begin).await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            lines.push(format!("{}:{value}", name.to_ascii_lowercase()));
        }
        let status = lines.first().and_then(|line| line.split(' ').nth(1));
        let mut answer = Answer {
            status: status
                .and_then(|code| code.get(..3))
                .context("a status")?
                .parse()?,
            head: lines.join("\n"),
            size: 0,
        };
        self.body = begin;
        if let Some(length) = answer.header("content-length") {
            answer.size = length.parse()?;
            self.until(begin + answer.size).await?;
            return Ok(answer);
        }
        loop {
            let size = usize::from_str_radix(&self.line(&mut begin).await?, 16)?;
            begin += size + 2;
            self.until(begin).await?;
            answer.size += size;
            if size == 0 {
                return Ok(answer);
            }
        }
    }

    /// The body of the last answer, as text. It is not copied for those who only wait for it.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(self.read.get(self.body..).unwrap_or_default()).into_owned()
    }

    /// The line that begins there, and where the next one does.
    async fn line(&mut self, begin: &mut usize) -> Result<String> {
        loop {
            let rest = self.read.get(*begin..).unwrap_or_default();
            if let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
                let text = String::from_utf8_lossy(&rest[..end]).into_owned();
                *begin += end + 2;
                return Ok(text);
            }
            self.until(self.read.len() + 1).await?;
        }
    }

    /// Reads until so many bytes are there.
    async fn until(&mut self, bytes: usize) -> Result<()> {
        while self.read.len() < bytes {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the connection was closed");
            }
        }
        Ok(())
    }
}
