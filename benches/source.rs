//! What reading source takes beside syn alone: the same files, read from disk and parsed over the same cores.
//!
//! The workspace is this project, or the one that `BENCH_WORKSPACE` names. Nothing comes from the cache. Beside the times of
//! each stands the ratio of runs in pairs, as a machine is not as busy at all times.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cargo_boundaries::validation::{STACK, Source};
use criterion::Criterion;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// So many pairs of runs are compared.
const PAIRS: usize = 15;

/// Reads and parses these files, and keeps nothing of them.
fn syn_alone(files: &[PathBuf]) {
    let pool = ThreadPoolBuilder::new().stack_size(STACK).build().expect("threads");
    pool.install(|| {
        files.par_iter().for_each(|file| {
            let text = fs::read_to_string(file).expect("a source");
            // What syn refuses takes its time too.
            let _ = black_box(syn::parse_file(&text));
            proc_macro2::extra::invalidate_current_thread_spans();
        });
    });
}

fn time(what: impl FnOnce()) -> Duration {
    let start = Instant::now();
    what();
    start.elapsed()
}

fn main() {
    let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let workspace = env::var_os("BENCH_WORKSPACE").map_or_else(own, PathBuf::from);
    let source = Source::of(&workspace).expect("a workspace");
    let files = source.files();
    let mut criterion = Criterion::default().sample_size(PAIRS).configure_from_args();
    let mut group = criterion.benchmark_group(format!("{} files", files.len()));
    group.bench_function("read", |bencher| bencher.iter(|| black_box(source.read())));
    group.bench_function("syn alone", |bencher| bencher.iter(|| syn_alone(&files)));
    group.finish();
    criterion.final_summary();
    // Tests only see that all of this runs.
    if env::args().any(|argument| argument == "--bench") {
        compare(&workspace, &source, &files);
    }
}

/// Prints the ratio of the two.
fn compare(workspace: &Path, source: &Source, files: &[PathBuf]) {
    let mut ratios: Vec<f64> = (0..PAIRS)
        .map(|_| {
            let read = time(|| {
                black_box(source.read());
            });
            read.as_secs_f64() / time(|| syn_alone(files)).as_secs_f64()
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "{}: {:.3} times syn alone ({:.3} to {:.3} in {PAIRS} pairs)",
        workspace.display(),
        ratios[PAIRS / 2],
        ratios[0],
        ratios[PAIRS - 1]
    );
}
