//! Names: that they are well formed, given once, and that what is named is declared.

use std::collections::HashSet;

use super::view::{Reader, View};
use super::{faces, relations, units};
use crate::config::Config;
use crate::config::nearest::{listed, listed_short, nearest, quoted};
use crate::error::{Problem, ProblemKind};
use crate::finding::Code;
use crate::source::{Span, Spanned};

/// A name in a selector that the file must declare.
pub struct Reference {
    /// `layer`, `context` or `group`.
    pub family: &'static str,
    /// The name and its place.
    pub name: Spanned<String>,
}

/// Every check of names.
pub fn check(reader: &mut Reader<'_>, root: View<'_>, config: &Config) {
    let layers = declared(config.layers.iter().map(|layer| &layer.name));
    let contexts = Names::new(root.map("contexts").iter().map(|entry| entry.name));
    let groups = Names::new(root.map("groups").iter().map(|entry| entry.name));
    for Reference { family, name } in std::mem::take(&mut reader.references) {
        let names = match family {
            "layer" => &layers,
            "context" => &contexts,
            _ => &groups,
        };
        known(reader, family, &name, names);
    }
    once(reader, "layer", config.layers.iter().map(|layer| &layer.name));
    let rules = std::mem::take(&mut reader.rule_names);
    once(reader, "rule", rules.iter());
    for rule in rules.iter().filter(|rule| !rule.value.starts_with("externals.")) {
        rule_name(reader, rule);
    }
    for stack in config.stacks() {
        let layers = config.layers.iter().filter(|l| l.stack_name() == stack);
        one_rest(reader, "layer", layers.map(|l| (&l.name, l.rest)));
    }
    one_rest(reader, "context", config.contexts.iter().map(|c| (&c.name, c.rest)));
    units::layers(reader, &config.layers, &layers);
    faces::check(reader, config, &contexts);
    relations::check(reader, config, &contexts);
    let rules = declared(rules.iter());
    for entry in root
        .map("levels")
        .into_iter()
        .filter(|entry| entry.value.get_ref().is_str())
    {
        let name = entry.named(reader);
        code_or_rule(reader, &name, &rules);
    }
    for rule in std::mem::take(&mut reader.excused) {
        if code_or_rule(reader, &rule, &rules) {
            has_edges(reader, &rule);
        }
    }
}

fn declared<'n>(names: impl Iterator<Item = &'n Spanned<String>>) -> Names {
    Names::new(names.map(|name| name.value.as_str()))
}

/// The names of one family, in file order, and fast to look up.
pub struct Names {
    ordered: Vec<String>,
    set: HashSet<String>,
}

impl Names {
    pub fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let ordered: Vec<String> = names.map(str::to_owned).collect();
        let set = ordered.iter().cloned().collect();
        Self { ordered, set }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.set.contains(name)
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.ordered.iter().map(String::as_str)
    }
}

/// Reports a name that is none of `names`.
pub fn known(reader: &mut Reader<'_>, family: &str, name: &Spanned<String>, names: &Names) -> bool {
    if names.contains(&name.value) {
        return true;
    }
    let help = match nearest(&name.value, names.iter()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.iter().len() == 0 => format!("the file declares no {family}"),
        None => format!("the {family}s are {}", listed_short(names.iter())),
    };
    reader.report(
        format!("unknown {family} {}", quoted(&name.value)),
        name.span,
        format!("no such {family}"),
        help,
    );
    false
}

/// Reports each name that was given before, with both places.
fn once<'n>(reader: &mut Reader<'_>, family: &str, names: impl Iterator<Item = &'n Spanned<String>>) {
    let mut names: Vec<&Spanned<String>> = names.collect();
    names.sort_by_key(|name| (&name.value, name.span));
    for pair in names.windows(2) {
        if pair[0].value == pair[1].value {
            let message = format!("two {family}s are called {}", quoted(&pair[1].value));
            let problem = Problem::new(ProblemKind::Config, message).at(pair[1].span, "the second");
            reader.problems.push(
                problem
                    .at(pair[0].span, "the first")
                    .help("rename one of them, or join them"),
            );
        }
    }
}

