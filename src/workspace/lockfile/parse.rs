//! From the text of a Cargo.lock to packages whose dependencies are found, as cargo's own reader finds them.

use std::collections::{HashMap, HashSet};

use semver::Version;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{LockedDependency, LockedId, LockedPackage, REWRITE};
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, Span};

#[cfg(test)]
mod tests;
mod written;

/// The newest format that is known. Formats 1 and 2 are written without a number.
const NEWEST: u64 = 4;

/// Every `[[package]]`, in the order of the file, each with the packages that its `dependencies` mean.
pub(super) fn packages(text: &str, file: FileId) -> Result<Vec<LockedPackage>, Vec<Problem>> {
    match written::read(text, file) {
        Some(reader) => reader.finish(),
        None => by_toml(text, file),
    }
}

/// The same from any TOML.
fn by_toml(text: &str, file: FileId) -> Result<Vec<LockedPackage>, Vec<Problem>> {
    let table = DeTable::parse(text).map_err(|error| vec![broken_toml(&error, text, file)])?;
    let table = table.get_ref();
    check_version(table, file).map_err(|problem| vec![problem])?;
    let mut reader = Reader::new(file);
    // Before format 2 the package that the lock belongs to could stand apart, as `[root]`.
    if let Some(root) = table.get("root") {
        reader.package(root);
    }
    if let Some(list) = table.get("package") {
        match list.get_ref().as_array() {
            Some(entries) => entries.iter().for_each(|entry| reader.package(entry)),
            None => reader.broken(list.span(), "`package` is not an array of tables"),
        }
    }
    reader.finish()
}

fn broken_toml(error: &toml::de::Error, text: &str, file: FileId) -> Problem {
    let conflict = text
        .lines()
        .any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
    let (message, help) = if conflict {
        let help = "settle the conflict: check out one side's `Cargo.lock`, then run `cargo update --workspace`";
        ("`Cargo.lock` has the marks of a merge conflict".to_owned(), help)
    } else {
        let first = error.message().lines().next().unwrap_or_default();
        (format!("`Cargo.lock` is broken: {first}"), REWRITE)
    };
    let problem = Problem::new(ProblemKind::Workspace, message).help(help);
    match error.span() {
        Some(range) => problem.at(Span::new(file, range), "here"),
        None => problem,
    }
}

fn check_version(table: &DeTable<'_>, file: FileId) -> Result<(), Problem> {
    let Some(value) = table.get("version") else {
        return Ok(());
    };
    let number = value
        .get_ref()
        .as_integer()
        .and_then(|i| u64::from_str_radix(i.as_str(), i.radix()).ok());
    if number.is_some_and(|n| (1..=NEWEST).contains(&n)) {
        return Ok(());
    }
    let message = match number {
        Some(n) => {
            format!("`Cargo.lock` is of format {n}, of which this version knows nothing: it reads 1 to {NEWEST}")
        }
        None => "`Cargo.lock` gives no number as its `version`".to_owned(),
    };
    Err(Problem::new(ProblemKind::Workspace, message)
        .at(Span::new(file, value.span()), "the format of the lockfile")
        .help("a newer cargo-boundaries may know it; or let an older cargo write the lockfile"))
}

/// A package reference as `dependencies` writes it: `name`, `name version` or `name version (source)`.
struct Reference {
    from: usize,
    text: String,
    span: Span,
}

struct Reader {
    file: FileId,
    packages: Vec<LockedPackage>,
    references: Vec<Reference>,
    problems: Vec<Problem>,
}

