//! Two weights of one family, shaped and measured.

use std::{iter::zip, ops::Range, sync::LazyLock};

use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont};
use krilla::text::Font;

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Body text.
    Regular,
    /// Headings and labels.
    Bold,
}

/// Can each letter of a text be printed as it is? What has no glyph stands in Latin letters, and the paper says so.
pub(crate) fn can_print(text: &str) -> bool {
    cut(Weight::Regular).is_some_and(|cut| text.chars().all(|letter| letter.is_whitespace() || cut.has(letter)))
}

/// A shaped glyph; lengths in em, the range in bytes of the text it was shaped from.
#[derive(Debug, Clone)]
pub(crate) struct Shaped {
    pub id: u32,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
    pub range: Range<usize>,
}

/// One weight.
pub(crate) struct Cut {
    pub font: Font,
    face: harfrust::Font,
    em: f32,
    /// Above the baseline, in em.
    pub ascender: f32,
}

static REGULAR: LazyLock<Option<Cut>> = LazyLock::new(|| load(notosans::REGULAR_TTF));
static BOLD: LazyLock<Option<Cut>> = LazyLock::new(|| load(notosans::BOLD_TTF));

/// The cut of a weight; `None` only if the embedded font were broken.
pub(crate) fn cut(weight: Weight) -> Option<&'static Cut> {
    match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lengths of a font are a few thousand")]
fn load(bytes: &'static [u8]) -> Option<Cut> {
    let face = harfrust::Font::new(bytes, 0)?;
    let em = f32::from(face.units_per_em());
    let ascender = face.metrics().hhea_line.map_or(em, |line| line.ascender.to_f64() as f32) / em;
    Some(Cut { font: Font::new(bytes.into(), 0)?, face, em, ascender })
}

impl Cut {
    fn has(&self, letter: char) -> bool {
        ShaperFont::new(&self.face).nominal_glyph(u32::from(letter)).is_some()
    }

    /// The text as this font can show it: control characters become blanks, a letter without a glyph the Latin letters it is written
    /// with, or a question mark where there are none.
    pub(crate) fn showable(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        for letter in text.chars().filter(|letter| !matches!(letter, '\u{feff}' | '\u{0}')) {
            if letter.is_whitespace() || letter.is_control() {
                shown.push(' ');
            } else if self.has(letter) {
                shown.push(letter);
            } else {
                match any_ascii::any_ascii_char(letter) {
                    "" => shown.push('?'),
                    latin => shown.push_str(latin),
                }
            }
        }
        shown
    }

    /// Shapes a text of [`Self::showable`] letters, from left to right.
    #[expect(clippy::cast_precision_loss, reason = "font units are a few thousand")]
    pub(crate) fn shape(&self, text: &str) -> Vec<Shaped> {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        // A guessed direction would turn some names around, and the PDF writer cannot take descending clusters.
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        if harfrust::shape(&ShaperFont::new(&self.face), &mut buffer, ShapeOptions::default()).is_err() {
            return Vec::new();
        }
        let (mut end, mut next) = (text.len(), text.len());
        let mut glyphs: Vec<Shaped> = zip(buffer.glyph_infos(), buffer.glyph_positions())
            .rev()
            .map(|(info, position)| {
                let start = info.cluster as usize;
                if start != next {
                    (end, next) = (next, start);
                }
                let [advance, dx, dy] =
                    [position.x_advance, position.x_offset, position.y_offset].map(|units| units as f32 / self.em);
                Shaped { id: info.glyph_id, advance, dx, dy, range: start..end }
            })
            .collect();
        glyphs.reverse();
        glyphs
    }

    /// Width of a text in em.
    pub(crate) fn width(&self, text: &str) -> f32 {
        self.shape(text).iter().map(|glyph| glyph.advance).sum()
    }

    /// Breaks a text into lines no wider than `most` em; a word that is wider by itself is broken inside.
    #[expect(clippy::string_slice, reason = "the shaper's ranges begin and end with letters")]
    pub(crate) fn wrap(&self, text: &str, most: f32) -> Vec<String> {
        let glyphs = self.shape(text);
        let mut lines = Vec::new();
        let (mut start, mut after_space, mut width) = (0, 0, 0.0);
        for (at, glyph) in glyphs.iter().enumerate() {
            let space = &text[glyph.range.clone()] == " ";
            while !space && at > start && width + glyph.advance > most {
                let end = if after_space > start { after_space } else { at };
                lines.push(text[glyphs[start].range.start..glyphs[end].range.start].to_owned());
                start = end;
                width = glyphs[start..at].iter().map(|glyph| glyph.advance).sum();
            }
            width += glyph.advance;
            if space {
                after_space = at + 1;
            }
        }
        lines.push(glyphs.get(start).map_or_else(String::new, |glyph| text[glyph.range.start..].to_owned()));
        lines
    }
}
