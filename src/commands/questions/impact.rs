//! The answer to `impact`, as people read it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::questions::impact::{Impact, Rebuilt};
use crate::reporters::prose::{Pen, name, pad, wrap};

/// A wider name of a layer or context does not push the others.
const WIDEST: usize = 24;

pub(super) fn human(impact: &Impact, pen: Pen) -> String {
    let mut out = String::new();
    headline(&mut out, impact, pen);
    if pen.quiet() {
        return out;
    }
    let rows = rows(impact);
    let widest = rows
        .iter()
        .map(|(lead, _)| name(lead).width())
        .max()
        .unwrap_or(0)
        .min(WIDEST);
    for (lead, text) in rows {
        if text.is_empty() {
            out.push('\n');
            continue;
        }
        let room = pen.prose_width().saturating_sub(widest + 4);
        for (index, line) in wrap(&text, room).iter().enumerate() {
            let mut padded = String::new();
            pad(&mut padded, &name(if index == 0 { &lead } else { "" }), widest);
            let _ = writeln!(out, "  {}  {line}", pen.lead(&padded));
        }
    }
    out
}

fn headline(out: &mut String, impact: &Impact, pen: Pen) {
    let package = name(&impact.package);
    let (count, others) = (impact.rebuilds.len(), impact.others);
    let other = if impact.external { "crates" } else { "other crates" };
    let mut text = match count {
        0 => format!("when `{package}` changes, none of the {others} {other} rebuilds"),
        1 => format!("when `{package}` changes, 1 of the {others} {other} rebuilds"),
        _ => format!("when `{package}` changes, {count} of the {others} {other} rebuild"),
    };
    if count > 0 {
        let _ = write!(text, " ({}%)", count * 100 / others.max(1));
    }
    match impact.tests.len() {
        0 => {}
        1 => text.push_str(", and the tests of 1 more"),
        more => {
            let _ = write!(text, ", and the tests of {more} more");
        }
    }
    for line in wrap(&text, pen.prose_width()) {
        let _ = writeln!(out, "{line}");
    }
}

/// What stands left and right; an empty line where nothing stands right.
fn rows(impact: &Impact) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let mut row = |lead: &str, names: Vec<&str>| {
        if !names.is_empty() {
            rows.push((lead.to_owned(), names.join(", ")));
        }
    };
    let named = |wanted: &dyn Fn(&&Rebuilt) -> bool| -> Vec<&str> {
        impact.rebuilds.iter().filter(wanted).map(|r| r.name.as_str()).collect()
    };
    row("use it directly", named(&|r| r.direct));
    row("binaries", named(&|r| r.binary));
    row("tests alone", impact.tests.iter().map(|r| r.name.as_str()).collect());
    row("owners", impact.owners.iter().map(String::as_str).collect());
    let groups = groups(impact);
    if !rows.is_empty() && !groups.is_empty() {
        rows.insert(0, (String::new(), String::new()));
        rows.push((String::new(), String::new()));
    }
    rows.extend(groups);
    rows
}

/// Those that rebuild, by context or layer; those in none come last.
fn groups(impact: &Impact) -> Vec<(String, String)> {
    let mut groups: BTreeMap<(bool, &str), Vec<&str>> = BTreeMap::new();
    for rebuilt in &impact.rebuilds {
        let unit = match impact.grouped_by {
            Some("context") => rebuilt.context.as_deref(),
            Some(_) => rebuilt.layer.as_deref(),
            None => None,
        };
        let key = (unit.is_none(), unit.unwrap_or_default());
        groups.entry(key).or_default().push(&rebuilt.name);
    }
    let lead = |(none, unit): (bool, &str)| match impact.grouped_by {
        Some(family) if none => format!("in no {family}"),
        Some(_) => unit.to_owned(),
        None => "all".to_owned(),
    };
    let text = |names: Vec<&str>| format!("{}: {}", names.len(), names.join(", "));
    groups
        .into_iter()
        .map(|(key, names)| (lead(key), text(names)))
        .collect()
}
