//! What every code means: the pages of `explain` and of `docs/rules.md`, one file a code.

use std::path::Path;

use crate::finding::Code;

mod context_cycle;
mod context_private;
mod context_undeclared;
mod cycle;
#[cfg(test)]
mod examples;
mod exception_count;
mod expired_exception;
mod expiring_exception;
mod exposed;
mod feature;
mod forbidden;
mod gateway;
mod grown_baseline;
mod independent;
mod layer;
mod layer_sibling;
mod layer_skip;
mod legalised_edge;
mod not_allowed;
mod protected;
#[cfg(test)]
mod reference;
mod stale_baseline;
mod stale_exception;
mod unassigned_context;
mod unassigned_layer;
mod unknown_external;
mod unused_permission;

/// The page of one code.
#[derive(Debug)]
pub struct RuleDoc {
    /// What it reports, in one phrase.
    pub summary: &'static str,
    /// What it reports, exactly.
    pub what: &'static str,
    /// Why a team would want to know.
    pub why: &'static str,
    /// Files that together make it report.
    pub example: &'static [Example],
    /// Ways out, the one to try first in front.
    pub fix: &'static [&'static str],
}

/// One file of an example, or the part of it that matters.
#[derive(Debug)]
pub struct Example {
    /// Its path in the workspace.
    pub file: &'static str,
    /// TOML, or Rust where the file's name says so.
    pub text: &'static str,
}

impl Example {
    /// What language it is in, as blocks of Markdown name it.
    #[cfg(test)]
    #[must_use]
    pub fn language(&self) -> &'static str {
        if self.is_rust() { "rust" } else { "toml" }
    }

    /// Its path as a comment of its language.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("{} {}", if self.is_rust() { "//" } else { "#" }, self.file)
    }

    /// Whether it is source, and no TOML.
    #[must_use]
    pub fn is_rust(&self) -> bool {
        Path::new(self.file)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }
}

/// The page of a code.
#[must_use]
pub fn of(code: Code) -> &'static RuleDoc {
    match code {
        Code::Layer => &layer::DOC,
        Code::LayerSibling => &layer_sibling::DOC,
        Code::LayerSkip => &layer_skip::DOC,
        Code::ContextUndeclared => &context_undeclared::DOC,
        Code::ContextPrivate => &context_private::DOC,
        Code::ContextCycle => &context_cycle::DOC,
        Code::Forbidden => &forbidden::DOC,
        Code::NotAllowed => &not_allowed::DOC,
        Code::Protected => &protected::DOC,
        Code::Independent => &independent::DOC,
        Code::Cycle => &cycle::DOC,
        Code::Gateway => &gateway::DOC,
        Code::Feature => &feature::DOC,
        Code::Exposed => &exposed::DOC,
        Code::UnassignedLayer => &unassigned_layer::DOC,
        Code::UnassignedContext => &unassigned_context::DOC,
        Code::StaleException => &stale_exception::DOC,
        Code::StaleBaseline => &stale_baseline::DOC,
        Code::ExpiredException => &expired_exception::DOC,
        Code::ExpiringException => &expiring_exception::DOC,
        Code::ExceptionCount => &exception_count::DOC,
        Code::UnknownExternal => &unknown_external::DOC,
        Code::UnusedPermission => &unused_permission::DOC,
        Code::LegalisedEdge => &legalised_edge::DOC,
        Code::GrownBaseline => &grown_baseline::DOC,
    }
}
