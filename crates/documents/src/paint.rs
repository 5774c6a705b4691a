//! Painting what was laid out, and the tag tree that says what it is.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{self, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TagGroup, TagTree},
    text::{GlyphId, KrillaGlyph},
};

use crate::{
    DocumentError,
    flow::{Flow, GREY, HEIGHT, Ink, MARGIN, Op, Part, RED, WIDTH},
    font::{Weight, cut},
};

/// What a document says of itself.
pub(crate) struct About<'a> {
    /// Shown in the window's title.
    pub title: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// Makes the file's identity: the same for the same document.
    pub id: &'a str,
    /// When its content was fixed.
    pub at: DateTime<Utc>,
    /// The foot of each page: a text, and the words for "page 1 of 2".
    pub foot: &'a str,
    /// What nobody may miss on any page, before that; empty for nothing.
    pub warning: &'a str,
    /// `Page {n} of {N}`.
    pub page_words: &'a dyn Fn(usize, usize) -> String,
}

/// Paints.
pub(crate) fn paint(flow: Flow, about: &About<'_>) -> Result<Vec<u8>, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| DocumentError::Layout("configuration"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..Default::default() });
    document.set_metadata(metadata(about));
    let mut outline = Outline::new();
    outline
        .push_child(OutlineNode::new(about.title.to_owned(), XyzDestination::new(0, Point::from_xy(MARGIN, MARGIN))));
    document.set_outline(outline);

    let total = flow.pages.len();
    let mut contents: HashMap<usize, Vec<Identifier>> = HashMap::new();
    for (number, page) in flow.pages.into_iter().enumerate() {
        // Everything that can fail is done before painting begins: a page left half tagged cannot be dropped.
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(DocumentError::Layout("page"))?;
        let mut page_surface = document.start_page_with(settings);
        let mut surface = page_surface.surface();
        for (part, ops) in page {
            match part {
                Part::Artifact => {
                    let _ = surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                    draw(&mut surface, ops);
                    surface.end_tagged();
                }
                Part::Node(node) => {
                    let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    draw(&mut surface, ops);
                    surface.end_tagged();
                    contents.entry(node).or_default().push(id);
                }
            }
        }
        let _ = surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        draw(&mut surface, foot(about, number + 1, total));
        surface.end_tagged();
        surface.finish();
        page_surface.finish();
    }

    let mut tree = TagTree::new().with_lang(Some(about.language.to_owned()));
    let mut kinds: Vec<Option<_>> = flow.nodes.iter().map(|node| Some(node.kind.clone())).collect();
    for root in flow.roots {
        tree.push(group(root, &flow.nodes, &mut kinds, &mut contents));
    }
    document.set_tag_tree(tree);
    let mut bytes =
        document.finish().map_err(|error| DocumentError::Writer(format!("{error:?}").chars().take(200).collect()))?;
    // The writer ends without one; later revisions of the file are appended on a line of their own.
    bytes.push(b'\n');
    Ok(bytes)
}

fn group(
    at: usize,
    nodes: &[crate::flow::Node],
    kinds: &mut [Option<krilla::tagging::TagKind>],
    contents: &mut HashMap<usize, Vec<Identifier>>,
) -> TagGroup {
    let mut children: Vec<Node> = contents.remove(&at).unwrap_or_default().into_iter().map(Node::from).collect();
    children.extend(nodes[at].children.iter().map(|child| Node::from(group(*child, nodes, kinds, contents))));
    let kind = kinds[at].take().unwrap_or_else(|| krilla::tagging::Tag::P.into());
    TagGroup::with_children(kind, children)
}

fn metadata(about: &About<'_>) -> Metadata {
    let part = |value: u32| u8::try_from(value).unwrap_or(0);
    let at = about.at;
    let date = metadata::DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0);
    Metadata::new()
        .title(about.title.to_owned())
        .language(about.language.to_owned())
        .authors(vec!["Massachusetts Department of Public Health".to_owned()])
        .creator("MIIS portal".to_owned())
        .document_id(about.id.to_owned())
        .creation_date(date)
}

fn foot(about: &About<'_>, number: usize, total: usize) -> Vec<Op> {
    let size = 8.0;
    let page = (about.page_words)(number, total);
    let Some(cut) = cut(Weight::Regular) else { return Vec::new() };
    let (page, left) = (cut.showable(&page), cut.showable(about.foot));
    let x = WIDTH - MARGIN - cut.width(&page) * size;
    let text = |x, text| Op::Text { x, y: HEIGHT - 36.0, size, weight: Weight::Regular, ink: GREY, text };
    let mut foot = vec![text(x, page)];
    let mut left_at = MARGIN;
    if let Some(bold) = crate::font::cut(Weight::Bold).filter(|_| !about.warning.is_empty()) {
        let warning = bold.showable(&format!("{}  ", about.warning));
        left_at += bold.width(&warning) * size;
        let (y, weight) = (HEIGHT - 36.0, Weight::Bold);
        foot.push(Op::Text { x: MARGIN, y, size, weight, ink: RED, text: warning });
    }
    foot.push(text(left_at, left));
    foot
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: rgb::Color::new(ink.0, ink.1, ink.2).into(), ..Fill::default() }
}

fn draw(surface: &mut Surface<'_>, ops: Vec<Op>) {
    for op in ops {
        match op {
            Op::Text { x, y, size, weight, ink, text } => {
                let Some(cut) = cut(weight) else { continue };
                let glyph = |shaped: crate::font::Shaped| {
                    KrillaGlyph::new(
                        GlyphId::new(shaped.id),
                        shaped.advance,
                        shaped.dx,
                        shaped.dy,
                        0.0,
                        shaped.range,
                        None,
                    )
                };
                let glyphs: Vec<KrillaGlyph> = cut.shape(&text).into_iter().map(glyph).collect();
                surface.set_fill(Some(fill(ink)));
                surface.set_stroke(None);
                surface.draw_glyphs(Point::from_xy(x, y), &glyphs, cut.font.clone(), &text, size, false);
            }
            Op::Fill { boxes, ink } => {
                let mut path = PathBuilder::new();
                for (x, y, width, height) in boxes {
                    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
                        path.push_rect(rect);
                    }
                }
                if let Some(path) = path.finish() {
                    surface.set_fill(Some(fill(ink)));
                    surface.set_stroke(None);
                    surface.draw_path(&path);
                }
            }
        }
    }
}
