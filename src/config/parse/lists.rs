//! Lists of selectors and of names.

use super::names::Reference;
use super::view::{Entry, Reader, View, strings};
use crate::config::NameList;
use crate::config::nearest::{nearest, quoted};
use crate::config::schema::Type;
use crate::config::selector::parse::{Flaw, Parsed, parse};
use crate::config::selector::{Atom, Selector, SelectorList};
use crate::error::Problem;
use crate::finding::Level;
use crate::source::{Span, Spanned};
use crate::workspace::platform::Triple;
use crate::workspace::{DependencyKind, Kinds};

/// Which packages a list may name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// Members and externals.
    Packages,
    /// Members alone: an external stands at no other place than the far end of a dependency.
    Members,
}

/// The list of selectors under a key, without the entries that are wrong.
pub fn selectors(reader: &mut Reader<'_>, view: View<'_>, name: &str, select: Select) -> Option<SelectorList> {
    let entry = view.get(name)?;
    Some(selector_list(reader, &entry, select))
}

/// The list of selectors that an entry holds.
pub fn selector_list(reader: &mut Reader<'_>, entry: &Entry<'_>, select: Select) -> SelectorList {
    let key = entry.key(reader);
    let strings = entry.strings(reader);
    list(reader, key, strings, select)
}

/// Every list of a list of lists; a string among them is a list of one.
pub fn sets(reader: &mut Reader<'_>, view: View<'_>, name: &str) -> Option<Vec<SelectorList>> {
    let entry = view.get(name)?;
    let array = entry.value.get_ref().as_array()?;
    let mut sets = Vec::new();
    for element in array {
        let span = reader.span(element.span());
        let strings = strings(reader, element);
        sets.push(list(reader, span, strings, Select::Members));
    }
    Some(sets)
}

fn list(reader: &mut Reader<'_>, key: Span, strings: Vec<Spanned<String>>, select: Select) -> SelectorList {
    let (mut entries, written) = (Vec::new(), strings.len());
    for (position, string) in strings.into_iter().enumerate() {
        entries.extend(selector(reader, string, position == 0, select));
    }
    SelectorList {
        key,
        refused: entries.len() < written,
        entries,
    }
}

/// The list of selectors under a key that takes modules alone.
pub fn modules(reader: &mut Reader<'_>, view: View<'_>, name: &str) -> Option<SelectorList> {
    let mut list = selectors(reader, view, name, Select::Members)?;
    let of_modules = |entry: &Selector| {
        entry
            .terms
            .iter()
            .any(|t| matches!(t.atom, Atom::Module(_)) && !t.negated)
    };
    for entry in list.entries.iter().filter(|entry| !of_modules(entry)) {
        let message = format!("{} in `{name}` selects no module", quoted(&entry.text.value));
        let help = "modules are written `mod:CRATE::PATH`; whole crates stand in `crates`";
        reader.report(message, entry.text.span, "no module", help);
        list.refused = true;
    }
    list.entries.retain(of_modules);
    Some(list)
}

/// One selector; none where it is wrong.
pub fn selector(reader: &mut Reader<'_>, string: Spanned<String>, first: bool, select: Select) -> Option<Selector> {
    let parsed = match parse(&string.value) {
        Ok(parsed) => parsed,
        Err(flaws) => {
            for flaw in flaws {
                report(reader, &string, flaw);
            }
            return None;
        }
    };
    if first && parsed.negated {
        let help = "`!` takes away from what stands before it: start the list with what is meant, for example `\"*\"` \
                    for every member";
        let span = reader.inside(&string, 0..1);
        reader.report("a list cannot start with `!`", span, "nothing stands before it", help);
        return None;
    }
    if let (Select::Members, Some(range)) = (select, parsed.names_external()) {
        let span = reader.inside(&string, range.clone());
        let help = "members alone can be selected here; externals can stand in `to`, in `not-through` and in groups";
        reader.report(
            "an external where only members can stand",
            span,
            "selects no member",
            help,
        );
        return None;
    }
    refer(reader, &string, &parsed);
    Some(Selector {
        negated: parsed.negated,
        optional: parsed.optional,
        terms: parsed.terms.into_iter().map(|(term, _)| term).collect(),
        text: string,
    })
}

fn report(reader: &mut Reader<'_>, string: &Spanned<String>, flaw: Flaw) {
    let span = reader.inside(string, flaw.range);
    let problem = Problem::new(flaw.kind, flaw.message).at(span, flaw.label);
    reader.problems.push(match flaw.help {
        Some(help) => problem.help(help),
        None => problem,
    });
}

