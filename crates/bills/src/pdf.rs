//! A bill as a PDF: PDF/UA-1, so that a screen reader reads it in its order, and PDF/A-3, so that
//! it can be kept, with the e-invoice attached.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use krilla::Document;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::{Data, SerializeSettings};
use membership_domain::purchase::bill::{Bill, Issued};

use crate::content::Content;
use crate::draw;
use crate::place;
use crate::sheet::Sheet;
use crate::shown::clean;
use crate::style::{BODY, LEFT};
use crate::typeset::Typesetter;
use crate::ubl;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// No font has these characters: on paper they would be boxes. See [`unprintable`].
    #[error("no font has {0:?}")]
    Characters(Vec<char>),
    /// The PDF would not be what it says it is. This is a fault of this crate.
    #[error("the PDF is not well-formed: {0}")]
    Pdf(String),
}

/// The characters of a text that no font has, so that a form can refuse them before a bill must
/// have them.
#[must_use]
pub fn unprintable(text: &str) -> Vec<char> {
    let mut set = Typesetter::new();
    set.line(&clean(text), BODY);
    set.missing().iter().copied().collect()
}

/// A bill as a PDF. Invoices and credit notes have their e-invoice attached, where it can be
/// written (see [`ubl::write`]).
///
/// # Errors
/// [`RenderError::Characters`] where a text has characters that no font has.
pub fn render(bill: &Bill, issued: &Issued) -> Result<Vec<u8>, RenderError> {
    let content = Content::new(bill, issued);
    let mut set = Typesetter::new();
    let sheet = place::place(&content, &mut set);
    refuse(set.missing())?;

    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    let configuration = configuration.map_err(|error| RenderError::Pdf(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let drawn = draw::draw(&mut document, &sheet);
    drawn.ok_or_else(|| RenderError::Pdf("the pages cannot be drawn".to_owned()))?;
    document.set_metadata(metadata(&content, bill, issued));
    document.set_outline(outline(&sheet));
    if let Ok(invoice) = ubl::write(bill, issued) {
        document.embed_file(attached(&content.number, issued.on, invoice));
    }
    document.finish().map_err(|error| {
        let detail = match &error {
            krilla::error::KrillaError::Validation(faults) => format!("{faults:?}"),
            _ => String::new(),
        };
        RenderError::Pdf(format!("{error} {detail}"))
    })
}

fn refuse(missing: &BTreeSet<char>) -> Result<(), RenderError> {
    if missing.is_empty() {
        return Ok(());
    }
    let characters = missing.iter().copied().collect();
    Err(RenderError::Characters(characters))
}

/// The day of the bill stands for the moment at which the file was made: it is the same each time.
fn moment(day: NaiveDate) -> DateTime {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(part(day.month()))
        .day(part(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn metadata(content: &Content, bill: &Bill, issued: &Issued) -> Metadata {
    let seller = clean(&bill.sale.seller.name);
    Metadata::new()
        .title(format!("{} {}", content.title, content.number))
        .authors(vec![seller.clone()])
        .creator("Membership".to_owned())
        .language("en".to_owned())
        .document_id(format!("{seller} {} {}", content.title, content.number))
        .creation_date(moment(issued.on))
}

fn outline(sheet: &Sheet) -> Outline {
    let mut outline = Outline::new();
    for (name, spot) in &sheet.places {
        let to = XyzDestination::new(spot.page, Point::from_xy(LEFT, spot.y));
        outline.push_child(OutlineNode::new((*name).to_owned(), to));
    }
    outline
}

/// The e-invoice, as another form of the same document.
fn attached(number: &str, day: NaiveDate, invoice: String) -> EmbeddedFile {
    // The number of a bill is in letters that a name of a file may have; if not, they are left out.
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = number.chars().filter(plain).collect();
    EmbeddedFile {
        path: format!("{name}.xml"),
        mime_type: MimeType::new("application/xml"),
        description: Some("E-invoice (EN 16931, UBL 2.1)".to_owned()),
        association_kind: AssociationKind::Alternative,
        data: Data::from(invoice.into_bytes()),
        modification_date: Some(moment(day)),
        compress: Some(true),
        location: None,
    }
}
