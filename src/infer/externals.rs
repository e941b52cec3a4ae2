//! Third-party crates with one natural owner: a database, a server, a runtime that one member alone uses.

use super::Context;
use super::patterns::plain;
use super::terrain::Terrain;
use crate::workspace::{DependencyKind, NodeId};

/// In a smaller workspace one user says nothing.
const MEMBERS: usize = 10;
/// No more lines than these.
const MOST: usize = 8;

/// Technologies that teams keep behind one door, by how much it costs when they leak: what data is kept in, what is
/// spoken over the network, what runs foreign code, what draws on a screen. The graph shows who uses them; that they are
/// worth a line, only the name does.
const KNOWN: [&str; 64] = [
    "sqlx",
    "diesel",
    "sea-orm",
    "rusqlite",
    "libsql",
    "tokio-postgres",
    "postgres",
    "mysql_async",
    "mongodb",
    "redis",
    "rocksdb",
    "redb",
    "heed",
    "sled",
    "reth-libmdbx",
    "rdkafka",
    "lapin",
    "async-nats",
    "axum",
    "actix-web",
    "warp",
    "rocket",
    "poem",
    "hyper",
    "tonic",
    "jsonrpsee",
    "async-graphql",
    "dropshot",
    "reqwest",
    "ureq",
    "curl",
    "quinn",
    "openssl",
    "rustls",
    "russh",
    "ssh2",
    "lettre",
    "aws-sdk-s3",
    "kube",
    "bollard",
    "git2",
    "gix",
    "wasmtime",
    "wasmer",
    "v8",
    "mlua",
    "pyo3",
    "salsa",
    "wgpu",
    "winit",
    "ash",
    "cpal",
    "rodio",
    "gilrs",
    "rapier3d",
    "ratatui",
    "crossterm",
    "tree-sitter",
    "tantivy",
    "polars",
    "datafusion",
    "opentelemetry-otlp",
    "notify",
    "keyring",
];

/// The externals that one member alone uses, or members of one context alone, and their owner as a selector.
pub(super) fn owners(terrain: &Terrain<'_>, contexts: &[Context]) -> Vec<(String, String)> {
    let workspace = terrain.workspace;
    if workspace.members.len() < MEMBERS {
        return Vec::new();
    }
    let owner = |name: &&str| {
        let node = workspace.external_named(name)?;
        let users = users(terrain, node);
        let within = |c: &&Context| users.len() > 1 && users.iter().all(|u| c.members.contains(u));
        let owner = match users.as_slice() {
            [one] => terrain.name(*one).to_owned(),
            _ => format!("context:{}", contexts.iter().find(within)?.name),
        };
        let told = users.iter().all(|u| !terrain.aside.contains(*u)) && users.iter().all(|u| plain(terrain.name(*u)));
        told.then(|| ((*name).to_owned(), owner))
    };
    let mut owners: Vec<(String, String)> = KNOWN.iter().filter_map(owner).take(MOST).collect();
    owners.sort();
    owners
}

/// The members that need an external for a build.
fn users(terrain: &Terrain<'_>, node: NodeId) -> Vec<usize> {
    let members = terrain.workspace.members.iter().enumerate();
    let uses = members.filter(|(_, m)| {
        m.dependencies
            .iter()
            .any(|d| d.to == node && d.kind != DependencyKind::Dev)
    });
    uses.map(|(index, _)| index).collect()
}
