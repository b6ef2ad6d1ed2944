//! The elements of a file, one after the other, with the limits that keep a hostile one harmless.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use crate::element::Element;
use crate::unreadable::{Reason, Refusal, Result, quoted};
use crate::xml::{character, is_blank, wrong};

/// The most elements inside of each other.
pub const DEEPEST: usize = 64;
/// The most elements in one transaction, and in the other parts of an entry or a statement.
pub const MOST_ELEMENTS: usize = 100_000;
/// The most attributes of an element: each is compared with all before it.
const MOST_ATTRIBUTES: usize = 32;
/// The most namespaces that are declared at one place.
const MOST_NAMESPACES: usize = 32;
/// Where a message has elements of others' formats.
const EXTENSION: &str = "SplmtryData";

/// The beginning of an element.
pub(crate) struct Tag<'a> {
    /// Where it is, in bytes.
    pub at: usize,
    /// Its name without a prefix.
    pub name: &'a str,
    currency: Option<String>,
}

enum Step<'a> {
    Open(Tag<'a>),
    Text(Cow<'a, str>),
    Close,
}

/// A file that is being read.
pub(crate) struct Source<'a> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
    /// Where the last event begins.
    at: usize,
    /// The namespace of the file.
    namespace: String,
    /// How deep the element is in which other formats are allowed, while it is open.
    extension: Option<usize>,
    /// How many elements were read of what is read at once.
    elements: usize,
}

impl<'a> Source<'a> {
    /// Begins with a text. Gives its first element too.
    pub fn open(text: &'a str) -> Result<(Self, Tag<'a>)> {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        (reader.resolver_mut()).set_max_namespace_bindings(MOST_NAMESPACES);
        let (depth, at, elements) = (0, 0, 0);
        let (namespace, extension) = (String::new(), None);
        let mut source = Self {
            text,
            reader,
            depth,
            at,
            namespace,
            extension,
            elements,
        };
        loop {
            match source.step()? {
                Step::Open(tag) => return Ok((source, tag)),
                step => source.outside(&step)?,
            }
        }
    }

    /// The namespace of the file, which its first element has.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The next child of the element that is open; nothing once that is closed.
    pub fn child(&mut self) -> Result<Option<Tag<'a>>> {
        loop {
            match self.step()? {
                Step::Open(tag) => return Ok(Some(tag)),
                Step::Close => return Ok(None),
                Step::Text(text) if is_blank(&text) => {}
                Step::Text(_) => return Err(Refusal::new(self.at, Reason::Mixed)),
            }
        }
    }

    /// Begins with something else, for which as many elements may be read again.
    pub fn renew(&mut self) {
        self.elements = 0;
    }

    /// Passes over an element that was just opened. It still has to be valid XML.
    pub fn skip(&mut self) -> Result<()> {
        let depth = self.depth;
        while self.depth >= depth {
            self.step()?;
        }
        Ok(())
    }

    /// Whether nothing follows the file's one element.
    pub fn end(&mut self) -> Result<()> {
        loop {
            match self.event()? {
                None => return Ok(()),
                Some(step) => self.outside(&step)?,
            }
        }
    }

    fn outside(&self, step: &Step<'_>) -> Result<()> {
        match step {
            Step::Text(text) if is_blank(text) => Ok(()),
            _ => Err(self.invalid("there is something outside of the first element")),
        }
    }

    /// All of an element that was just opened. It goes as deep as the file, so at most to
    /// [`DEEPEST`].
    pub fn element(&mut self, tag: Tag<'a>) -> Result<Element<'a>> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            let most = MOST_ELEMENTS;
            return Err(Refusal::new(tag.at, Reason::TooManyElements { most }));
        }
        let (mut text, mut children) = (Cow::Borrowed(""), Vec::new());
        loop {
            match self.step()? {
                Step::Open(tag) => children.push(self.element(tag)?),
                Step::Text(piece) if text.is_empty() => text = piece,
                Step::Text(piece) => text.to_mut().push_str(&piece),
                Step::Close => break,
            }
        }
        if !children.is_empty() && !is_blank(&text) {
            return Err(Refusal::new(tag.at, Reason::Mixed));
        }
        let Tag { at, name, currency } = tag;
        Ok(Element {
            at,
            name,
            currency,
            text,
            children,
        })
    }

    /// The next step. The end of the file is too early for it.
    fn step(&mut self) -> Result<Step<'a>> {
        match self.event()? {
            Some(step) => Ok(step),
            None if self.depth == 0 => Err(self.invalid("there are no elements")),
            None => Err(Refusal::new(self.text.len(), Reason::CutOff)),
        }
    }

    /// The next step that says something; nothing at the end of the file.
    fn event(&mut self) -> Result<Option<Step<'a>>> {
        loop {
            self.at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            let (resolved, event) = match self.reader.read_resolved_event() {
                Ok(read) => read,
                Err(error) => return Err(wrong(&error, self.at)),
            };
            return Ok(Some(match event {
                Event::Start(tag) => {
                    let namespace = match resolved {
                        ResolveResult::Bound(namespace) => namespace.into_inner(),
                        _ => "",
                    };
                    if self.depth == 0 {
                        namespace.clone_into(&mut self.namespace);
                    }
                    let is_own = namespace == self.namespace;
                    Step::Open(self.opened(&tag, is_own)?)
                }
                Event::End(_) => {
                    self.extension = self.extension.filter(|&depth| depth < self.depth);
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.xml10_content()),
                Event::CData(text) => Step::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Step::Text(character(&reference, self.at)?),
                Event::Eof => return Ok(None),
                Event::DocType(_) => return Err(Refusal::new(self.at, Reason::Doctype)),
                Event::Decl(_) if self.at > 0 => {
                    return Err(self.invalid("an XML declaration is not at the beginning"));
                }
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::Empty(_) => continue,
            }));
        }
    }

    fn opened(&mut self, tag: &BytesStart<'_>, is_own: bool) -> Result<Tag<'a>> {
        let at = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Refusal::new(at, Reason::TooDeep { most: DEEPEST }));
        }
        let name = tag.name();
        let name = (self.text.get(at + 1..)).and_then(|rest| rest.get(..name.as_ref().len()));
        let name = name.unwrap_or_default();
        let name = name.split_once(':').map_or(name, |(_, local)| local);
        if self.extension.is_none() && !is_own {
            let name = quoted(name);
            return Err(Refusal::new(at, Reason::Foreign { name }));
        } else if self.extension.is_none() && name == EXTENSION {
            self.extension = Some(self.depth);
        }
        let currency = self.currency(tag)?;
        Ok(Tag { at, name, currency })
    }

    /// The attribute `Ccy`, after a look at all of them.
    fn currency(&self, tag: &BytesStart<'_>) -> Result<Option<String>> {
        let mut currency = None;
        for (index, attribute) in tag.attributes().enumerate() {
            if index == MOST_ATTRIBUTES {
                let most = MOST_ATTRIBUTES;
                return Err(Refusal::new(self.at, Reason::TooManyAttributes { most }));
            }
            let attribute =
                attribute.map_err(|error| wrong(&Error::InvalidAttr(error), self.at))?;
            let value = (attribute.normalized_value(XmlVersion::Implicit1_0))
                .map_err(|error| wrong(&error, self.at))?;
            if attribute.key.as_ref() == "Ccy" {
                currency = Some(value.into_owned());
            }
        }
        Ok(currency)
    }

    fn invalid(&self, detail: &str) -> Refusal {
        let detail = detail.to_owned();
        Refusal::new(self.at, Reason::NotXml { detail })
    }
}
