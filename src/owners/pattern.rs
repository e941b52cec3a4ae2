//! A pattern of CODEOWNERS: that of a .gitignore, without `!` and `[…]`, and with a last `*` that stays in its folder.

/// Which paths a line is about.
#[derive(Clone, Debug)]
pub struct Pattern {
    parts: Vec<Part>,
    /// Whether it ends in `/`: what lies below such a folder, and no file of that name.
    folder: bool,
    /// Whether what lies below a match is matched too: not after a last `*` behind a slash.
    below: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// `**`: any number of folders.
    Folders,
    /// A name, in which `*` is any run of characters and `?` any one.
    Name(Vec<char>),
}

impl Pattern {
    /// None where GitHub would skip the line.
    pub fn parse(written: &str) -> Option<Self> {
        if written.starts_with(['!', '\\']) || written.contains(['[', ']']) {
            return None;
        }
        let folder = written.ends_with('/');
        let path = written.strip_suffix('/').unwrap_or(written);
        let rooted = path.contains('/');
        let path = path.strip_prefix('/').unwrap_or(path);
        if path.is_empty() && !folder {
            return None;
        }
        let mut parts = Vec::new();
        if !rooted && !path.is_empty() {
            parts.push(Part::Folders);
        }
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let part = match name {
                "**" => Part::Folders,
                name => Part::Name(name.chars().collect()),
            };
            // Two in a row say no more than one.
            if part != Part::Folders || parts.last() != Some(&Part::Folders) {
                parts.push(part);
            }
        }
        let star = parts.last() == Some(&Part::Name(vec!['*']));
        Some(Self {
            parts,
            folder,
            below: !(star && rooted),
        })
    }

    /// Whether it is about the file at this path, given name by name.
    pub fn matches(&self, path: &[&str]) -> bool {
        // Up to which name of the path the parts that were looked at can reach.
        let mut reached = vec![false; path.len() + 1];
        reached[0] = true;
        for (position, part) in self.parts.iter().enumerate() {
            let mut next = vec![false; path.len() + 1];
            match part {
                Part::Folders => {
                    // At the end it stands for what lies below, and that is one name at least.
                    let least = usize::from(position + 1 == self.parts.len());
                    if let Some(first) = reached.iter().position(|reached| *reached) {
                        let from = (first + least).min(next.len());
                        next[from..].fill(true);
                    }
                }
                Part::Name(name) => {
                    for (at, found) in path.iter().enumerate() {
                        next[at + 1] = reached[at] && fits(name, found);
                    }
                }
            }
            reached = next;
        }
        let whole = reached[path.len()] && !self.folder;
        let below = (self.below || self.folder) && reached[..path.len()].iter().any(|reached| *reached);
        whole || below
    }
}

/// Whether a name fits. After a mismatch the last `*` takes one character more, so that time grows with the product of the lengths
/// and no further.
fn fits(name: &[char], found: &str) -> bool {
    let found: Vec<char> = found.chars().collect();
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while seen < found.len() {
        match name.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(c) if *c == '?' || *c == found[seen] => (at, seen) = (at + 1, seen + 1),
            _ => {
                let Some((last, taken)) = star else { return false };
                star = Some((last, taken + 1));
                (at, seen) = (last + 1, taken + 1);
            }
        }
    }
    name[at..].iter().all(|c| *c == '*')
}
