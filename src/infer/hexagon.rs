//! Ports and adapters, by the names that are usual for them: adapters on two sides of an application, and a domain within.

use super::Layer;
use super::describe::Describer;
use super::layers::{Draft, finished};
use super::patterns::Pattern;
use super::terrain::{Set, Terrain};

/// The layers from the outside in, and the words of names and folders that tell them.
const LAYERS: [(&str, &[&str], &str); 5] = [
    (
        "inbound",
        &[
            "api",
            "cli",
            "controller",
            "controllers",
            "driving",
            "graphql",
            "grpc",
            "handler",
            "handlers",
            "http",
            "in",
            "inbound",
            "rest",
            "routes",
            "rpc",
            "server",
            "ui",
            "web",
        ],
        "Adapters that call the application.",
    ),
    (
        "outbound",
        &[
            "cache",
            "client",
            "clients",
            "database",
            "db",
            "driven",
            "gateway",
            "infra",
            "infrastructure",
            "mail",
            "mailer",
            "out",
            "outbound",
            "persistence",
            "postgres",
            "queue",
            "repo",
            "repositories",
            "repository",
            "storage",
            "store",
            "stores",
        ],
        "Adapters that the application calls through its ports.",
    ),
    (
        "application",
        &[
            "app",
            "application",
            "interactor",
            "ports",
            "service",
            "services",
            "usecase",
            "usecases",
        ],
        "What the product does, in terms of the domain.",
    ),
    (
        "domain",
        &[
            "core", "domain", "entities", "entity", "event", "events", "model", "models",
        ],
        "What the product is about; it knows none of the above.",
    ),
    (
        "foundation",
        &[
            "base",
            "common",
            "contracts",
            "foundation",
            "kernel",
            "shared",
            "support",
            "types",
            "util",
            "utils",
        ],
        "What all others stand on.",
    ),
];
const INBOUND: usize = 0;
const OUTBOUND: usize = 1;
const DOMAIN: usize = 3;
const FOUNDATION: usize = 4;

/// The layers, highest first; none where no domain shows, or no adapter.
pub(super) fn layers(terrain: &Terrain<'_>, patterns: &[Pattern]) -> Vec<Layer> {
    let count = terrain.workspace.members.len();
    let judged = |m: &usize| !terrain.aside.contains(*m) && !terrain.programs.contains(*m);
    let told: Vec<Option<usize>> = (0..count)
        .map(|m| judged(&m).then(|| told(terrain, m)).flatten())
        .collect();
    let mut sets: Vec<Set> = LAYERS.iter().map(|_| terrain.nothing()).collect();
    let mut programs = terrain.programs.clone();
    for member in (0..count).filter(judged) {
        let reached = |layer: usize| terrain.below[member].ones().any(|m| told[m] == Some(layer));
        match told[member].or_else(|| (0..LAYERS.len()).find(|layer| reached(*layer))) {
            // Without a word of its own, what joins both sides puts the product together.
            Some(INBOUND) if told[member].is_none() && reached(OUTBOUND) => programs.insert(member),
            Some(layer) => sets[layer].insert(member),
            None => sets[FOUNDATION].insert(member),
        }
    }
    if sets[DOMAIN].is_clear() || sets[INBOUND].is_clear() && sets[OUTBOUND].is_clear() {
        return Vec::new();
    }
    let describer = Describer::new(terrain, patterns);
    let draft = |name: &str, members: &Set, remark: &str, why: &str| Draft {
        name: name.to_owned(),
        beside: None,
        members: members.clone(),
        list: Some(describer.describe(members)),
        remark: remark.to_owned(),
        why: why.to_owned(),
    };
    let mut drafts = vec![
        draft(
            "tooling",
            &terrain.aside,
            "These may use anything, and nothing is built on them.",
            "nothing is built on them",
        ),
        draft(
            "main",
            &programs,
            "What puts the product together.",
            "what is run, or joins both sides",
        ),
    ];
    for (at, (name, _, remark)) in LAYERS.iter().enumerate() {
        drafts.push(draft(name, &sets[at], remark, "by the words in names and folders"));
    }
    let apart = |from: &Set, to: &Set| from.ones().all(|m| terrain.uses[m].is_disjoint(to));
    let (inbound, outbound) = (&sets[INBOUND], &sets[OUTBOUND]);
    if !inbound.is_clear() && apart(inbound, outbound) && apart(outbound, inbound) {
        drafts[2 + OUTBOUND].beside = Some(LAYERS[INBOUND].0.to_owned());
    }
    drafts.retain(|draft| !draft.members.is_clear());
    finished(terrain, patterns, drafts)
}

/// The layer that a member's name tells, its last word first, or else the folders around it, the nearest first.
fn told(terrain: &Terrain<'_>, member: usize) -> Option<usize> {
    let member = &terrain.workspace.members[member];
    let words = member.name.rsplit(['-', '_']);
    let folders = member
        .directory
        .rsplit('/')
        .flat_map(|segment| segment.rsplit(['-', '_']));
    let layer = |word: &str| {
        LAYERS
            .iter()
            .position(|(_, words, _)| words.contains(&word.to_ascii_lowercase().as_str()))
    };
    words.chain(folders).find_map(layer)
}
