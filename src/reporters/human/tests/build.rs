//! Reports by hand: files in memory, findings that point into them.

use std::path::Path;
use std::sync::Arc;

use crate::finding::{Code, Declaration, Finding, Hop, Related, Status};
use crate::report::{Report, Summary};
use crate::reporters::Style;
use crate::source::{FileId, Location, SourceFile, Sources, Span};
use crate::workspace::{DependencyKind, Engine};

const FILES: [(&str, &str); 4] = [
    (
        "crates/billing/domain/Cargo.toml",
        "[package]\nname = \"billing-domain\"\nedition.workspace = true\n\n[dependencies]\n\
         audit-client = { path = \"../../audit/client\" }\norders-events = { path = \"../../orders/events\" }\n\
         serde.workspace = true\nstore.workspace = true\nthiserror.workspace = true\n",
    ),
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*/*\", \"tools\"]\n\n[workspace.dependencies]\n\
         store = { package = \"postgres-store\", path = \"crates/stores/postgres\" }\n",
    ),
    (
        "boundaries.toml",
        "version = 1\n\n[[layers]]\nname = \"adapters\"\ncrates = [\"*-store\"]\n\n[[layers]]\nname = \"domain\"\n\
         crates = [\"*-domain\"]\n\n[[forbidden]]\nname = \"domain-is-pure\"\nfrom = [\"billing-domian\"]\n",
    ),
    (
        "tools/Cargo.toml",
        "[package]\nname = \"tools\"\n\n[target.'cfg(unix)'.dependencies]\none = \"1\"\n\n\n\n\n\
         [target.'cfg(windows)'.dependencies]\ntwo = \"1\"\n",
    ),
];

/// Files that findings can point into.
pub struct Shop {
    sources: Arc<Sources>,
}

impl Shop {
    pub fn new() -> Self {
        Self::of(&FILES)
    }

    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.add(SourceFile::new(
                (*path).to_owned(),
                format!("/shop/{path}").into(),
                *text,
            ));
        }
        Self {
            sources: Arc::new(sources),
        }
    }

    pub fn sources(&self) -> Arc<Sources> {
        Arc::clone(&self.sources)
    }

    /// The first place of `text` at the beginning of a line, or anywhere.
    pub fn span(&self, path: &str, text: &str) -> Span {
        let file = (0..self.sources.len())
            .map(FileId::new)
            .find(|id| self.sources.file(*id).path == path)
            .unwrap();
        let source = &self.sources.file(file).text;
        let at = source
            .find(&format!("\n{text}"))
            .map(|i| i + 1)
            .or(source.find(text))
            .unwrap();
        Span::new(file, at..at + text.len())
    }

    fn location(&self, path: &str, text: &str) -> Location {
        self.sources.location(self.span(path, text))
    }

    /// Points a finding at a declaration.
    pub fn primary(&self, finding: &mut Finding, path: &str, text: &str, label: &str) {
        finding.primary = self.location(path, text);
        label.clone_into(&mut finding.label);
        self.declared(finding, path, text, None);
    }

    pub fn declared(&self, finding: &mut Finding, path: &str, text: &str, target: Option<&str>) {
        finding.declarations.push(Declaration {
            location: self.location(path, text),
            target: target.map(String::from),
            optional: false,
            rename: None,
            inherited: false,
        });
    }

    pub fn related(&self, finding: &mut Finding, path: &str, text: &str, message: &str) {
        finding.related.push(Related {
            location: self.location(path, text),
            message: message.into(),
        });
    }

    pub fn report(&self, findings: Vec<Finding>) -> Report {
        Report {
            workspace_root: "/shop".into(),
            summary: summary([68, 624, 14, 3, 1, 20, 2, 61, 40], 9.1),
            findings,
            notes: Vec::new(),
            sources: self.sources(),
            since: None,
            changed: None,
            stale_lines: Vec::new(),
        }
    }
}

/// Members, dependencies, rules, deny, warn, excepted, baselined, in a layer, in a context.
pub fn summary(counts: [usize; 9], elapsed_ms: f64) -> Summary {
    let [
        members,
        dependencies,
        rules,
        deny,
        warn,
        excepted,
        baselined,
        in_layer,
        in_context,
    ] = counts;
    Summary {
        modules: None,
        references: None,
        members,
        dependencies,
        rules,
        deny,
        warn,
        excepted,
        baselined,
        in_layer,
        in_context,
        engine: Engine::Manifests,
        elapsed_ms,
    }
}

pub fn finding(code: Code, rule: &str, message: &str) -> Finding {
    let nowhere = Span::new(FileId::new(0), 0..0);
    let mut sources = Sources::default();
    sources.add(SourceFile::new("Cargo.toml".into(), "/Cargo.toml".into(), ""));
    Finding {
        code,
        rule: rule.into(),
        level: code.default_level(),
        status: Status::Active,
        message: message.into(),
        reason: None,
        from: String::new(),
        to: String::new(),
        external: false,
        kind: Some(DependencyKind::Normal),
        path: Vec::new(),
        also_affects: Vec::new(),
        owners: Vec::new(),
        declarations: Vec::new(),
        hops: Vec::new(),
        primary: sources.location(nowhere),
        related: Vec::new(),
        help: Vec::new(),
        usage: None,
        fingerprint: String::new(),
        label: String::new(),
        history: None,
        excusable: Vec::new(),
        component: Vec::new(),
    }
}

pub fn hop(from: &str, to: &str, declared: bool, file: &str, line: usize) -> Hop {
    Hop {
        from: from.into(),
        to: to.into(),
        kind: declared.then_some(DependencyKind::Normal),
        file: file.into(),
        line,
        version: None,
        feature: None,
    }
}

pub fn style(width: usize) -> Style {
    Style {
        color: false,
        unicode: true,
        width,
        all: false,
        quiet: false,
    }
}

/// Compares with the committed page, or writes it.
pub fn snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots/human")
        .join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = wanted.lines().zip(text.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or(wanted.lines().count().min(text.lines().count())) + 1;
    assert!(
        wanted == text,
        "{}:{line} differs: UPDATE_SNAPSHOTS=1 cargo test human",
        path.display()
    );
}
