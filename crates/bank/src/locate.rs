//! The line and the path of a place in a file.
//!
//! Reading keeps nothing but a position, for most files are good. Where one is refused, the text up
//! to there is looked through once more.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::unreadable::{Refusal, Unreadable, quoted};

/// Elements of which a file can have several, one beside the other.
const REPEATED: [&str; 10] = [
    "Stmt", "Ntfctn", "Bal", "Ntry", "NtryDtls", "TxDtls", "Strd", "Ustrd", "Chrgs", "Rcrd",
];

/// A refusal with its line and its path.
pub(crate) fn locate(text: &str, refusal: Refusal) -> Unreadable {
    let before = text.as_bytes().get(..refusal.at).unwrap_or(text.as_bytes());
    let breaks = before.iter().filter(|&&byte| byte == b'\n').count();
    Unreadable {
        line: breaks as u64 + 1,
        path: path(text, refusal.at),
        reason: refusal.reason,
    }
}

/// An element that is open, and how many of the repeated ones it had so far.
struct Open<'a> {
    step: String,
    counts: Vec<(&'a str, u32)>,
}

impl Open<'_> {
    /// The step to the child that an event begins.
    fn enter(&mut self, event: &Event<'_>) -> Option<String> {
        match event {
            Event::Start(tag) | Event::Empty(tag) => Some(self.step(tag.local_name().as_ref())),
            _ => None,
        }
    }

    /// The step to the next child of a name.
    fn step(&mut self, name: &str) -> String {
        let Some(name) = REPEATED.iter().find(|&&one| one == name) else {
            return format!("/{}", quoted(name));
        };
        if let Some((_, count)) = self.counts.iter_mut().find(|(one, _)| one == name) {
            *count += 1;
            return format!("/{name}[{count}]");
        }
        self.counts.push((name, 1));
        format!("/{name}[1]")
    }
}

/// The path of the element that begins at a position, or else of the one around it.
fn path(text: &str, at: usize) -> String {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Open {
        step: String::new(),
        counts: Vec::new(),
    }];
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            _ if start > at => break,
            Ok(event @ (Event::Start(_) | Event::Empty(_))) => {
                let Some(step) = open.last_mut().and_then(|around| around.enter(&event)) else {
                    break;
                };
                // An empty element is closed again before anything else begins.
                if start < at && matches!(event, Event::Empty(_)) {
                    continue;
                }
                open.push(Open {
                    step,
                    counts: Vec::new(),
                });
            }
            Ok(Event::End(_)) if start < at && open.len() > 1 => {
                open.pop();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if start == at {
            break;
        }
    }
    let path: String = open.into_iter().map(|one| one.step).collect();
    match path.is_empty() {
        true => "/".to_owned(),
        false => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_has_the_path_of_its_element() {
        let first = "<Document>\n<n:Ntry><Bal/><Bal/><Amt/></n:Ntry>";
        let text = format!("{first}<Ntry><Amt>x</Amt><B>y</B></Ntry></Document>");
        let path = |what: &str| path(&text, text.find(what).expect("there"));
        assert_eq!(path("<Doc"), "/Document");
        assert_eq!(path("<Bal/><Amt"), "/Document/Ntry[1]/Bal[2]");
        assert_eq!(path("<Amt/>"), "/Document/Ntry[1]/Amt");
        assert_eq!(path("<Amt>"), "/Document/Ntry[2]/Amt");
        assert_eq!(path("x"), "/Document/Ntry[2]/Amt");
        assert_eq!(path("</Amt>"), "/Document/Ntry[2]/Amt");
        assert_eq!(path("<B>"), "/Document/Ntry[2]/B");
        assert_eq!(path("</Ntry>"), "/Document/Ntry[2]");
    }
}