/// Remembers the names that the file must declare, unless `?` says that they need not be.
fn refer(reader: &mut Reader<'_>, string: &Spanned<String>, parsed: &Parsed) {
    if parsed.optional {
        return;
    }
    for (term, range) in &parsed.terms {
        let (Atom::Layer(name) | Atom::Context(name) | Atom::Group(name)) = &term.atom else {
            continue;
        };
        let span = reader.inside(string, range.end - name.len()..range.end);
        let family = match &term.atom {
            Atom::Layer(_) => "layer",
            Atom::Context(_) => "context",
            _ => "group",
        };
        reader.references.push(Reference {
            family,
            name: Spanned::new(name.clone(), span),
        });
    }
}

/// A list of names and its key's place.
pub fn names(reader: &Reader<'_>, view: View<'_>, name: &str) -> Option<NameList> {
    let entry = view.get(name)?;
    Some(NameList {
        key: entry.key(reader),
        names: entry.strings(reader),
    })
}

/// The kinds under a key. An empty list is reported where it would make a rule that judges nothing.
pub fn kinds(reader: &mut Reader<'_>, view: View<'_>, name: &str) -> Option<Kinds> {
    let entry = view.get(name)?;
    let words = entry.strings(reader);
    if words.is_empty() && entry.value.get_ref().as_array().is_some_and(|array| array.is_empty()) && name == "kinds" {
        let span = entry.key(reader);
        let help = "name at least one of `normal`, `build` and `dev`, or remove the key";
        reader.report("`kinds` is empty: nothing would be judged", span, "no kind", help);
        return None;
    }
    let kind = |word: &Spanned<String>| DependencyKind::ALL.into_iter().find(|kind| kind.as_str() == word.value);
    Some(words.iter().filter_map(kind).collect())
}

/// The target triples under `targets`. An unknown one is reported, and so is an empty list: the rule would judge
/// nothing that is declared for a target.
pub fn targets(reader: &mut Reader<'_>, view: View<'_>) -> Option<Vec<Triple>> {
    let entry = view.get("targets")?;
    let words = entry.strings(reader);
    if words.is_empty() && entry.value.get_ref().as_array().is_some_and(|array| array.is_empty()) {
        let span = entry.key(reader);
        let help = "name at least one target triple, or remove the key to judge dependencies for every target";
        reader.report("`targets` is empty", span, "no target", help);
        return None;
    }
    let mut triples = Vec::new();
    for word in words {
        match Triple::named(&word.value) {
            Some(triple) => triples.push(triple),
            None => unknown_target(reader, &word),
        }
    }
    Some(triples)
}

fn unknown_target(reader: &mut Reader<'_>, word: &Spanned<String>) {
    let message = format!("rustc knows no target {}", quoted(&word.value));
    if word.value.starts_with("cfg(") {
        let help = "write the triples on which the rule is to hold, such as `x86_64-unknown-linux-gnu`";
        reader.report(message, word.span, "a condition, where a target triple is due", help);
        return;
    }
    let label = match shortened_target(&word.value).or_else(|| nearest(&word.value, Triple::all().map(Triple::name))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "not a target triple".to_owned(),
    };
    let help = "`rustc --print target-list` prints the target triples; without `targets` a rule judges dependencies for \
                every target, those of a target of your own too";
    reader.report(message, word.span, label, help);
}

/// The target whose name lacks only some of its parts here, as in `x86_64-linux-gnu`: of several the shortest.
fn shortened_target(word: &str) -> Option<&'static str> {
    let parts: Vec<&str> = word.split('-').collect();
    let holds_all = |name: &&str| {
        let mut whole = name.split('-');
        parts.iter().all(|part| whole.any(|other| other == *part))
    };
    let names = Triple::all().map(Triple::name).filter(|_| parts.len() > 1);
    names.filter(holds_all).min_by_key(|name| name.len())
}

/// The level under a key.
pub fn level(view: View<'_>, name: &str) -> Option<Level> {
    debug_assert!(matches!(view.spec(name).map(|key| key.value), Some(Type::Choice(_))));
    level_named(view.word(name)?)
}

/// The level of this name.
pub fn level_named(word: &str) -> Option<Level> {
    [Level::Allow, Level::Warn, Level::Deny]
        .into_iter()
        .find(|level| level.as_str() == word)
}
