//! Laying a document out: blocks one below the other, over as many pages as they need. Nothing is painted yet.

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use crate::font::{Weight, cut};

/// US Letter, in points.
pub(crate) const WIDTH: f32 = 612.0;
/// US Letter, in points.
pub(crate) const HEIGHT: f32 = 792.0;
/// On every side.
pub(crate) const MARGIN: f32 = 54.0;
const BOTTOM: f32 = HEIGHT - 66.0;

/// A colour: red, green, blue.
pub(crate) type Ink = (u8, u8, u8);
/// Text.
pub(crate) const BLACK: Ink = (27, 27, 30);
/// Less important text.
pub(crate) const GREY: Ink = (84, 88, 96);
/// Headings and rules.
pub(crate) const BLUE: Ink = (20, 85, 143);
/// Behind header rows.
pub(crate) const PALE: Ink = (233, 240, 247);
/// What does not count.
pub(crate) const RED: Ink = (158, 27, 27);

/// One thing to paint; coordinates from the top left.
pub(crate) enum Op {
    /// A line of text at its baseline.
    Text { x: f32, y: f32, size: f32, weight: Weight, ink: Ink, text: String },
    /// Filled rectangles as one shape.
    Fill { boxes: Vec<(f32, f32, f32, f32)>, ink: Ink },
}

/// What a group of operations is.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// Decoration: not read aloud.
    Artifact,
    /// Content of a node of the tag tree.
    Node(usize),
}

/// A node of the tag tree.
pub(crate) struct Node {
    pub kind: TagKind,
    pub children: Vec<usize>,
}

/// A cell of a table: text and whether it is stressed.
#[derive(Clone)]
pub(crate) struct Cell {
    pub text: String,
    pub weight: Weight,
    pub ink: Ink,
}

impl Cell {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Regular, ink: BLACK }
    }

    pub(crate) fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Bold, ink: BLACK }
    }

    pub(crate) fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

/// A document being laid out.
pub(crate) struct Flow {
    pub pages: Vec<Vec<(Part, Vec<Op>)>>,
    pub nodes: Vec<Node>,
    /// Top-level nodes in reading order.
    pub roots: Vec<usize>,
    y: f32,
    /// Width of the text column; narrower beside a picture.
    right: f32,
}

impl Flow {
    pub(crate) fn new() -> Self {
        Self { pages: vec![Vec::new()], nodes: Vec::new(), roots: Vec::new(), y: MARGIN, right: WIDTH - MARGIN }
    }

    pub(crate) fn space(&mut self, height: f32) {
        self.y += height;
    }

    /// Keeps the following blocks left of `right` until [`Flow::widen`].
    pub(crate) fn narrow(&mut self, right: f32) {
        self.right = right;
    }

    /// Back to the full width, not above `y`.
    pub(crate) fn widen(&mut self, y: f32) {
        self.right = WIDTH - MARGIN;
        self.y = self.y.max(y);
    }

