//! The schedule file: vaccine groups, what a vaccine is about, conflicts of live vaccines, observations.

use std::collections::BTreeMap;

use domain::Period;
use roxmltree::Node;

use super::{
    Frame, Result,
    at::{At, children, is_bare, name, text},
};
use crate::{Conflict, Group, Observation, Window};

impl<'a> At<'a> {
    pub(super) fn frame(self, root: Node<'a, 'a>) -> Result<Frame> {
        let mut frame = Frame::default();
        for part in children(root) {
            for item in children(part) {
                match (name(part), name(item)) {
                    ("liveVirusConflicts", "liveVirusConflict") => frame.conflicts.push(self.conflict(item)?),
                    ("vaccineGroups", "vaccineGroup") => frame.groups.push(self.group(item)?),
                    ("vaccineGroupToAntigenMap", "vaccineGroupMap") => self.members(item, &mut frame.members)?,
                    ("cvxToAntigenMap", "cvxMap") => self.associations(item, &mut frame.associations)?,
                    ("observations", "observation") => frame.observations.push(self.observation(item)?),
                    _ => return self.unknown(item),
                }
            }
        }
        Ok(frame)
    }

    pub(super) fn conflict(self, node: Node<'a, 'a>) -> Result<Conflict> {
        let zero = Period::default();
        let mut conflict = Conflict { previous: 0, current: 0, begin: zero, min_end: zero, end: zero };
        for child in children(node) {
            match name(child) {
                "previous" => conflict.previous = self.typed(child)?,
                "current" => conflict.current = self.typed(child)?,
                "conflictBeginInterval" => conflict.begin = self.needed_length(child)?,
                "minConflictEndInterval" => conflict.min_end = self.needed_length(child)?,
                "conflictEndInterval" => conflict.end = self.needed_length(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(conflict)
    }

    pub(super) fn group(self, node: Node<'a, 'a>) -> Result<Group> {
        let mut group = Group { name: String::new(), full: None };
        for child in children(node) {
            match name(child) {
                "name" => text(child).clone_into(&mut group.name),
                "administerFullVaccineGroup" if is_bare(child) => {}
                "administerFullVaccineGroup" => group.full = Some(self.yes(child)?),
                _ => return self.unknown(child),
            }
        }
        Ok(group)
    }

    pub(super) fn members(self, node: Node<'a, 'a>, members: &mut BTreeMap<String, String>) -> Result<()> {
        let mut group = "";
        for child in children(node) {
            match name(child) {
                "name" => group = text(child),
                "antigen" => {
                    if members.insert(text(child).to_owned(), group.to_owned()).is_some() {
                        return self.wrong(child, format!("{} is in two vaccine groups", text(child)));
                    }
                }
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    pub(super) fn associations(self, node: Node<'a, 'a>, all: &mut Vec<(u16, String, Window)>) -> Result<()> {
        let mut cvx = None;
        for child in children(node) {
            match name(child) {
                "cvx" => cvx = Some(self.cvx(child)?),
                "shortDescription" => {}
                "association" => {
                    let Some(cvx) = cvx else { return self.wrong(child, "an association before its code") };
                    let (mut antigen, mut window) = (String::new(), Window::default());
                    for part in children(child) {
                        match name(part) {
                            "antigen" => text(part).clone_into(&mut antigen),
                            "associationBeginAge" => window.from = self.length(part)?,
                            "associationEndAge" => window.to = self.length(part)?,
                            _ => return self.unknown(part),
                        }
                    }
                    all.push((cvx, antigen, window));
                }
                _ => return self.unknown(child),
            }
        }
        Ok(())
    }

    pub(super) fn observation(self, node: Node<'a, 'a>) -> Result<Observation> {
        let mut observation = Observation { code: 0, title: String::new() };
        for child in children(node) {
            match name(child) {
                "observationCode" => observation.code = self.number(child)?,
                "observationTitle" => {
                    // Some go over several lines.
                    observation.title = text(child).split_whitespace().collect::<Vec<_>>().join(" ");
                }
                "group" | "indicationText" | "contraindicationText" | "clarifyingText" | "codedValues" => {}
                _ => return self.unknown(child),
            }
        }
        Ok(observation)
    }
}
