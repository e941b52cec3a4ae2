//! Paths as text: joined and normalized without asking the disk, the same for both families of systems, so that a
//! member is one member however its path is spelt.

use camino::{Utf8Path, Utf8PathBuf};

/// Whose rules a path follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `/` separates.
    Unix,
    /// `\` and `/` separate; drives, shares and verbatim prefixes start a path.
    Windows,
}

impl Style {
    /// The system that the program runs on.
    pub const NATIVE: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };

    fn separator(self) -> char {
        match self {
            Self::Unix => '/',
            Self::Windows => '\\',
        }
    }

    fn is_separator(self, c: char) -> bool {
        c == '/' || self == Self::Windows && c == '\\'
    }
}

/// `relative` as seen from `base`, normalized; an absolute `relative` stands for itself.
#[must_use]
pub fn join(base: &Utf8Path, relative: &str) -> Utf8PathBuf {
    join_as(base.as_str(), relative, Style::NATIVE).into()
}

/// The path without `.`, `..`, doubled separators and verbatim prefixes, as cargo normalizes: by text alone.
#[must_use]
pub fn normalize(path: &Utf8Path) -> Utf8PathBuf {
    normalize_as(path.as_str(), Style::NATIVE).into()
}

/// Whether a normalized path lies in a normalized folder or is it.
#[must_use]
pub fn lies_in(path: &Utf8Path, folder: &Utf8Path) -> bool {
    let rest = path.as_str().strip_prefix(folder.as_str());
    let separates = |rest: &str| rest.is_empty() || rest.starts_with(std::path::is_separator);
    rest.is_some_and(|rest| separates(rest) || folder.as_str().ends_with(std::path::is_separator))
}

/// [`join`] by the rules of `style`.
#[must_use]
pub fn join_as(base: &str, relative: &str, style: Style) -> String {
    let (prefix, rest) = split_prefix(relative, style);
    let rooted = rest.starts_with(|c| style.is_separator(c));
    if !prefix.is_empty() || rooted && style == Style::Unix {
        return normalize_as(relative, style);
    }
    if rooted {
        // Windows: the same drive or share, from its root.
        return normalize_as(&format!("{}{relative}", split_prefix(base, style).0), style);
    }
    let mut normal = Normal::new(base, relative.len() + 1, style);
    normal.push(relative);
    normal.text
}

/// [`normalize`] by the rules of `style`.
#[must_use]
pub fn normalize_as(path: &str, style: Style) -> String {
    Normal::new(path, 0, style).text
}

/// A normalized path that grows at its end.
struct Normal {
    text: String,
    style: Style,
    /// Where the components start: after the prefix and the root.
    floor: usize,
    /// How many components at the end a `..` may take away again.
    depth: usize,
    rooted: bool,
}

impl Normal {
    /// Starts with `path`, with room for so many bytes more.
    fn new(path: &str, room: usize, style: Style) -> Self {
        let (mut text, rest) = split_prefix(path, style);
        let rooted = rest.starts_with(|c| style.is_separator(c)) || !text.is_empty();
        text.reserve(rest.len() + room + 1);
        if rooted {
            text.push(style.separator());
        }
        let floor = text.len();
        let mut normal = Self {
            text,
            style,
            floor,
            depth: 0,
            rooted,
        };
        normal.push(rest);
        normal
    }

    /// Goes on with `path`, seen from where it has come to.
    fn push(&mut self, path: &str) {
        let mut rest = path;
        while !rest.is_empty() {
            // Separators are ASCII, which makes bytes as good as characters.
            let end = rest.bytes().position(|byte| self.style.is_separator(byte.into()));
            let component = &rest[..end.unwrap_or(rest.len())];
            rest = end.map_or("", |end| &rest[end + 1..]);
            self.component(component);
        }
    }

    fn component(&mut self, component: &str) {
        let separator = self.style.separator();
        match component {
            "" | "." => return,
            ".." if self.depth > 0 => {
                self.depth -= 1;
                let cut = self.text[self.floor..].rfind(separator);
                self.text.truncate(cut.map_or(self.floor, |at| self.floor + at));
                return;
            }
            ".." if self.rooted => return,
            ".." => {}
            _ => self.depth += 1,
        }
        if self.text.len() > self.floor {
            self.text.push(separator);
        }
        self.text.push_str(component);
    }
}

