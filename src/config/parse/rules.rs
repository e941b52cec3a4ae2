//! The rule tables and the lines of `[externals]`.

use super::acyclic::acyclic;
use super::features::features;
use super::gateway::gateway;
use super::lists::{Select, kinds, level, selector_list, selectors, sets, targets};
use super::transitive::{Groups, externals_of, reach, refuse_idle_keys, refuse_transitive};
use super::view::{Entry, Reader, View};
use crate::config::nearest::quoted;
use crate::config::selector::parse::parse;
use crate::config::selector::{Selector, SelectorList};
use crate::config::{Among, Demand, Group, Parties, Rule, Settings};
use crate::source::Spanned;

/// Every rule, in file order.
pub fn rules(reader: &mut Reader<'_>, root: View<'_>, settings: &Settings, groups: &[Group]) -> Vec<Rule> {
    let groups = &groups.iter().map(|group| (group.name.value.as_str(), group)).collect();
    let mut rules = Vec::new();
    let tables = [
        "forbidden",
        "allowed",
        "protected",
        "independent",
        "acyclic",
        "gateway",
        "features",
        "exposed",
    ];
    for (table, view) in tables
        .iter()
        .flat_map(|table| root.children(table).into_iter().map(move |view| (*table, view)))
    {
        let name = view.string(reader, "name");
        reader.rule_names.extend(name.clone());
        let demand = demand(reader, root, table, view, groups);
        let kinds = kinds(reader, view, "kinds").unwrap_or(settings.kinds);
        let (Some(name), Some(demand)) = (name, demand) else {
            continue;
        };
        let rule = Rule {
            name,
            reason: view.text(reader, "reason"),
            help: view.text(reader, "help"),
            level: level(view, "level"),
            kinds,
            allow_empty: view.flag("allow-empty"),
            ignore_optional: view.word("optional-dependencies") == Some("ignore"),
            targets: targets(reader, view),
            demand,
        };
        rules.push((view.header, rule));
    }
    for entry in root.map("externals") {
        if let Some(rule) = external(reader, &entry, settings) {
            rules.push((entry.place(), rule));
        }
    }
    rules.sort_by_key(|(place, _)| *place);
    rules.into_iter().map(|(_, rule)| rule).collect()
}

fn demand(reader: &mut Reader<'_>, root: View<'_>, table: &str, view: View<'_>, groups: &Groups<'_>) -> Option<Demand> {
    match table {
        "forbidden" => forbidden(reader, view, groups),
        "allowed" => allowed(reader, view, groups),
        "protected" => protected(reader, view),
        "independent" => independent(reader, view),
        "acyclic" => acyclic(reader, root, view),
        "gateway" => gateway(reader, view, groups),
        "features" => features(reader, view, groups),
        _ => exposed(reader, view),
    }
}

/// Reports a list that can never select anything, where the rule would judge nothing.
pub fn not_empty(reader: &mut Reader<'_>, view: View<'_>, names: &[&str]) {
    if view.flag("allow-empty") {
        return;
    }
    for entry in names.iter().filter_map(|name| view.get(name)) {
        if entry.value.get_ref().as_array().is_some_and(|array| array.is_empty()) {
            let message = format!("`{}` is empty: the rule judges nothing", entry.name);
            let help = "name at least one entry, or write `allow-empty = true` where this is meant";
            let span = entry.key(reader);
            reader.report(message, span, "selects nothing", help);
        }
    }
}

fn forbidden(reader: &mut Reader<'_>, view: View<'_>, groups: &Groups<'_>) -> Option<Demand> {
    let from = selectors(reader, view, "from", Select::Members);
    let to = selectors(reader, view, "to", Select::Packages);
    let reach = reach(reader, view, false);
    not_empty(reader, view, &["from", "to"]);
    let to = to?;
    let onto_externals = !externals_of(&to, groups).is_empty();
    refuse_idle_keys(reader, view, &reach, onto_externals);
    Some(Demand::Forbidden { from, to, reach })
}

fn allowed(reader: &mut Reader<'_>, view: View<'_>, groups: &Groups<'_>) -> Option<Demand> {
    let from = selectors(reader, view, "from", Select::Members);
    let to = selectors(reader, view, "to", Select::Packages);
    let reach = reach(reader, view, false);
    not_empty(reader, view, &["from"]);
    let among = match view.word("among") {
        Some("external") => Among::External,
        Some("all") => Among::All,
        _ => Among::Workspace,
    };
    let (from, to) = (from?, to?);
    if among == Among::Workspace {
        for entry in externals_of(&to, groups) {
            let help =
                "write `among = \"all\"` to close members and externals, or `among = \"external\"` for externals alone";
            let message = "an external in `to`, where the list closes only the workspace";
            reader.report(message, entry.text.span, "externals are not judged by this rule", help);
        }
    }
    refuse_idle_keys(reader, view, &reach, among != Among::Workspace);
    Some(Demand::Allowed { from, to, among, reach })
}

fn protected(reader: &mut Reader<'_>, view: View<'_>) -> Option<Demand> {
    let to = selectors(reader, view, "to", Select::Packages);
    let from = selectors(reader, view, "from", Select::Members);
    refuse_transitive(
        reader,
        view,
        "write a `[[forbidden]]` rule with `reach = \"transitive\"`",
    );
    not_empty(reader, view, &["to"]);
    Some(Demand::Protected { from: from?, to: to? })
}

