//! The proposal as a boundaries.toml. What is written holds; a comment says what a reader would ask.

use std::fmt::Write as _;

use super::{Context, Layer, Proposal};
use crate::source::toml_string;

/// The first line lets an editor complete and check the file.
const HEAD: &str = concat!(
    "#:schema ",
    env!("CARGO_PKG_REPOSITORY"),
    "/raw/v",
    env!("CARGO_PKG_VERSION"),
    "/docs/boundaries.schema.json\n",
    "\
# What may depend on what in this workspace: `cargo boundaries check` holds every dependency against it.
# `cargo boundaries init` drew this from the crates as they are. Rename, move and tighten what you mean otherwise.

version = 1

[settings]
kinds = [\"normal\", \"build\"] # dev-dependencies are not judged
"
);

/// The file. `excused` is how many edges break it today.
#[must_use]
pub fn text(proposal: &Proposal, excused: usize) -> String {
    let mut out = String::from(HEAD);
    if proposal.some_unassigned {
        out.push_str("\n[settings.layers]\nunassigned = \"allow\" # some members name no layer\n");
    }
    if !proposal.layers.is_empty() {
        out.push_str("\n# Layers, the highest first: a crate may use its own layer and those below.\n");
    }
    let _ = match excused {
        0 => Ok(()),
        1 => writeln!(out, "# One edge does not fit; boundaries-baseline.toml excuses it."),
        many => writeln!(out, "# {many} edges do not fit; boundaries-baseline.toml excuses them."),
    };
    proposal.layers.iter().for_each(|l| layer(&mut out, l));
    if !proposal.contexts.is_empty() {
        out.push_str(CONTEXTS);
    }
    proposal.contexts.iter().for_each(|c| context(&mut out, c));
    if !proposal.externals.is_empty() {
        out.push_str("\n# Third-party crates and the only ones that use them.\n[externals]\n");
        for (external, owner) in &proposal.externals {
            let _ = writeln!(out, "{} = [{}]", key(external), toml_string(owner));
        }
    }
    if proposal.acyclic_with_dev || proposal.layers.is_empty() {
        acyclic(&mut out, proposal.acyclic_with_dev);
    }
    out
}

const CONTEXTS: &str = "
# Contexts: others use what is `public`, and no others than `may-use` lists.
[settings.contexts]
unassigned = \"allow\"
";

fn layer(out: &mut String, layer: &Layer) {
    out.push('\n');
    if !layer.remark.is_empty() {
        let _ = writeln!(out, "# {}", layer.remark);
    }
    let _ = writeln!(out, "[[layers]]\nname = {}", toml_string(&layer.name));
    if let Some(stack) = &layer.stack {
        let _ = writeln!(out, "stack = {}", toml_string(stack));
    }
    if let Some(beside) = &layer.beside {
        let _ = writeln!(out, "beside = {} # neither uses the other", toml_string(beside));
    }
    if !layer.crates.is_empty() {
        list(out, "crates", &layer.crates);
    }
    if layer.rest {
        out.push_str("rest = true\n");
    }
}

fn context(out: &mut String, context: &Context) {
    let _ = writeln!(out, "\n[contexts.{}]", key(&context.name));
    if !context.crates.is_empty() {
        list(out, "crates", &context.crates);
    }
    if let Some(kind) = context.kind {
        let _ = writeln!(out, "kind = {}", toml_string(kind));
    }
    if let Some(public) = &context.public {
        list(out, "public", public);
    }
    if let Some(may_use) = &context.may_use {
        list(out, "may-use", may_use);
    }
}

fn acyclic(out: &mut String, with_dev: bool) {
    let (remark, kinds) = if with_dev {
        (
            "# Cargo lets dev-dependencies close a cycle. Such crates are released as one; today there is none.\n",
            "\"normal\", \"build\", \"dev\"",
        )
    } else {
        ("", "\"normal\", \"build\"")
    };
    let _ = write!(
        out,
        "\n{remark}[[acyclic]]\nname = \"no-crate-cycles\"\nover = \"crates\"\nkinds = [{kinds}]\n"
    );
}

/// A TOML key, bare where it may be.
fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !text.is_empty() && text.chars().all(bare) {
        text.to_owned()
    } else {
        toml_string(text)
    }
}

/// `key = [..]`, on one line where it fits.
fn list(out: &mut String, key: &str, entries: &[String]) {
    let quoted: Vec<String> = entries.iter().map(|e| toml_string(e)).collect();
    let line = format!("{key} = [{}]", quoted.join(", "));
    if line.chars().count() <= 100 {
        let _ = writeln!(out, "{line}");
        return;
    }
    let _ = writeln!(out, "{key} = [");
    for entry in quoted {
        let _ = writeln!(out, "    {entry},");
    }
    out.push_str("]\n");
}
