//! The answer to `can`, as people read it.

use std::fmt::Write as _;

use super::parts::{self, Detail};
use crate::finding::Finding;
use crate::questions::Ruling;
use crate::questions::can::Can;
use crate::reporters::prose::{Pen, name, wrap};
use crate::workspace::DependencyKind;

pub(super) fn human(can: &Can, pen: Pen) -> String {
    let mut out = String::new();
    headline(&mut out, can, pen);
    let at = parts::place(&can.place);
    let where_it_stands = match (can.declared, can.kind) {
        (true, _) => format!("declared in {at}"),
        (false, DependencyKind::Normal) => format!("not declared today; it would stand in {at}"),
        (false, kind) => format!("not declared today; it would stand in {at}, as a {kind}-dependency"),
    };
    if !pen.quiet() {
        let _ = writeln!(out, "  {}", pen.dim(&where_it_stands));
    }
    if !can.refused_by_cargo.is_empty() {
        let (from, to) = (name(&can.from), name(&can.to));
        let _ = writeln!(out, "\n{} refuses it: `{to}` needs `{from}` already", pen.bad("cargo"));
        parts::path(&mut out, &can.refused_by_cargo, pen);
        if !pen.quiet() {
            let way_out = "move what both need into a third crate; cargo accepts such a cycle only by a dev-dependency";
            pen.remark(&mut out, "help:", way_out);
        }
    }
    // What is said of the dependency itself comes first, with the ways out; what else it would bring is told in brief.
    let itself = |f: &&Finding| (&f.from, &f.to) == (&can.from, &can.to);
    let all = || can.objections.appearing.iter().chain(&can.excused);
    let (own, others): (Vec<&Finding>, Vec<&Finding>) = all().partition(itself);
    for finding in &own {
        out.push('\n');
        parts::objection(&mut out, finding, Detail::Full, pen);
    }
    let detail = if own.is_empty() { Detail::Full } else { Detail::Brief };
    for finding in others {
        out.push('\n');
        parts::objection(&mut out, finding, detail, pen);
    }
    for spread in &can.objections.spreading {
        out.push('\n');
        parts::objection(&mut out, &spread.finding, detail, pen);
        let also: Vec<String> = spread.crates.iter().map(|name| format!("`{name}`")).collect();
        pen.remark(&mut out, "then also:", &also.join(", "));
    }
    if !pen.quiet() && !can.grounds.is_empty() {
        out.push('\n');
        parts::grounds(&mut out, &can.grounds, pen);
    }
    if !pen.quiet() && can.grounds.is_empty() && can.answer && can.ruling == Ruling::Allowed {
        let _ = writeln!(out, "\n  {}", pen.dim("no rule says anything about it"));
    }
    out
}

fn headline(out: &mut String, can: &Can, pen: Pen) {
    let (from, to) = (name(&can.from), name(&can.to));
    let may = if can.answer { "may" } else { "may not" };
    let how = match can.kind {
        DependencyKind::Normal => "",
        DependencyKind::Build => " in its build script",
        DependencyKind::Dev => " in its tests, examples and benches",
    };
    let (word, more) = match (can.answer, can.ruling) {
        (false, _) => (pen.bad("no"), ""),
        (true, Ruling::Warned) => (pen.doubtful("yes"), ", with a warning"),
        (true, Ruling::Excused) => (pen.doubtful("yes"), ", because that is excused"),
        (true, _) => (pen.good("yes"), ""),
    };
    let text = format!("`{from}` {may} use `{to}`{how}{more}");
    for (index, line) in wrap(&text, pen.prose_width().saturating_sub(5)).iter().enumerate() {
        let _ = match index {
            0 => writeln!(out, "{word}: {line}"),
            _ => writeln!(out, "     {line}"),
        };
    }
}
