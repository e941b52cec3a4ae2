//! `[[exceptions]]`.

use super::lists::{Select, kinds, selector};
use super::view::{Reader, View, count, date};
use crate::config::Exception;
use crate::config::selector::{Atom, Selector};
use crate::finding::Code;
use crate::source::Spanned;
use crate::workspace::Kinds;

pub fn exceptions(reader: &mut Reader<'_>, root: View<'_>) -> Vec<Exception> {
    let cycles = cycle_rules(root);
    let views = root.children("exceptions");
    views
        .into_iter()
        .filter_map(|view| exception(reader, view, &cycles))
        .collect()
}

/// The codes and names of rules whose edges lie between contexts or layers.
fn cycle_rules(root: View<'_>) -> Vec<&str> {
    let mut over_units = root.children("acyclic");
    over_units.retain(|view| view.word("over") != Some("crates"));
    let mut rules = vec![Code::ContextCycle.as_str()];
    if !over_units.is_empty() {
        rules.push(Code::Cycle.as_str());
    }
    rules.extend(over_units.iter().filter_map(|view| view.word("name")));
    rules
}

fn exception(reader: &mut Reader<'_>, view: View<'_>, cycles: &[&str]) -> Option<Exception> {
    let from = end(reader, view, "from", Select::Members);
    let to = end(reader, view, "to", Select::Packages);
    let kinds = kinds(reader, view, "kinds").unwrap_or(Kinds::ALL);
    let reason = view.string(reader, "reason");
    if let Some(reason) = reason.as_ref().filter(|reason| reason.value.trim().is_empty()) {
        let help = "say why the edge is excused, for the one who finds it in a year";
        reader.report(
            "an exception without a reason",
            reason.span,
            "the reason is empty",
            help,
        );
    }
    let rule = view.string(reader, "rule");
    reader.excused.extend(rule.clone());
    let exception = Exception {
        span: view.span(reader),
        rule: rule?,
        from: from?,
        to: to?,
        kinds,
        reason: reason?.value,
        until: spanned(reader, view, "until", date),
        milestone: view.text(reader, "milestone"),
        issue: view.text(reader, "issue"),
        owner: view.text(reader, "owner"),
        expect: spanned(reader, view, "expect", count),
    };
    let over_units = cycles.contains(&exception.rule.value.as_str());
    if let (None, Some(pattern)) = (view.get("expect"), pattern(&exception, over_units)) {
        let help = "add `expect = 1` with the number of edges that it excuses, so that a further one is noticed";
        reader.report(
            "an exception with a pattern and no `expect`",
            pattern.text.span,
            "not one exact name",
            help,
        );
    }
    Some(exception)
}

/// The end that is a pattern. A layer or a context is one unit where the rule is over those, and else all its members.
fn pattern(exception: &Exception, over_units: bool) -> Option<&Selector> {
    let unit = |end: &&Selector| matches!(end.terms[0].atom, Atom::Layer(_) | Atom::Context(_));
    let ends = [&exception.from, &exception.to];
    ends.into_iter()
        .find(|end| end.is_pattern() || (unit(end) && !over_units))
}

fn spanned<T>(
    reader: &Reader<'_>,
    view: View<'_>,
    name: &str,
    read: impl Fn(&toml::de::DeValue<'_>) -> Option<T>,
) -> Option<Spanned<T>> {
    let entry = view.get(name)?;
    Some(Spanned::new(read(entry.value.get_ref())?, entry.value_span(reader)))
}

/// One end of the edge.
fn end(reader: &mut Reader<'_>, view: View<'_>, name: &str, select: Select) -> Option<Selector> {
    let text = view.string(reader, name)?;
    if text.value.starts_with('!') {
        let span = reader.inside(&text, 0..1);
        let help = "name what the exception is about; `!` can stand after ` & `: `\"a-* & !a-test\"`";
        reader.report(
            format!("`!` at the start of `{name}` of an exception"),
            span,
            "there is nothing to take away from",
            help,
        );
        return None;
    }
    let selector = selector(reader, text, true, select)?;
    if selector.optional {
        let len = selector.text.value.len();
        let span = reader.inside(&selector.text, len - 1..len);
        let help = "remove the `?`; an exception for what is gone can go too";
        reader.report(
            format!("`?` in `{name}` of an exception"),
            span,
            "means nothing here",
            help,
        );
    }
    Some(selector)
}
