//! Where a request comes from, as far as rate limits need to know.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::App;

/// The client's address; of IPv6 its network, because one household owns a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub IpAddr);

impl Client {
    /// Whose address this is.
    pub fn of(address: IpAddr) -> Self {
        Self(network(address.to_canonical()))
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Anyone can send the header; only our own proxy's word counts.
        let forwarded = match app.settings.behind_proxy {
            true => forwarded(&parts.headers),
            false => None,
        };
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0.ip());
        let address = forwarded
            .or(peer)
            .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        Ok(Self::of(address))
    }
}

/// What our proxy wrote: the last entry of the last line, because several lines are one list. All
/// before it is the client's word. One that cannot be read is never replaced by an earlier one.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    address(last.to_str().ok()?.rsplit(',').next()?)
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:443`, in quotes
/// or not.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let quoted = entry
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let entry = quoted.unwrap_or(entry).trim();
    let bracketed = entry
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match bracketed {
        Some(inner) => inner.parse().ok().map(IpAddr::V6),
        None => {
            let with_port = || Some(entry.parse::<SocketAddr>().ok()?.ip());
            entry.parse().ok().or_else(with_port)
        }
    }
}

/// Of IPv6 the network.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_household_is_one_client() {
        let of = |text: &str| text.parse().map(network).ok();
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    fn told(lines: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            let value = HeaderValue::from_bytes(line).expect("a header's value");
            headers.append("x-forwarded-for", value);
        }
        forwarded(&headers).map(|address| address.to_string())
    }

    #[test]
    fn the_last_entry_of_all_lines_is_the_proxys() {
        for (lines, address) in [
            ("192.0.2.1", "192.0.2.1"),
            ("198.51.100.7, 192.0.2.1", "192.0.2.1"),
            ("198.51.100.7\n192.0.2.1", "192.0.2.1"),
            ("198.51.100.7, 203.0.113.9\n192.0.2.1", "192.0.2.1"),
            ("192.0.2.1:4711", "192.0.2.1"),
            (" \"192.0.2.1:4711\" ", "192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("x,[2001:db8::1]:443", "2001:db8::1"),
            ("\"[2001:db8::1]:443\"", "2001:db8::1"),
        ] {
            let bytes: Vec<&[u8]> = lines.split('\n').map(str::as_bytes).collect();
            assert_eq!(told(&bytes).as_deref(), Some(address), "{lines}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_replaced_by_the_clients_word() {
        for last in [
            b"".as_slice(),
            b" ",
            b"198.51.100.7,",
            b"198.51.100.7, ",
            b"198.51.100.7, unknown",
            b"198.51.100.7, _hidden",
            b"198.51.100.7, for=192.0.2.1",
            b"198.51.100.7, 192.0.2.1:port",
            b"198.51.100.7, 192.0.2.1:99999",
            b"198.51.100.7, 192.0.2.256",
            b"198.51.100.7, [192.0.2.1]",
            b"198.51.100.7, [2001:db8::1",
            b"198.51.100.7, \"192.0.2.1",
            b"198.51.100.7, 192.0.2.1 198.51.100.7",
            b"198.51.100.7, \xff",
        ] {
            assert_eq!(told(&[last]), None, "{last:?}");
            assert_eq!(told(&[b"203.0.113.9", last]), None, "{last:?}");
        }
        assert_eq!(told(&[]), None);
    }
}