impl Reader {
    fn new(file: FileId) -> Self {
        Self {
            file,
            packages: Vec::new(),
            references: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn broken(&mut self, range: std::ops::Range<usize>, why: impl std::fmt::Display) {
        let problem = Problem::new(ProblemKind::Workspace, format!("`Cargo.lock` is broken: {why}"));
        self.problems
            .push(problem.at(Span::new(self.file, range), "here").help(REWRITE));
    }

    fn package(&mut self, entry: &Spanned<DeValue<'_>>) {
        let Some(table) = entry.get_ref().as_table() else {
            return self.broken(entry.span(), "a package is not a table");
        };
        let text = |key: &str| table.get(key).and_then(|v| v.get_ref().as_str().map(|s| (s, v.span())));
        let (Some((name, name_range)), Some((version, version_range))) = (text("name"), text("version")) else {
            return self.broken(entry.span(), "a package has no `name` or no `version`");
        };
        let Ok(version) = Version::parse(version) else {
            return self.broken(version_range, format!("`{version}` is not a version"));
        };
        let from = self.packages.len();
        self.packages.push(LockedPackage {
            name: name.to_owned(),
            version,
            source: text("source").map(|(source, _)| source.to_owned()),
            span: Span::new(self.file, name_range),
            dependencies: Vec::new(),
        });
        let list = table.get("dependencies").map(|v| (v.get_ref().as_array(), v.span()));
        match list {
            None => {}
            Some((None, range)) => self.broken(range, "`dependencies` is not an array"),
            Some((Some(entries), _)) => entries.iter().for_each(|entry| self.reference(from, entry)),
        }
        // A package that `[replace]` replaces has no dependencies but that on its replacement.
        if let Some(entry) = table.get("replace") {
            self.reference(from, entry);
        }
    }

    fn reference(&mut self, from: usize, entry: &Spanned<DeValue<'_>>) {
        match entry.get_ref().as_str() {
            Some(text) => self.references.push(Reference {
                from,
                text: text.to_owned(),
                span: Span::new(self.file, entry.span()),
            }),
            None => self.broken(entry.span(), "a dependency is not a string"),
        }
    }

    /// Cargo refuses a lock that has a package twice, which is what a bad merge makes of one.
    fn find_twins(&mut self) {
        let mut seen = HashSet::new();
        let mut twins = Vec::new();
        for package in &self.packages {
            if !seen.insert((package.name.as_str(), &package.version, package.source.as_deref())) {
                twins.push((package.span.range(), package.name.clone()));
            }
        }
        for (range, name) in twins {
            self.broken(range, format!("it has the package `{name}` twice"));
        }
    }

    fn finish(mut self) -> Result<Vec<LockedPackage>, Vec<Problem>> {
        self.find_twins();
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, package) in self.packages.iter().enumerate() {
            by_name.entry(&package.name).or_default().push(index);
        }
        let find = |reference: &Reference| find(&self.packages, &by_name, &reference.text);
        let found: Vec<_> = self.references.iter().map(find).collect();
        for (reference, found) in std::mem::take(&mut self.references).into_iter().zip(found) {
            match found {
                Some(to) => self.packages[reference.from].dependencies.push(LockedDependency {
                    to: LockedId::new(to),
                    span: reference.span,
                }),
                None => self.broken(
                    reference.span.range(),
                    format!("`{}` means none of its packages, or several", reference.text),
                ),
            }
        }
        if self.problems.is_empty() {
            Ok(self.packages)
        } else {
            Err(self.problems)
        }
    }
}

/// The package that a reference means. The source is left out where name and version say it all, and never written for
/// packages on disk: among several, those are meant by a reference without one.
fn find(packages: &[LockedPackage], by_name: &HashMap<&str, Vec<usize>>, reference: &str) -> Option<usize> {
    let mut words = reference.splitn(3, ' ');
    let named = by_name.get(words.next()?)?;
    let version = match words.next() {
        Some(version) => Some(Version::parse(version).ok()?),
        None => None,
    };
    let source = match words.next() {
        Some(source) => Some(source.strip_prefix('(')?.strip_suffix(')')?),
        None => None,
    };
    let fitting = || {
        named
            .iter()
            .copied()
            .filter(|i| version.as_ref().is_none_or(|v| packages[*i].version == *v))
    };
    let locked = |index: &usize| packages[*index].source.as_deref();
    match source {
        None => only(fitting().filter(|i| locked(i).is_none())).or_else(|| only(fitting())),
        Some(wanted) => {
            let of_source = |clean: fn(&str) -> &str| {
                only(fitting().filter(|i| locked(i).is_some_and(|has| clean(has) == clean(wanted))))
            };
            of_source(revisionless).or_else(|| of_source(branchless))
        }
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// A source without `#revision`, which references leave out.
fn revisionless(source: &str) -> &str {
    source.split('#').next().unwrap_or(source)
}

/// A source without revision and without the branch that formats 1 and 2 leave out of references.
fn branchless(source: &str) -> &str {
    let source = revisionless(source);
    source.strip_suffix("?branch=master").unwrap_or(source)
}
