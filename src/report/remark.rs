//! From a remark about an exception or the baseline to a finding.

use super::findings::Writer;
use super::hygiene::{self, Remark};
use crate::finding::{Finding, Level, Status};
use crate::workspace::DependencyKind;

impl Writer<'_, '_> {
    /// The finding of a remark about an exception or the baseline.
    pub(super) fn remark(&self, remark: Remark, level: Level) -> Finding {
        let mut fingerprint = format!("{}:{}:{}:{}", remark.code, remark.rule, remark.from, remark.to);
        let kinds = hygiene::words(remark.kinds);
        if !kinds.is_empty() {
            fingerprint = format!("{fingerprint}:{kinds}");
        }
        Finding {
            code: remark.code,
            rule: remark.code.as_str().to_owned(),
            level,
            status: Status::Active,
            message: remark.message,
            reason: remark.reason,
            external: remark.to.starts_with("external:"),
            kind: DependencyKind::ALL.into_iter().find(|kind| kinds == kind.as_str()),
            path: Vec::new(),
            also_affects: Vec::new(),
            owners: Vec::new(),
            declarations: Vec::new(),
            hops: Vec::new(),
            primary: self.sources.location(remark.span),
            related: remark.related.into_iter().map(|label| self.related(label)).collect(),
            help: remark.help,
            usage: None,
            fingerprint,
            label: remark.label,
            history: None,
            excusable: Vec::new(),
            component: Vec::new(),
            from: remark.from,
            to: remark.to,
        }
    }
}
