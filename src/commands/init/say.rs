//! What `init` tells a reader: what it saw, what it made of it and why.

use std::fmt::Write as _;

use camino::Utf8Path;

use super::propose::Drawn;
use crate::infer::edge_count;
use crate::pipeline::FILE_NAME;
use crate::source::printable;
use crate::workspace::Workspace;

/// What was seen and why it was drawn so.
pub(super) fn seen(workspace: &Workspace, drawn: &Drawn) -> String {
    let mut out = String::new();
    let (crates, edges) = (workspace.members.len(), edge_count(workspace));
    let _ = writeln!(
        out,
        "{}, {} between them that a build needs",
        counted(crates, "crate"),
        counted(edges, "edge")
    );
    let proposal = &drawn.proposal;
    if proposal.layers.is_empty() {
        let _ = writeln!(out, "no layers: {}", proposal.no_layers);
    } else {
        let _ = writeln!(out, "{}, the highest first:", counted(proposal.layers.len(), "layer"));
        let rows = proposal
            .layers
            .iter()
            .map(|l| (l.name.as_str(), l.members.len(), l.why.as_str()));
        table(&mut out, &rows.collect::<Vec<_>>());
    }
    if proposal.contexts.is_empty() {
        let _ = writeln!(out, "no contexts: {}", proposal.no_contexts);
    } else {
        let _ = writeln!(out, "{}:", counted(proposal.contexts.len(), "context"));
        let rows = proposal
            .contexts
            .iter()
            .map(|c| (c.name.as_str(), c.members.len(), c.why()));
        table(&mut out, &rows.collect::<Vec<_>>());
    }
    if !proposal.externals.is_empty() {
        let names: Vec<&str> = proposal
            .externals
            .iter()
            .map(|(external, _)| external.as_str())
            .collect();
        let _ = writeln!(
            out,
            "third-party crates with one owner: {}",
            printable(&names.join(", "))
        );
    }
    match drawn.excused.len() {
        0 => {}
        count => {
            let _ = writeln!(out, "{} against these rules, for the baseline:", counted(count, "edge"));
            for edge in &drawn.excused {
                let line = format!("  {} → {} ({}, {})", edge.from, edge.to, edge.kind, edge.rule);
                let _ = writeln!(out, "{}", printable(&line));
            }
        }
    }
    out
}

/// Where it stands now, and what to do next.
pub(super) fn written(root: &Utf8Path, drawn: &Drawn) -> String {
    let mut out = format!("wrote {}\n", printable(root.join(FILE_NAME).as_str()));
    if drawn.baseline.is_some() {
        let _ = writeln!(
            out,
            "wrote {}",
            printable(root.join(crate::baseline::FILE_NAME).as_str())
        );
    }
    out.push_str("next: read it, then run `cargo boundaries check`\n");
    out
}

fn table(out: &mut String, rows: &[(&str, usize, &str)]) {
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    for (name, members, why) in rows {
        let crates = counted(*members, "crate");
        let line = format!("  {name:width$}  {crates:<10}  {why}");
        let _ = writeln!(out, "{}", printable(line.trim_end()));
    }
}

/// `1 crate`, `2 crates`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