    pub(crate) fn node(&mut self, parent: Option<usize>, kind: impl Into<TagKind>) -> usize {
        self.nodes.push(Node { kind: kind.into(), children: Vec::new() });
        let id = self.nodes.len() - 1;
        match parent {
            Some(parent) => self.nodes[parent].children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    pub(crate) fn push(&mut self, part: Part, ops: Vec<Op>) {
        if let Some(page) = self.pages.last_mut() {
            page.push((part, ops));
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Starts a page if less than `height` is left.
    pub(crate) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.turn();
        }
    }

    pub(crate) fn heading(&mut self, level: u16, text: &str) {
        let size = if level == 1 { 20.0 } else { 13.0 };
        self.need(size * 4.0);
        if level > 1 {
            self.space(10.0);
        }
        let title = Some(text.to_owned());
        let number = std::num::NonZeroU16::new(level).unwrap_or(std::num::NonZeroU16::MIN);
        let node = self.node(None, Tag::Hn(number, title));
        self.lines(node, text, size, Weight::Bold, BLUE);
        self.space(4.0);
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        self.text(text, 10.5, Weight::Regular, BLACK);
    }

    pub(crate) fn text(&mut self, text: &str, size: f32, weight: Weight, ink: Ink) {
        let node = self.node(None, Tag::P);
        self.lines(node, text, size, weight, ink);
        self.space(size * 0.45);
    }

    fn lines(&mut self, node: usize, text: &str, size: f32, weight: Weight, ink: Ink) {
        for line in wrapped(text, size, weight, self.right - MARGIN) {
            let height = size * 1.38;
            self.need(height);
            let y = self.y + baseline(size, weight);
            self.push(Part::Node(node), vec![Op::Text { x: MARGIN, y, size, weight, ink, text: line }]);
            self.y += height;
        }
    }

    pub(crate) fn rule(&mut self) {
        self.space(3.0);
        let fill = Op::Fill { boxes: vec![(MARGIN, self.y, self.right - MARGIN, 1.2)], ink: BLUE };
        self.push(Part::Artifact, vec![fill]);
        self.space(8.0);
    }

    /// Labels with their values, as a table of two columns.
    pub(crate) fn fields(&mut self, pairs: &[(&str, String)]) {
        let width = self.right - MARGIN;
        let rows: Vec<Vec<Cell>> =
            pairs.iter().map(|(label, value)| vec![Cell::bold(*label), Cell::plain(value.clone())]).collect();
        let table = self.node(None, Tag::Table);
        for row in rows {
            self.row(table, &row, &[width * 0.34, width * 0.66], true, None);
        }
        self.space(6.0);
    }

    /// A table; its head is repeated on every page it goes on to.
    pub(crate) fn table(&mut self, head: &[&str], shares: &[f32], rows: &[Vec<Cell>]) {
        let widths: Vec<f32> = shares.iter().map(|share| share * (self.right - MARGIN)).collect();
        let head: Vec<Cell> = head.iter().map(|name| Cell::bold(*name)).collect();
        self.need(60.0);
        let table = self.node(None, Tag::Table);
        let top = self.node(Some(table), Tag::THead);
        self.row_in(Some(top), &head, &widths, false, Some(PALE), true);
        let body = self.node(Some(table), Tag::TBody);
        for row in rows {
            let height = row_height(row, &widths);
            if self.y + height > BOTTOM {
                self.turn();
                self.row_in(None, &head, &widths, false, Some(PALE), true);
            }
            self.row(body, row, &widths, false, None);
        }
        self.space(6.0);
    }

    fn row(&mut self, parent: usize, cells: &[Cell], widths: &[f32], first_is_head: bool, back: Option<Ink>) {
        self.need(row_height(cells, widths));
        self.row_in(Some(parent), cells, widths, first_is_head, back, false);
    }

    fn row_in(
        &mut self,
        parent: Option<usize>,
        cells: &[Cell],
        widths: &[f32],
        first_is_head: bool,
        back: Option<Ink>,
        head: bool,
    ) {
        let height = row_height(cells, widths);
        if let Some(ink) = back {
            let fill = Op::Fill { boxes: vec![(MARGIN, self.y, widths.iter().sum(), height)], ink };
            self.push(Part::Artifact, vec![fill]);
        }
        let row = parent.map(|parent| self.node(Some(parent), Tag::TR));
        let mut x = MARGIN;
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let part = match row {
                // A head repeated on the next page is read once, on the first.
                None => Part::Artifact,
                Some(row) if head => Part::Node(self.node(Some(row), Tag::TH(TableHeaderScope::Column))),
                Some(row) if first_is_head && at == 0 => {
                    Part::Node(self.node(Some(row), Tag::TH(TableHeaderScope::Row)))
                }
                Some(row) => Part::Node(self.node(Some(row), Tag::TD)),
            };
            let mut y = self.y + 4.0;
            for line in wrapped(&cell.text, CELL, cell.weight, width - 8.0) {
                let op = Op::Text {
                    x: x + 4.0,
                    y: y + baseline(CELL, cell.weight),
                    size: CELL,
                    weight: cell.weight,
                    ink: cell.ink,
                    text: line,
                };
                self.push(part, vec![op]);
                y += CELL * 1.3;
            }
            x += width;
        }
        let line =
            Op::Fill { boxes: vec![(MARGIN, self.y + height - 0.5, widths.iter().sum(), 0.5)], ink: (190, 198, 206) };
        self.push(Part::Artifact, vec![line]);
        self.y += height;
    }
}

const CELL: f32 = 9.2;

fn row_height(cells: &[Cell], widths: &[f32]) -> f32 {
    let lines = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrapped(&cell.text, CELL, cell.weight, width - 8.0).len())
        .max()
        .unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let height = lines as f32 * CELL * 1.3 + 8.0;
    height
}

fn baseline(size: f32, weight: Weight) -> f32 {
    cut(weight).map_or(size, |cut| cut.ascender * size * 0.98)
}

fn wrapped(text: &str, size: f32, weight: Weight, width: f32) -> Vec<String> {
    let Some(cut) = cut(weight) else { return Vec::new() };
    text.split('\n').flat_map(|line| cut.wrap(&cut.showable(line), width / size)).collect()
}
