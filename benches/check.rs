//! Where the time of a check goes: reading the workspace, binding boundaries.toml to it, judging, and writing reports.
//!
//! The workspaces are written to disk for the run: layers of crates, each with dependencies on the layer below and on a
//! few externals, in the forms that manifests use, with a share of edges that go up.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use cargo_boundaries::{Loaded, Options, load};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

const LAYERS: usize = 5;

/// Writes a workspace of so many crates, of which every `wrong`th uses a crate of a layer above.
fn write(root: &Path, crates: usize, wrong: usize) {
    let layer = |index: usize| index * LAYERS / crates;
    let name = |index: usize| format!("l{}-c{index:05}", layer(index));
    let mut inherited = String::new();
    for index in 0..crates {
        let folder = root.join("crates").join(name(index));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        fs::write(folder.join("src/lib.rs"), "").expect("a source");
        let mut manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\nserde = \"1\"\nlog.workspace = true\n",
            name(index)
        );
        for step in 1..=8 {
            let Some(used) = index.checked_sub(step * 7) else { break };
            let _ = match step % 3 {
                0 => writeln!(manifest, "{} = {{ path = \"../{}\" }}", name(used), name(used)),
                1 => writeln!(manifest, "{}.workspace = true", name(used)),
                _ => writeln!(manifest, "{}.path = \"../{}\"", name(used), name(used)),
            };
        }
        let above = index + crates / LAYERS;
        if index % wrong == 0 && above < crates {
            let _ = writeln!(
                manifest,
                "{} = {{ path = \"../{}\", optional = true }}",
                name(above),
                name(above)
            );
        }
        fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
        let _ = writeln!(inherited, "{} = {{ path = \"crates/{}\" }}", name(index), name(index));
    }
    let head = "[workspace]\nresolver = \"2\"\nmembers = [\"crates/*\"]\n\n[workspace.dependencies]\nlog = \"0.4\"\n";
    fs::write(root.join("Cargo.toml"), format!("{head}{inherited}")).expect("a manifest");
    let mut boundaries = String::new();
    for layer in (0..LAYERS).rev() {
        let _ = write!(
            boundaries,
            "[[layers]]\nname = \"l{layer}\"\ncrates = [\"l{layer}-*\"]\n\n"
        );
    }
    boundaries += "[[forbidden]]\nname = \"lowest-never-reaches-highest\"\nfrom = [\"layer:l0\"]\nto = [\"layer:l4\"]\nreach = \"transitive\"\n";
    fs::write(root.join("boundaries.toml"), boundaries).expect("a boundaries.toml");
}

fn loaded(root: &Path) -> Loaded {
    let mut options = Options::default();
    options.manifest_path = Some(root.join("Cargo.toml"));
    load(&options).expect("a workspace")
}

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(20);
    for crates in [100, 500, 2000] {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), crates, 10);
        let workspace = loaded(folder.path());
        group.bench_function(BenchmarkId::new("read", crates), |bencher| {
            bencher.iter(|| black_box(loaded(folder.path())));
        });
        group.bench_function(BenchmarkId::new("bind", crates), |bencher| {
            bencher.iter(|| workspace.bind().expect("bound"));
        });
        group.bench_function(BenchmarkId::new("bind and judge", crates), |bencher| {
            bencher.iter(|| black_box(workspace.check().expect("a report")));
        });
    }
    group.finish();
}

fn reports(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), 1250, 1);
    let report = loaded(folder.path()).check().expect("a report");
    let mut group = criterion.benchmark_group(format!("{} findings", report.findings.len()));
    group.sample_size(20);
    group.bench_function("human", |bencher| bencher.iter(|| black_box(report.to_human(100))));
    group.bench_function("json", |bencher| bencher.iter(|| black_box(report.to_json())));
    group.bench_function("short", |bencher| bencher.iter(|| black_box(report.to_short())));
    group.finish();
}

criterion_group!(benches, stages, reports);
criterion_main!(benches);
