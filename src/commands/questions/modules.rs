//! The answer to `modules`, as people read it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::parts::place;
use crate::questions::modules::{Cut, ModuleCycle, ModuleEntry, Modules, NotFollowed};
use crate::reporters::prose::{Pen, counted, name, pad, wrap};
use crate::source::{Location, printable};
use crate::workspace::DependencyKind;

#[cfg(test)]
mod tests;

/// So many modules that one uses are named; the json document has them all.
const NAMED: usize = 12;
/// So many lines of one step are listed.
const LINES: usize = 3;
/// Stands for a space at which no line is broken, while lines are: no name has it.
const HELD: char = '\u{e000}';
/// A wider name does not push what stands behind it.
const WIDEST: usize = 36;

pub(super) fn human(answer: &Modules, pen: Pen) -> String {
    let mut out = String::new();
    paragraph(&mut out, &headline(answer), "", pen);
    if !pen.quiet() {
        out.push('\n');
        tree(&mut out, answer, pen);
    }
    for cycle in &answer.cycles {
        out.push('\n');
        one_cycle(&mut out, answer, cycle, pen);
    }
    if pen.quiet() {
        return out;
    }
    if let Some(cycle) = answer.cycles.first() {
        out.push('\n');
        let within = absolute(answer, &cycle.within);
        let rule = format!(
            "`[[acyclic]]` with `over = \"modules\"` and `modules = [\"mod:{within}::*\"]` has `check` report what is a cycle \
             within `{within}`"
        );
        pen.remark(&mut out, "help:", &rule);
    }
    let remarks = remarks(answer);
    if !remarks.is_empty() {
        out.push('\n');
    }
    for (lead, text) in remarks {
        pen.remark(&mut out, lead, &text);
    }
    out
}

/// A module as `CRATE::PATH`.
fn absolute(answer: &Modules, path: &str) -> String {
    match path {
        "" => name(&answer.package).into_owned(),
        path => format!("{}::{}", name(&answer.package), name(path)),
    }
}

/// A module by its path from the root; the root by the crate's name.
fn shown<'a>(answer: &'a Modules, path: &'a str) -> Cow<'a, str> {
    name(if path.is_empty() { &answer.package } else { path })
}

fn is_for_tests(entry: &ModuleEntry) -> bool {
    entry.kind == DependencyKind::Dev
}

fn headline(answer: &Modules) -> String {
    let of = |tests: bool| answer.modules.iter().filter(|m| is_for_tests(m) == tests).count();
    let (modules, tests) = (of(false), of(true));
    let mut text = format!(
        "`{}` has {}",
        absolute(answer, &answer.below),
        counted(modules, "module", "modules")
    );
    let held: usize = answer.modules.iter().map(|module| module.holds).sum();
    if held > 0 {
        let _ = write!(text, ", with {held} more below");
    }
    if tests > 0 {
        let _ = write!(text, ", and {tests} for tests alone");
    }
    let uses = answer.modules.iter().flat_map(|module| &module.uses);
    let references: usize = uses.map(|used| used.references).sum();
    let _ = write!(
        text,
        "; they use modules of the crate in {}, ",
        counted(references, "place", "places")
    );
    let cycles = match answer.cycles.len() {
        0 => "without a cycle".to_owned(),
        cycles => format!("in {}", counted(cycles, "cycle", "cycles")),
    };
    text + &cycles
}

/// The modules, each with what it uses beside it.
fn tree(out: &mut String, answer: &Modules, pen: Pen) {
    let above = answer.below.split("::").filter(|name| !name.is_empty()).count();
    let belongs: BTreeSet<_> = answer.modules.iter().map(belonging).collect();
    let is_told = belongs.len() > 1;
    let mut rows = Vec::new();
    for module in answer.modules.iter().filter(|module| !is_for_tests(module)) {
        let names: Vec<&str> = module.path.split("::").filter(|name| !name.is_empty()).collect();
        let indent = "  ".repeat(names.len() - above);
        let own = match names.last() {
            Some(own) if names.len() > above => name(own).into_owned(),
            _ => absolute(answer, &module.path),
        };
        let held = if module.holds > 0 {
            format!(" +{}", module.holds)
        } else {
            String::new()
        };
        let belonging = belonging(module).filter(|_| is_told).map(|text| format!(" ({text})"));
        rows.push((
            format!("{indent}{own}{held}"),
            belonging.unwrap_or_default(),
            uses(answer, module),
        ));
    }
    let wide = |row: &(String, String, String)| row.0.width() + row.1.width();
    let widest = rows.iter().map(wide).max().unwrap_or(0).min(WIDEST);
    let room = pen.prose_width().saturating_sub(widest + 2).max(20);
    for row in &rows {
        let mut lead = pen.lead(&row.0);
        if !row.1.is_empty() {
            lead.push_str(&pen.dim(&row.1));
        }
        if row.2.is_empty() {
            let _ = writeln!(out, "{lead}");
            continue;
        }
        let mut gap = String::new();
        pad(&mut gap, "", widest.saturating_sub(wide(row)));
        for (index, line) in wrap(&row.2, room).iter().enumerate() {
            let line = line.replace(HELD, " ");
            let _ = match index {
                0 => writeln!(out, "{lead}{gap}  {line}"),
                _ => writeln!(out, "{:widest$}  {line}", ""),
            };
        }
    }
}

