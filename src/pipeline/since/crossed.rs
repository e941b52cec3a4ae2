//! One day's workspace judged by what another day's boundaries.toml says.

use std::sync::Arc;

use crate::architecture::Architecture;
use crate::baseline::{self, Baseline};
use crate::config::parse::parse;
use crate::excuses::Excuses;
use crate::graph::Graph;
use crate::pipeline::{Court, Loaded, modules, read};
use crate::report::Report;
use crate::source::{FileId, SourceFile, Sources};
use crate::workspace::{Member, Workspace};

/// Whether two days judge alike: by one boundaries.toml and by what members say of themselves. What then differs are the
/// edges, and the baseline.
pub fn is_same_law(one: &Loaded, other: &Loaded) -> bool {
    let text = |loaded: &Loaded| Arc::clone(&loaded.sources.file(loaded.written.file).text);
    let says_alike = |member: &Member| {
        let there = other.workspace.member_named(&member.name);
        there.is_none_or(|node| other.workspace.members[node.index()].metadata == member.metadata)
    };
    text(one) == text(other) && one.workspace.packages().iter().all(says_alike)
}

/// What the rules, exceptions and claims of `law` find in the workspace of `land`; none where they need a Cargo.lock
/// or a cargo that cannot be had. What a member says of itself is taken from `law` where it has the member.
pub fn judge(land: &Loaded, law: &Loaded) -> Option<Report> {
    let mut sources = Sources::clone(&land.sources);
    let (text, file) = adopt(law, law.written.file, &mut sources);
    let config = parse(&text, file).0?;
    let baseline = law.written.baseline.as_ref().and_then(|baseline| {
        let (text, file) = adopt(law, baseline.file, &mut sources);
        baseline::parse(&text, file).ok()
    });
    let bare = with_claims(land.bare(), law.bare());
    let expanded = modules::expanded(&bare, &config, &mut sources).ok()?;
    let workspace = expanded.unwrap_or(bare);
    let own = match &land.lock {
        Some(_) => None,
        None => read::lock(&workspace, &config, &mut sources).ok()?,
    };
    let graph = Graph::new(&workspace);
    let architecture = Architecture::bind_moved(&config, &graph, &sources, &[]).0;
    let baseline: Option<&Baseline> = baseline.as_ref();
    let excuses = Excuses::new(&architecture, baseline);
    let court = Court {
        land,
        lock: land.lock.as_ref().or(own.as_ref()),
        sources: Arc::new(sources),
        wishes: land.wishes,
    };
    court.judge(&graph, &architecture, &excuses, baseline).ok()
}

/// Takes in a file of another day, so that spans in it can be shown.
fn adopt(from: &Loaded, file: FileId, sources: &mut Sources) -> (Arc<str>, FileId) {
    let file = from.sources.file(file);
    let text = Arc::clone(&file.text);
    let id = sources.add(SourceFile::new(
        file.path.clone(),
        file.absolute.clone(),
        Arc::clone(&text),
    ));
    (text, id)
}

/// The workspace with what its members said of themselves on another day. The places of those words are in files of that
/// day, so that the member's name stands for them.
fn with_claims(workspace: &Workspace, other: &Workspace) -> Workspace {
    let mut workspace = workspace.clone();
    for member in &mut workspace.members {
        let Some(then) = other.member_named(&member.name) else {
            continue;
        };
        let then = &other.members[then.index()];
        member.metadata = then.metadata.clone();
        member.claim = then.claim.clone();
        let claims = member.claim.layer.iter_mut().chain(&mut member.claim.context);
        for claim in claims {
            claim.span = member.name_span;
        }
    }
    workspace
}