fn independent(reader: &mut Reader<'_>, view: View<'_>) -> Option<Demand> {
    let crates = selectors(reader, view, "crates", Select::Members);
    let sets = sets(reader, view, "sets");
    let reach = reach(reader, view, true);
    refuse_idle_keys(reader, view, &reach, false);
    not_empty(reader, view, &["crates"]);
    let parties = match (view.get("crates"), view.get("sets")) {
        (Some(first), Some(second)) => {
            let span = second.key(reader);
            let help = "keep one: `crates` for crates that each stand alone, `sets` for sets of crates";
            reader.report("`crates` and `sets` in one rule", span, "beside `crates`", help);
            let first = first.key(reader);
            if let Some(problem) = reader.problems.last_mut() {
                problem.labels.push((first, "the other list".to_owned()));
            }
            return None;
        }
        (None, None) => {
            let help = "add `crates = [\"plugin-*\"]`, or `sets = [[\"client\"], [\"server\"]]`";
            reader.report(
                "`[[independent]]` without `crates` or `sets`",
                view.span(reader),
                "no parties",
                help,
            );
            return None;
        }
        _ => crates.map(Parties::Crates).or(sets.map(Parties::Sets))?,
    };
    two_parties(reader, view, &parties);
    Some(Demand::Independent { parties, reach })
}

/// Reports parties that are fewer than two whatever the workspace holds.
fn two_parties(reader: &mut Reader<'_>, view: View<'_>, parties: &Parties) {
    let help = "name two at least: a party alone is independent of nothing";
    match parties {
        Parties::Crates(list) => {
            if let (Some(entry), [only]) = (view.get("crates"), list.entries.as_slice())
                && entry.strings(reader).len() == 1
                && !only.is_pattern_of_members()
            {
                let span = only.text.span;
                reader.report("`crates` names one party", span, "the only crate", help);
            }
        }
        Parties::Sets(sets) => {
            if let (Some(entry), true) = (view.get("sets"), sets.len() < 2) {
                let span = entry.key(reader);
                reader.report("`sets` holds fewer than two sets", span, "two parties are due", help);
            }
            let Some(array) = view.get("sets").and_then(|entry| entry.value.get_ref().as_array()) else {
                return;
            };
            for (set, element) in sets.iter().zip(array.iter()) {
                if element.get_ref().as_array().is_some_and(|array| array.is_empty()) && !view.flag("allow-empty") {
                    reader.report("an empty set in `sets`", set.key, "selects nothing", help);
                }
            }
        }
    }
}

/// Reads one `[[exposed]]`.
fn exposed(reader: &mut Reader<'_>, view: View<'_>) -> Option<Demand> {
    let from = selectors(reader, view, "from", Select::Members);
    let to = selectors(reader, view, "to", Select::Packages);
    not_empty(reader, view, &["from", "to"]);
    Some(Demand::Exposed { from, to: to? })
}

/// A line of `[externals]`: an external pattern and its only users.
fn external(reader: &mut Reader<'_>, entry: &Entry<'_>, settings: &Settings) -> Option<Rule> {
    let key = entry.named(reader);
    let name = Spanned::new(format!("externals.{}", key.value), key.span);
    reader.rule_names.push(name.clone());
    let from = selector_list(reader, entry, Select::Members);
    let to = external_selector(reader, &key)?;
    Some(Rule {
        name,
        reason: None,
        help: None,
        level: None,
        kinds: settings.kinds,
        allow_empty: false,
        ignore_optional: false,
        targets: None,
        demand: Demand::Protected {
            from,
            to: SelectorList {
                key: key.span,
                entries: vec![to],
                refused: false,
            },
        },
    })
}

/// The key of such a line as the selector `external:KEY`.
fn external_selector(reader: &mut Reader<'_>, key: &Spanned<String>) -> Option<Selector> {
    let text = format!("external:{}", key.value);
    let help = "write the name of one external, a pattern such as `\"sqlx*\"`, or `\"sqlx@1\"`";
    if let Some(name) = key.value.strip_prefix("external:").filter(|name| !name.is_empty()) {
        let message = format!("{} is not the name of an external", quoted(&key.value));
        let help = format!("write the name alone: {}", quoted(name));
        reader.report(message, key.span, "the prefix is too much", help);
        return None;
    }
    match parse(&text) {
        Ok(parsed) if parsed.terms.len() == 1 && !parsed.optional => Some(Selector {
            text: Spanned::new(text, key.span),
            negated: false,
            optional: false,
            terms: parsed.terms.into_iter().map(|(term, _)| term).collect(),
        }),
        parsed if parsed.is_ok() || key.value.contains(" & ") => {
            reader.report(
                format!("{} is not the name of an external", quoted(&key.value)),
                key.span,
                "one name is due",
                help,
            );
            None
        }
        parsed => {
            let flaws = parsed.err().into_iter().flatten();
            let message = flaws.map(|flaw| flaw.message).next().unwrap_or_default();
            let message = format!("{} is not the name of an external: {message}", quoted(&key.value));
            reader.report(message, key.span, "a name is due", help);
            None
        }
    }
}
