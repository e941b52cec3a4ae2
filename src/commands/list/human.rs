//! The list as people read it: a paragraph a member, one line a subject, wrapped at the terminal's width.

use anstyle::Style as Paint;

use super::{Placement, by_kind, placed};
use crate::reporters::Style;
use crate::source::printable;
use crate::workspace::{Member, Workspace};

/// What stands left of a paragraph's lines: `normal external` and two spaces.
const INDENT: usize = 2;
const LABEL: usize = "normal external".len();

/// Every member with its folder, its layer, context and groups (where `placements`, one a member, are known) and its
/// dependencies by kind, members and externals apart.
#[must_use]
pub fn human(workspace: &Workspace, placements: Option<&[Placement]>, style: Style) -> String {
    let mut page = Page {
        text: String::new(),
        style,
    };
    page.title(workspace);
    for (member, placement) in placed(workspace, placements) {
        page.member(workspace, member, placement);
    }
    page.text
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn title(&mut self, workspace: &Workspace) {
        let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let members = counted(workspace.members.len(), "crate", "crates");
        let declarations = counted(workspace.declaration_count(), "dependency", "dependencies");
        let root = workspace.root.as_str();
        let title = [&*printable(root), ": ", &members, ", ", &declarations, "\n"];
        self.text.extend(title);
    }

    fn member(&mut self, workspace: &Workspace, member: &Member, placement: Option<&Placement>) {
        self.text.push('\n');
        self.painted(Paint::new().bold(), &printable(&member.name));
        if member.directory != member.name {
            self.text.extend(["  ", &*printable(&member.directory)]);
        }
        self.text.push('\n');
        if let Some(placement) = placement {
            for layer in &placement.layers {
                self.claim("layer", Some(layer));
            }
            if placement.layers.is_empty() {
                self.claim("layer", None);
            }
            self.claim("context", placement.context.as_ref());
            if !placement.groups.is_empty() {
                self.row("groups", placement.groups.iter().map(String::as_str));
            }
        }
        for (kind, targets) in by_kind(workspace, member) {
            if !targets.members.is_empty() {
                self.row(kind.as_str(), targets.members.into_iter());
            }
            if !targets.externals.is_empty() {
                self.row(&format!("{kind} external"), targets.externals.into_iter());
            }
        }
    }

    fn claim(&mut self, what: &str, claim: Option<&(String, String)>) {
        match claim {
            Some((name, said)) => {
                let said = format!("({said})");
                let words = std::iter::once(name.as_str()).chain(said.split_whitespace());
                self.wrapped(what, words, "");
            }
            None => self.wrapped(what, std::iter::once("none"), ""),
        }
    }

    fn row<'a>(&mut self, label: &str, words: impl Iterator<Item = &'a str>) {
        self.wrapped(label, words, ",");
    }

    /// A label and words with `separator` between them; a word that fits no more starts the next line, below the first.
    fn wrapped<'a>(&mut self, label: &str, words: impl Iterator<Item = &'a str>, separator: &str) {
        self.text.extend(std::iter::repeat_n(' ', INDENT));
        self.painted(Paint::new().dimmed(), label);
        self.text
            .extend(std::iter::repeat_n(' ', LABEL.saturating_sub(label.len()) + 2));
        let start = INDENT + LABEL + 2;
        let mut column = start;
        let mut words = words.map(printable).peekable();
        while let Some(word) = words.next() {
            let end = if words.peek().is_some() { separator } else { "" };
            let long = word.chars().count() + end.len();
            if column > start {
                if column + 1 + long > self.style.width {
                    self.text.push('\n');
                    self.text.extend(std::iter::repeat_n(' ', start));
                    column = start;
                } else {
                    self.text.push(' ');
                    column += 1;
                }
            }
            self.text.push_str(&word);
            self.text.push_str(end);
            column += long;
        }
        self.text.push('\n');
    }

    fn painted(&mut self, paint: Paint, text: &str) {
        if self.style.color {
            let (on, off) = (paint.render().to_string(), paint.render_reset().to_string());
            self.text.extend([&*on, text, &*off]);
        } else {
            self.text.push_str(text);
        }
    }
}