/// The layer and the context of a module.
fn belonging(module: &ModuleEntry) -> Option<String> {
    let units = module.layer.iter().chain(&module.context);
    let units: Vec<_> = units.map(|unit| name(unit)).collect();
    (!units.is_empty()).then(|| units.join(", "))
}

/// What a module uses: `orders::api 3, ledger 1`.
fn uses(answer: &Modules, module: &ModuleEntry) -> String {
    let uses: Vec<_> = module.uses.iter().filter(|used| used.references > 0).collect();
    let mut names: Vec<String> = uses
        .iter()
        .take(NAMED)
        // A count stays with its name where lines are broken.
        .map(|used| format!("{}{HELD}{}", shown(answer, &used.path), used.references))
        .collect();
    if let Some(more @ 1..) = uses.len().checked_sub(NAMED) {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

fn one_cycle(out: &mut String, answer: &Modules, cycle: &ModuleCycle, pen: Pen) {
    let within = absolute(answer, &cycle.within);
    let names: Vec<String> = cycle.modules.iter().map(|path| format!("`{}`", last(path))).collect();
    let text = format!(
        "cycle within `{within}`: {} use each other in {}",
        listed(&names),
        counted(cycle.references, "place", "places")
    );
    for (index, line) in wrap(&text, pen.prose_width().saturating_sub(2)).iter().enumerate() {
        let _ = match line.strip_prefix("cycle") {
            Some(rest) if index == 0 => writeln!(out, "{}{rest}", pen.bad("cycle")),
            _ => writeln!(out, "  {line}"),
        };
    }
    let around = cycle.shortest.iter().chain(cycle.shortest.first());
    let around: Vec<_> = around.map(|path| last(path)).collect();
    paragraph(out, &around.join(&format!(" {} ", pen.arrow())), "  ", pen);
    let places: usize = cycle.cut.iter().map(|cut| cut.places.len()).sum();
    let how = match (cycle.smallest, places) {
        (true, 1) => "it is broken by cutting this place:".to_owned(),
        (true, _) => format!("it is broken by cutting these {places} places, and by no fewer:"),
        (false, _) => {
            format!("it is broken by cutting these {places} places; fewer may do, for it is too large to try all:")
        }
    };
    paragraph(out, &how, "  ", pen);
    for cut in &cycle.cut {
        one_cut(out, cut, pen);
    }
}

fn one_cut(out: &mut String, cut: &Cut, pen: Pen) {
    let (from, to) = (last(&cut.from), last(&cut.to));
    let step = format!("{from} {} {to} ({})", pen.arrow(), cut.places.len());
    let text = lines(&cut.places, pen);
    let room = pen.prose_width().saturating_sub(6);
    if step.width() + 2 + text.width() <= room {
        let _ = writeln!(out, "    {}  {text}", pen.lead(&step));
        return;
    }
    let _ = writeln!(out, "    {}", pen.lead(&step));
    paragraph(out, &text, "      ", pen);
}

/// The first lines of places: `src/a.rs:3, 12, src/b.rs:7, …`.
fn lines(places: &[Location], pen: Pen) -> String {
    let mut lines: Vec<(&str, usize)> = places.iter().map(|at| (at.file.as_str(), at.line)).collect();
    lines.dedup();
    let mut text = String::new();
    let mut before = "";
    for (file, line) in lines.iter().take(LINES) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if *file != before {
            let _ = write!(text, "{}:", printable(file));
        }
        let _ = write!(text, "{line}");
        before = file;
    }
    if lines.len() > LINES {
        let _ = write!(text, ", {}", pen.ellipsis());
    }
    text
}

/// The last name of a path.
fn last(path: &str) -> Cow<'_, str> {
    name(path.rsplit("::").next().unwrap_or(path))
}

/// `a, b and c`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// What is to be said of how the answer was come by.
fn remarks(answer: &Modules) -> Vec<(&'static str, String)> {
    let mut remarks = Vec::new();
    for unread in &answer.unread {
        let text = match &unread.place {
            Some(at) => format!("{} {} ({})", printable(&unread.file), printable(&unread.why), place(at)),
            None => format!("{} {}", printable(&unread.file), printable(&unread.why)),
        };
        remarks.push(("not read:", text));
    }
    let NotFollowed {
        globs,
        macros,
        modules,
        includes,
    } = answer.unfollowed;
    let counts = [
        (globs, "glob import", "glob imports"),
        (macros, "macro call among items", "macro calls among items"),
        (modules, "module without a file", "modules without a file"),
        (includes, "`include!`", "`include!`s"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if !counts.is_empty() {
        remarks.push((
            "not followed:",
            format!("{}; more names may come from there", listed(&counts)),
        ));
    }
    remarks
}

fn paragraph(out: &mut String, text: &str, indent: &str, pen: Pen) {
    for line in wrap(text, pen.prose_width().saturating_sub(indent.len())) {
        let _ = writeln!(out, "{indent}{line}");
    }
}
