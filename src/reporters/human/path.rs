//! Paths and cycles: one hop a line, with the manifest's line that declares it and its kind.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::remarks::place;
use crate::finding::{Code, Finding, Hop};
use crate::reporters::prose::{Pen, name, pad, shown};
use crate::workspace::DependencyKind;

/// So many hops are printed; the rest is counted.
const HOPS: usize = 30;
/// Deeper hops are not indented further.
const DEEPEST: usize = 8;
/// A wider first column does not push the second.
const WIDEST: usize = 60;

/// Writes the hops of a finding about a path or a cycle; a single edge is drawn already.
pub(super) fn write(out: &mut String, finding: &Finding, pen: Pen) {
    let cycle = matches!(finding.code, Code::Cycle | Code::ContextCycle);
    if finding.hops.is_empty() || (finding.hops.len() == 1 && !cycle) {
        return;
    }
    let shown = if pen.all() {
        finding.hops.len()
    } else {
        finding.hops.len().min(HOPS)
    };
    let hops = finding.hops[..shown].iter().enumerate();
    let rows: Vec<[String; 4]> = if cycle {
        hops.map(|(i, hop)| cycle_row(finding, i, hop, pen)).collect()
    } else {
        hops.map(|(i, hop)| path_row(i, hop, pen)).collect()
    };
    table(out, &rows, pen);
    if finding.hops.len() > shown {
        let more = finding.hops.len() - shown;
        let _ = writeln!(out, "  {} and {more} more", pen.ellipsis());
    }
}

/// Writes the steps of a path, each with what is known of it beside its kind.
pub(crate) fn steps<'h>(out: &mut String, steps: &[(&'h Hop, String)], pen: Pen) {
    let row = |(i, (hop, more)): (usize, &(&'h Hop, String))| {
        let [text, none, place, kind] = path_row(i, hop, pen);
        [text, none, place, format!("{kind}{}", shown(more, WIDEST))]
    };
    let rows: Vec<[String; 4]> = steps.iter().enumerate().map(row).collect();
    table(out, &rows, pen);
}

/// `a → b`, or `→ c` set deeper, and where it is declared.
fn path_row(i: usize, hop: &Hop, pen: Pen) -> [String; 4] {
    let to = destination(hop);
    let arrow = pen.arrow();
    let text = if i == 0 {
        format!("{} {arrow} {to}", name(&hop.from))
    } else {
        format!("{}{arrow} {to}", "  ".repeat(i.min(DEEPEST)))
    };
    [text, String::new(), place(&hop.file, hop.line), kind(hop)]
}

/// `a → b` of the units where the cycle is over units, and the edge between the crates.
fn cycle_row(finding: &Finding, i: usize, hop: &Hop, pen: Pen) -> [String; 4] {
    let arrow = pen.arrow();
    let edge = format!("{} {arrow} {}", name(&hop.from), destination(hop));
    let at = place(&hop.file, hop.line);
    match units(finding, i) {
        Some((from, to)) => {
            let widest = finding
                .path
                .iter()
                .map(|u| name(unit(u).unwrap_or(u)).width())
                .max()
                .unwrap_or(0);
            let mut text = String::new();
            pad(&mut text, &name(from), widest.min(WIDEST / 2));
            let _ = write!(text, " {arrow} {}", name(to));
            [text, edge, at, kind(hop)]
        }
        None => [edge, String::new(), at, kind(hop)],
    }
}

/// The units that the hop of this number joins, without their prefix.
fn units(finding: &Finding, i: usize) -> Option<(&str, &str)> {
    let from = finding.path.get(i)?;
    let to = finding.path.get(i + 1).or(finding.path.first())?;
    Some((unit(from)?, unit(to)?))
}

fn unit(text: &str) -> Option<&str> {
    text.strip_prefix("context:").or_else(|| text.strip_prefix("layer:"))
}

/// The package that a hop leads to, with what is known of it.
fn destination(hop: &Hop) -> String {
    let mut text = name(&hop.to).into_owned();
    if let Some(version) = &hop.version {
        let _ = write!(text, " {}", name(version));
    }
    if let Some(feature) = &hop.feature {
        let _ = write!(text, " (feature `{}`)", name(feature));
    }
    text
}

/// What is to be said of a hop: who declares it is no member where Cargo.lock is its place, and only build scripts make
/// a difference there.
fn kind(hop: &Hop) -> String {
    let third_party = hop.file.rsplit('/').next() == Some("Cargo.lock");
    match hop.kind {
        Some(DependencyKind::Build) if third_party => "third party, build".to_owned(),
        Some(kind) if !third_party => kind.as_str().to_owned(),
        _ => "third party".to_owned(),
    }
}

/// Writes rows in aligned columns; empty columns take no room. Where that is too wide for the page, the kinds are not
/// aligned, and where that does not help, each place stands on a line of its own.
fn table(out: &mut String, rows: &[[String; 4]], pen: Pen) {
    let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let mut widths = [0, 1, 2].map(|column| widest(column).min(WIDEST));
    let fits = |widths: &[usize; 3]| {
        let row = |row: &[String; 4]| {
            let columns = row.iter().zip(widths).filter(|(_, width)| **width > 0);
            columns.map(|(text, width)| text.width().max(*width) + 2).sum::<usize>() + row[3].width() + 2
        };
        rows.iter().all(|r| row(r) <= pen.width())
    };
    if !fits(&widths) {
        widths[2] = 1;
    }
    let narrow = !fits(&widths);
    for [unit, edge, place, kind] in rows {
        let mut line = String::from("  ");
        for (text, width) in [(unit, widths[0]), (edge, widths[1])]
            .into_iter()
            .filter(|(_, width)| *width > 0)
        {
            pad(&mut line, text, width);
            line.push_str("  ");
        }
        if narrow {
            let _ = write!(out, "{}\n        {place}  ", line.trim_end());
        } else {
            out.push_str(&line);
            pad(out, place, widths[2]);
            out.push_str("  ");
        }
        let _ = writeln!(out, "{}", pen.dim(kind));
    }
}
