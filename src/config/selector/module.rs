//! `mod:` selectors: patterns over the modules of members.

use super::Glob;
use super::atom::check_reserved;
use super::parse::{Flaw, shortened};
use super::path::matches_segments;
use crate::config::nearest::quoted;

/// A pattern over modules: a crate, and the names of modules down from its root. `*` stays inside one name, `**` spans
/// any number of them, none included, but `a::**` is what lies below `a`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleGlob {
    /// The package, in which `-` and `_` count as equal.
    package: Glob,
    /// The names from the root down; none for the root itself.
    names: Vec<String>,
}

impl ModuleGlob {
    /// The package and the path, where the pattern is none: `shop` and `billing::api`.
    #[must_use]
    pub fn literal(&self) -> Option<(&str, String)> {
        let package = self.package.literal()?;
        let exact = self.names.iter().all(|name| !name.contains('*'));
        exact.then(|| (package, self.names.join("::")))
    }

    /// Whether modules of this package can fit.
    #[must_use]
    pub fn is_of(&self, package: &str) -> bool {
        self.package.matches(&package.replace('-', "_"))
    }

    /// Whether a module of a package that fits is meant, by its path from the root; the root's is empty.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let mut pattern: Vec<&str> = self.names.iter().map(String::as_str).collect();
        if pattern.last() == Some(&"**") {
            // Below a module is at least one name below it.
            pattern.push("*");
        }
        let names: Vec<&str> = path.split("::").filter(|name| !name.is_empty()).collect();
        matches_segments(&pattern, &names)
    }
}

/// Parses what stands behind `mod:`, at the byte `at` of its string.
pub(super) fn parse(text: &str, at: usize) -> Result<ModuleGlob, Flaw> {
    check_reserved(text, at)?;
    let mut start = at;
    let mut names = Vec::new();
    for name in text.split("::") {
        check_name(text, name, start, names.is_empty())?;
        start += name.len() + "::".len();
        names.push(name.to_owned());
    }
    let package = names.remove(0).replace('-', "_");
    Ok(ModuleGlob {
        package: Glob::new(&package),
        names,
    })
}

const FORM: &str =
    "write `mod:CRATE::PATH`, with `::*` behind it for the modules directly below, or `::**` for all below";

fn check_name(text: &str, name: &str, at: usize, first: bool) -> Result<(), Flaw> {
    let range = at..at + name.len();
    let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '*' || first && c == '-';
    match name {
        "" => {
            let flaw = Flaw::new(
                at.saturating_sub(1)..at,
                format!("{} is no module", quoted(text)),
                "a name is missing",
            );
            Err(flaw.help(FORM))
        }
        "crate" | "self" | "super" => {
            let flaw = Flaw::new(range, format!("`{name}` in `mod:`"), "names no package");
            Err(flaw.help("modules are named from outside: the package's name comes first, `mod:CRATE::PATH`"))
        }
        "**" if !first => Ok(()),
        _ if name.contains("**") => {
            let flaw = Flaw::new(
                range,
                "`**` inside a name",
                "`**` may only stand for whole names below a crate",
            );
            Err(flaw.help("write `*`, which stays inside one name, or `**` as a part of its own"))
        }
        _ if name.chars().all(fits) => Ok(()),
        _ => {
            let flaw = Flaw::new(range, format!("{} is no module", quoted(text)), "not a name");
            let names: Vec<&str> = text.split(['/', '.', ':']).filter(|name| !name.is_empty()).collect();
            let help = match names.join("::") {
                _ if name.contains('-') => format!(
                    "a module's name has no `-`: write `{}`",
                    shortened(&name.replace('-', "_"))
                ),
                other if other != text => format!("write `mod:{}`", shortened(&other)),
                _ => FORM.to_owned(),
            };
            Err(flaw.help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_fits_by_its_names_from_the_root_down() {
        let fits = |pattern: &str, package: &str, path: &str| {
            let glob = parse(pattern, 0).expect("a pattern");
            glob.is_of(package) && glob.matches(path)
        };
        assert!(fits("shop", "shop", ""));
        assert!(!fits("shop", "shop", "billing"));
        assert!(fits("shop::billing", "shop", "billing"));
        assert!(!fits("shop::billing", "shop", "billing::api"));
        assert!(fits("shop::*", "shop", "billing"));
        assert!(!fits("shop::*", "shop", ""));
        assert!(!fits("shop::*", "shop", "billing::api"));
        assert!(fits("shop::**", "shop", "billing::api"));
        assert!(!fits("shop::**", "shop", ""));
        assert!(fits("shop::**::internal", "shop", "internal"));
        assert!(fits("shop::**::internal", "shop", "a::b::internal"));
        assert!(fits("*::internal", "any", "internal"));
        assert!(fits("my-shop::a", "my_shop", "a") && fits("my_shop::a", "my-shop", "a"));
        assert!(!fits("shop::bill*", "shop", "orders"));
    }

    #[test]
    fn what_is_no_module_says_what_is_due() {
        let flaw = |text: &str| {
            let flaw = parse(text, 4).expect_err("a flaw");
            (flaw.range, flaw.help.unwrap_or_default())
        };
        assert_eq!(flaw("shop::"), (9..10, FORM.to_owned()));
        assert_eq!(flaw("shop/billing").1, "write `mod:shop::billing`");
        assert_eq!(flaw("shop::bill-ing").1, "a module's name has no `-`: write `bill_ing`");
        assert!(flaw("crate::billing").1.contains("the package's name comes first"));
        assert!(flaw("shop::a**").1.contains("`**` as a part of its own"));
        assert!(flaw("**::a").1.contains("`**` as a part of its own"));
    }
}