/// Reports a name that could not be written in a selector.
pub fn check_name(reader: &mut Reader<'_>, name: &Spanned<String>, family: &str) {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.value.is_empty() || !name.value.chars().all(fits) {
        let message = format!("{} cannot be the name of a {family}", quoted(&name.value));
        reader.report(
            message,
            name.span,
            "not a name",
            "a name is letters, digits, `-`, `_` and `.`",
        );
    }
}

fn rule_name(reader: &mut Reader<'_>, name: &Spanned<String>) {
    let taken = Code::named(&name.value).is_some();
    if taken {
        let help = "give the rule a name that says what it protects";
        reader.report(
            format!("{} is a code and cannot name a rule", quoted(&name.value)),
            name.span,
            "a code",
            help,
        );
        return;
    }
    let kebab = kebab(&name.value);
    if kebab != name.value || kebab.is_empty() {
        let help = match kebab.as_str() {
            "" => "write small letters and digits, joined by `-`".to_owned(),
            kebab => format!("write `name = \"{}\"`", kebab.chars().take(100).collect::<String>()),
        };
        reader.report(
            format!("the rule name {} is not kebab-case", quoted(&name.value)),
            name.span,
            "not kebab-case",
            help,
        );
    }
}

/// Small letters and digits, joined by single dashes.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut small = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && small {
                kebab.push('-');
            }
            small = c.is_lowercase() || c.is_numeric();
            kebab.extend(c.to_lowercase());
        } else {
            small = false;
            if !kebab.is_empty() && !kebab.ends_with('-') {
                kebab.push('-');
            }
        }
    }
    kebab.trim_end_matches('-').to_owned()
}

fn one_rest<'n>(
    reader: &mut Reader<'_>,
    family: &str,
    units: impl Iterator<Item = (&'n Spanned<String>, Option<Span>)>,
) {
    let rests: Vec<_> = units.filter_map(|(name, rest)| Some((name, rest?))).collect();
    if let [(first, first_span), others @ ..] = rests.as_slice() {
        for (name, span) in others {
            let message = format!(
                "two {family}s take the rest: {} and {}",
                quoted(&first.value),
                quoted(&name.value)
            );
            let problem = Problem::new(ProblemKind::Config, message).at(*span, "the second `rest`");
            let problem = problem.at(*first_span, "the first `rest`");
            reader.problems.push(problem.help(format!(
                "a member can be the rest of one {family} only: remove one `rest`"
            )));
        }
    }
}

/// Reports what is neither a code nor a rule's name.
fn code_or_rule(reader: &mut Reader<'_>, name: &Spanned<String>, rules: &Names) -> bool {
    if Code::named(&name.value).is_some() || rules.contains(&name.value) {
        return true;
    }
    let codes = Code::ALL.map(Code::as_str);
    let known = codes.iter().copied().chain(rules.iter());
    let help = match nearest(&name.value, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the codes are {}; a rule has the `name` that its table gives it",
            listed(Code::ALL.map(Code::as_str), "and")
        ),
    };
    reader.report(
        format!("{} is neither a code nor the name of a rule", quoted(&name.value)),
        name.span,
        "no such code or rule",
        help,
    );
    false
}

/// Reports an exception from a code whose findings are about no edge of the rules: it could never excuse anything.
fn has_edges(reader: &mut Reader<'_>, rule: &Spanned<String>) {
    let edgeless = [
        Code::UnassignedLayer,
        Code::UnassignedContext,
        Code::StaleException,
        Code::StaleBaseline,
        Code::ExpiredException,
        Code::ExpiringException,
        Code::ExceptionCount,
        Code::UnknownExternal,
        Code::UnusedPermission,
        Code::LegalisedEdge,
        Code::GrownBaseline,
    ];
    if Code::named(&rule.value).is_some_and(|code| edgeless.contains(&code)) {
        let help = format!("set its level instead: `[levels]` with `{} = \"allow\"`", rule.value);
        reader.report(
            format!("`{}` is about no edge, and exceptions excuse edges", rule.value),
            rule.span,
            "about no edge",
            help,
        );
    }
}
