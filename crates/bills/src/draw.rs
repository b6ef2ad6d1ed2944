//! Draws pages into a PDF, and tells those who cannot see them what each thing is.

mod paint;
mod text;

use std::num::NonZeroU16;

use krilla::Document;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};

use crate::sheet::{Mark, Node, Of, Part, Role, Sheet, What};
use crate::style::PAGE;

/// Draws all pages and their tags.
pub fn draw(document: &mut Document, sheet: &Sheet) -> Option<()> {
    let mut found: Vec<Vec<Identifier>> = vec![Vec::new(); sheet.parts.len()];
    for marks in &sheet.pages {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            let id = surface.start_tagged(tag_of(mark));
            drawn(&mut surface, mark);
            surface.end_tagged();
            if let Of::Part(Part(index)) = mark.of {
                found.get_mut(index)?.push(id);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(&sheet.parts, &found));
    Some(())
}

fn tag_of(mark: &Mark) -> ContentTag<'static> {
    match mark.of {
        Of::Part(_) => ContentTag::Span(SpanTag::empty()),
        Of::Look => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Of::Again => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        Of::Foot => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
    }
}

/// Draws something; nothing where it cannot be drawn.
fn drawn(surface: &mut Surface, mark: &Mark) -> Option<()> {
    let at = (mark.x, mark.y);
    match &mark.what {
        What::Line { block, index } => return text::line(surface, block, *index, at.0, at.1),
        What::Rule {
            width,
            thick,
            color,
        } => paint::rule(surface, at, (*width, *thick), *color),
        What::Box {
            width,
            height,
            color,
            filled,
        } => paint::boxed(surface, at, (*width, *height), *color, *filled),
    }
    Some(())
}

/// The parts in the order in which they were begun, each in the one that it is in.
fn tree(parts: &[Node], found: &[Vec<Identifier>]) -> TagTree {
    let mut within: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
    let mut tree = TagTree::new();
    let mut first = Vec::new();
    for (index, node) in parts.iter().enumerate() {
        match node.within.and_then(|Part(parent)| within.get_mut(parent)) {
            Some(children) => children.push(index),
            None => first.push(index),
        }
    }
    for index in first {
        tree.children
            .extend(group(index, parts, found, &within).map(Into::into));
    }
    tree
}

fn group(
    index: usize,
    parts: &[Node],
    found: &[Vec<Identifier>],
    within: &[Vec<usize>],
) -> Option<TagGroup> {
    let mut tag = TagGroup::new(kind(parts.get(index)?.role));
    for id in found.get(index)? {
        tag.push(*id);
    }
    for child in within.get(index)? {
        tag.children
            .extend(group(*child, parts, found, within).map(Into::into));
    }
    Some(tag)
}

fn kind(role: Role) -> TagKind {
    let first = NonZeroU16::MIN;
    let heading = |level, title: &str| Tag::Hn(level, Some(title.to_owned())).into();
    match role {
        Role::Title(title) => heading(first, title),
        Role::Heading(title) => heading(first.saturating_add(1), title),
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table(name) => Tag::Table.with_summary(Some(name.to_owned())).into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
    }
}
