//! A place in a file of a release, and what can stand in one element: numbers, dates, lengths, vaccines.

use chrono::NaiveDate;
use domain::Period;
use roxmltree::{Document, Node};

use super::{ReleaseError, Result};
use crate::{CvxSet, Window, parse_length};

/// A place in a file.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) file: &'a str,
    pub(super) document: &'a Document<'a>,
}

pub(super) fn children<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

pub(super) fn name<'a>(node: Node<'a, 'a>) -> &'a str {
    node.tag_name().name()
}

pub(super) fn text<'a>(node: Node<'a, 'a>) -> &'a str {
    node.text().unwrap_or("").trim()
}

pub(super) fn is_bare(node: Node<'_, '_>) -> bool {
    text(node).is_empty() && node.children().all(|child| !child.is_element())
}

impl<'a> At<'a> {
    pub(super) fn wrong<T>(self, node: Node<'_, '_>, what: impl Into<String>) -> Result<T> {
        let line = self.document.text_pos_at(node.range().start).row;
        Err(ReleaseError { file: self.file.to_owned(), line, what: what.into() })
    }

    pub(super) fn unknown<T>(self, node: Node<'_, '_>) -> Result<T> {
        let parent = node.parent().map_or("", |parent| parent.tag_name().name());
        self.wrong(node, format!("<{}> is not known in <{parent}>", node.tag_name().name()))
    }

    pub(super) fn number<T: std::str::FromStr>(self, node: Node<'_, '_>) -> Result<T> {
        let text = node.text().unwrap_or("").trim();
        text.parse().or_else(|_| self.wrong(node, format!("{text:?} is no number")))
    }

    pub(super) fn optional_number<T: std::str::FromStr>(self, node: Node<'_, '_>) -> Result<Option<T>> {
        if is_bare(node) { Ok(None) } else { self.number(node).map(Some) }
    }

    pub(super) fn length(self, node: Node<'_, '_>) -> Result<Option<Period>> {
        let text = node.text().unwrap_or("").trim();
        if text.is_empty() {
            return Ok(None);
        }
        parse_length(text).map(Some).or_else(|_| self.wrong(node, format!("{text:?} is no length of time")))
    }

    pub(super) fn needed_length(self, node: Node<'_, '_>) -> Result<Period> {
        self.length(node)?.map_or_else(|| self.wrong(node, "a length of time is missing"), Ok)
    }

    /// `20250827`, or `01/01/1980` as the dates of birth are written.
    pub(super) fn date(self, node: Node<'_, '_>) -> Result<Option<NaiveDate>> {
        let text = node.text().unwrap_or("").trim();
        if text.is_empty() {
            return Ok(None);
        }
        let date = NaiveDate::parse_from_str(text, "%Y%m%d").or_else(|_| NaiveDate::parse_from_str(text, "%m/%d/%Y"));
        date.map(Some).or_else(|_| self.wrong(node, format!("{text:?} is no date")))
    }

    pub(super) fn yes(self, node: Node<'_, '_>) -> Result<bool> {
        match node.text().unwrap_or("").trim() {
            "Yes" | "Y" => Ok(true),
            "No" | "N" => Ok(false),
            other => self.wrong(node, format!("{other:?} is neither yes nor no")),
        }
    }

    /// `01; 11; 20;`: with or without blanks, with or without a last separator.
    pub(super) fn vaccines(self, node: Node<'_, '_>) -> Result<CvxSet> {
        let mut set = CvxSet::EMPTY;
        for code in node.text().unwrap_or("").split(';').map(str::trim).filter(|code| !code.is_empty()) {
            if !code.parse().is_ok_and(|cvx| set.insert(cvx)) {
                return self.wrong(node, format!("{code:?} is no CVX code"));
            }
        }
        Ok(set)
    }

    pub(super) fn cvx(self, node: Node<'_, '_>) -> Result<u16> {
        let cvx = self.number(node)?;
        if CvxSet::EMPTY.clone().insert(cvx) { Ok(cvx) } else { self.wrong(node, format!("{cvx} is no CVX code")) }
    }

    /// A vaccine by its name and code.
    pub(super) fn typed(self, node: Node<'a, 'a>) -> Result<u16> {
        let mut cvx = None;
        for child in children(node) {
            match name(child) {
                "vaccineType" => {}
                "cvx" => cvx = Some(self.cvx(child)?),
                _ => return self.unknown(child),
            }
        }
        cvx.map_or_else(|| self.wrong(node, "a vaccine without a code"), Ok)
    }

    /// A vaccine at some ages.
    pub(super) fn aged(self, node: Node<'a, 'a>) -> Result<(u16, Window)> {
        let (mut cvx, mut window) = (None, Window::default());
        for child in children(node) {
            match name(child) {
                "vaccineType" => {}
                "cvx" => cvx = Some(self.cvx(child)?),
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                _ => return self.unknown(child),
            }
        }
        cvx.map_or_else(|| self.wrong(node, "a vaccine without a code"), |cvx| Ok((cvx, window)))
    }

    /// An observation by its text and code; `None` for an empty element.
    pub(super) fn coded(self, node: Node<'a, 'a>) -> Result<Option<u16>> {
        let mut code = None;
        for child in children(node) {
            match name(child) {
                "text" => {}
                "code" => code = Some(self.number(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(code)
    }

    /// One or all: empty and `n/a` stand where there is one thing only.
    pub(super) fn any(self, node: Node<'a, 'a>) -> Result<bool> {
        match text(node).to_ascii_uppercase().as_str() {
            "OR" => Ok(true),
            "AND" | "N/A" | "" => Ok(false),
            other => self.wrong(node, format!("{other:?} is no logic")),
        }
    }
}