/// The drive or share that a Windows path starts with, in its plain spelling (`C:`, `\\server\share`), and the rest.
fn split_prefix(path: &str, style: Style) -> (String, &str) {
    if style == Style::Unix {
        return (String::new(), path);
    }
    let verbatim = path.strip_prefix(r"\\?\").or_else(|| path.strip_prefix(r"//?/"));
    let plain = verbatim.unwrap_or(path);
    if let Some((drive, rest)) = split_drive(plain) {
        return (drive, rest);
    }
    let network = match verbatim {
        Some(verbatim) => verbatim
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case(r"UNC\"))
            .map(|_| &verbatim[4..]),
        None => path.strip_prefix(r"\\").or_else(|| path.strip_prefix("//")),
    };
    match (network, verbatim) {
        (Some(network), _) => {
            let mut parts = network.splitn(3, |c| style.is_separator(c));
            let (server, share) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let taken = (server.len() + 1 + share.len()).min(network.len());
            (format!(r"\\{server}\{share}"), &network[taken..])
        }
        // A volume or a device by its name.
        (None, Some(verbatim)) => {
            let end = verbatim.find('\\').unwrap_or(verbatim.len());
            (format!(r"\\?\{}", &verbatim[..end]), &verbatim[end..])
        }
        (None, None) => (String::new(), path),
    }
}

/// `c:` at the start, with the letter in upper case.
fn split_drive(path: &str) -> Option<(String, &str)> {
    let mut chars = path.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    (chars.next() == Some(':')).then(|| (format!("{}:", letter.to_ascii_uppercase()), &path[2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling() {
        for (path, unix) in [
            ("/w/crates/./a/../b/", "/w/crates/b"),
            ("/w//a", "/w/a"),
            ("/../../a", "/a"),
            ("/", "/"),
            ("../a/../../b", "../../b"),
            ("a/..", ""),
            ("/w/C:/a", "/w/C:/a"),
        ] {
            assert_eq!(normalize_as(path, Style::Unix), unix, "{path}");
        }
        for (path, windows) in [
            (r"\\?\C:\w\crates\..\a", r"C:\w\a"),
            (r"c:/w/crates/./a", r"C:\w\crates\a"),
            (r"C:\..\a", r"C:\a"),
            (r"\\?\UNC\server\share\w\..\a", r"\\server\share\a"),
            (r"\\server\share\..\a", r"\\server\share\a"),
            (r"\\?\Volume{1}\w\..\a", r"\\?\Volume{1}\a"),
            (r"..\a", r"..\a"),
        ] {
            assert_eq!(normalize_as(path, Style::Windows), windows, "{path}");
        }
    }

    #[test]
    fn a_folder_holds_what_lies_below_it_and_not_what_starts_alike() {
        let lies_in = |path: &str, folder: &str| super::lies_in(path.into(), folder.into());
        assert!(lies_in("/w/a", "/w") && lies_in("/w", "/w") && lies_in("/w", "/"));
        assert!(!lies_in("/wa", "/w") && !lies_in("/w", "/w/a"));
    }

    #[test]
    fn a_relative_path_starts_at_its_base_and_an_absolute_one_does_not() {
        for (base, relative, unix) in [
            ("/w/a", "../b", "/w/b"),
            ("/w/a", "/x/b", "/x/b"),
            ("/w/a", "../../../..", "/"),
            ("/", "a", "/a"),
            ("/w/a", "", "/w/a"),
        ] {
            assert_eq!(join_as(base, relative, Style::Unix), unix, "{base} {relative}");
        }
        for (base, relative, windows) in [
            (r"\\?\C:\w\a", "../b", r"C:\w\b"),
            (r"C:\w\a", r"d:\b", r"D:\b"),
            (r"C:\w\a", r"\b", r"C:\b"),
            (r"\\server\share\w", "../b", r"\\server\share\b"),
            (r"\\?\UNC\server\share\w", r"\b", r"\\server\share\b"),
        ] {
            assert_eq!(join_as(base, relative, Style::Windows), windows, "{base} {relative}");
        }
    }
}
