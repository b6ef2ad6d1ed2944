//! `If-Match`, as RFC 9110 has it: what a writer believes to be changing.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use membership_contract::refusal::Refusal;

use super::etag;
use super::problem::{Answer, ApiError};

/// The precondition of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there now, if there is something.
    Any,
    /// One of these.
    Tags(Vec<Tag>),
    /// Something else.
    Unreadable,
}

/// An entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    weak: bool,
    /// With its quotes.
    opaque: String,
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
        Self::of(&parts.headers)
    }
}

impl IfMatch {
    /// That of a request; 428 where there is none.
    pub fn of(headers: &HeaderMap) -> Answer<Self> {
        let mut lines = headers.get_all(header::IF_MATCH).iter().peekable();
        if lines.peek().is_none() {
            return Err(Refusal::NoTag.into());
        }
        let Ok(lines) = lines
            .map(|line| line.to_str())
            .collect::<Result<Vec<_>, _>>()
        else {
            return Ok(Self::Unreadable);
        };
        // Several lines are one list.
        let list = lines.join(",");
        if list.trim() == "*" {
            return Ok(Self::Any);
        }
        Ok(tags(&list)
            .filter(|tags| !tags.is_empty())
            .map_or(Self::Unreadable, Self::Tags))
    }

    /// The same of tags that tell more than a writer has to know: of each only the revision, which
    /// is what stands before a dot.
    pub fn revisions(&self) -> Self {
        let Self::Tags(tags) = self else {
            return self.clone();
        };
        let revision = |tag: &Tag| {
            let inner = tag.opaque.trim_matches('"');
            let revision = inner
                .split_once('.')
                .map_or(inner, |(revision, _)| revision);
            Tag {
                weak: tag.weak,
                opaque: etag::of_revision(revision),
            }
        };
        Self::Tags(tags.iter().map(revision).collect())
    }

    /// Refuses a writer who knows another state than the one with this tag: 412, with the state as
    /// JSON.
    pub fn expect(&self, tag: &str, current: impl FnOnce() -> Answer<String>) -> Answer<()> {
        let refusal = match self {
            Self::Any => return Ok(()),
            Self::Unreadable => Refusal::UnreadableTag,
            Self::Tags(tags) => {
                let matches = |one: &&Tag| one.opaque == tag;
                if tags.iter().filter(|one| !one.weak).any(|one| matches(&one)) {
                    return Ok(());
                }
                // Strong comparison: a weak tag fits nothing, not even itself.
                let weak = tags.iter().filter(|one| one.weak);
                let weak = weak.clone().find(matches).or_else(|| {
                    let all = tags.iter().all(|one| one.weak);
                    weak.clone().next().filter(|_| all)
                });
                match weak {
                    Some(tag) => Refusal::WeakTag {
                        sent: format!("W/{}", tag.opaque),
                    },
                    None => Refusal::Stale,
                }
            }
        };
        let refused = ApiError::from(refusal).with_current(current()?);
        Err(refused.with_header(header::ETAG, tag))
    }
}

/// The tags of a list, in which empty places do not count. A tag may have commas in it.
fn tags(list: &str) -> Option<Vec<Tag>> {
    let mut tags = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Some(tags);
        }
        let strong = rest.strip_prefix("W/");
        let opened = strong.unwrap_or(rest).strip_prefix('"')?;
        let (inner, after) = opened.split_once('"')?;
        let allowed = |c: char| c == '!' || ('#'..='~').contains(&c) || c >= '\u{80}';
        let after = after.trim_start_matches([' ', '\t']);
        if !inner.chars().all(allowed) || !(after.is_empty() || after.starts_with(',')) {
            return None;
        }
        tags.push(Tag {
            weak: strong.is_some(),
            opaque: etag::of_revision(inner),
        });
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::response::IntoResponse;

    use super::*;

    fn of(lines: &[&'static str]) -> Answer<IfMatch> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_MATCH, HeaderValue::from_static(line));
        }
        IfMatch::of(&headers)
    }

    /// The status for a writer of the state `"7"`, and the sentence's kind.
    fn told(lines: &[&'static str]) -> String {
        let refused = match of(lines).and_then(|it| it.expect("\"7\"", || Ok("{}".to_owned()))) {
            Ok(()) => return "written".to_owned(),
            Err(refused) => refused,
        };
        let kind = [
            "weak tag",
            "can't be read",
            "Someone changed",
            "requires If-Match",
        ]
        .into_iter()
        .find(|kind| refused.detail().contains(kind));
        format!(
            "{} {}",
            refused.into_response().status().as_u16(),
            kind.unwrap_or_default()
        )
    }

    #[test]
    fn tags_are_compared_as_the_standard_says() {
        for lines in [
            &["\"7\""] as &[_],
            &["*"],
            &[" * "],
            &["\"6\", \"7\""],
            &["\"6\"", "\"7\""],
            &[",, \"7\" ,"],
            &["\"a,b\",\"7\""],
            &["W/\"7\", \"7\""],
            &["W/\"6\",\t\"7\""],
        ] {
            assert_eq!(told(lines), "written", "{lines:?}");
        }
        for lines in [
            &["\"6\""] as &[_],
            &["\"6\", \"8\""],
            &["\"\""],
            &["\"6\", W/\"8\""],
        ] {
            assert_eq!(told(lines), "412 Someone changed", "{lines:?}");
        }
        for lines in [&["W/\"7\""] as &[_], &["W/\"6\""], &["\"6\", W/\"7\""]] {
            assert_eq!(told(lines), "412 weak tag", "{lines:?}");
        }
        for lines in [
            &[""] as &[_],
            &["7"],
            &["\"7"],
            &["w/\"7\""],
            &["*, \"7\""],
            &["*", "*"],
            &["\"7\" \"8\""],
            &["\"7\"8"],
            &["\"a b\""],
            &["W/ \"7\""],
        ] {
            assert_eq!(told(lines), "412 can't be read", "{lines:?}");
        }
        assert_eq!(told(&[]), "428 requires If-Match");
    }
}
