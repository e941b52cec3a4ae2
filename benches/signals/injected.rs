//! Commits that say nothing of boundaries: whether any of them changes what is told.

use cargo_boundaries::validation::History;

use super::generate::{self, CRATES, Stream, name, path};

/// A sort of commit that says nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sort {
    Formatting,
    VersionBump,
    LockOnly,
    Rename,
    LicenceHeader,
}

const SORTS: [Sort; 5] = [
    Sort::Formatting,
    Sort::VersionBump,
    Sort::LockOnly,
    Sort::Rename,
    Sort::LicenceHeader,
];

pub fn run() -> Result<bool, String> {
    let plain = told(None)?;
    println!(
        "{} signals in a history of {} commits",
        plain.lines().count(),
        generate::COMMITS
    );
    let mut holds = !plain.is_empty();
    for sort in SORTS {
        let same = told(Some(sort))? == plain;
        println!(
            "  with ten commits of the sort {sort:?}: {}",
            if same { "the same" } else { "OTHERS" }
        );
        holds &= same;
    }
    Ok(holds)
}

fn told(sort: Option<Sort>) -> Result<String, String> {
    let made = generate::history(5, 10, true);
    let mut stream = Stream::default();
    stream.beginning();
    for (number, changes) in made.commits.iter().enumerate() {
        stream.changes(number, changes);
        if let Some(sort) = sort
            && number % (generate::COMMITS / 10) == 100
        {
            inject(&mut stream, sort, number);
        }
    }
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    stream.write(folder.path())?;
    Ok(History::read(folder.path(), None, Some("all"))?.told())
}

fn inject(stream: &mut Stream, sort: Sort, number: usize) {
    stream.commit(&format!("Say nothing at {number}"));
    match sort {
        Sort::Formatting | Sort::LicenceHeader => {
            for krate in 0..CRATES {
                for file in 0..2 {
                    stream.file(&path(krate, file), &format!("// {sort:?} {number}\n"));
                }
            }
        }
        Sort::VersionBump => {
            for krate in 0..CRATES {
                let mut manifest = format!("[package]\nname = \"{}\"\nversion = \"0.1.{number}\"\n", name(krate));
                if let Some(used) = krate.checked_sub(1) {
                    manifest.push_str(&dependency(&name(used)));
                }
                stream.file(&format!("crates/{}/Cargo.toml", name(krate)), &manifest);
            }
        }
        Sort::LockOnly => stream.file("Cargo.lock", &format!("# {number}\nversion = 4\n")),
        // A file and a whole crate are moved, and moved back, as the history goes on with the names that it had.
        Sort::Rename => {
            let (file, elsewhere) = (path(1, 7), "crates/c01/src/elsewhere.rs");
            stream.rename(&file, elsewhere);
            stream.commit("Move it back");
            stream.rename(elsewhere, &file);
            stream.commit("Move a crate");
            stream.rename("crates/c02", "moved/c02");
            stream.commit("Move it back");
            stream.rename("moved/c02", "crates/c02");
        }
    }
}

/// What a manifest says of a dependency on the crate beside it.
fn dependency(name: &str) -> String {
    format!("[dependencies]\n{name} = {{ path = \"../{name}\" }}\n")
}
