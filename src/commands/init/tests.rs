//! What `init` draws holds; and how it writes.

use std::fs;

use camino::Utf8PathBuf;
use proptest::prelude::*;

use super::*;
use crate::infer::tests::workspace;
use crate::workspace::{DependencyKind, Workspace};

/// Draws without a disk: the manifests stand nowhere, so that what a member builds is what it declares.
fn drawn(workspace: &Workspace, preset: Preset) -> Drawn {
    draw(workspace, &sources(), preset).expect("something holds")
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add(SourceFile::new(
        "Cargo.toml".into(),
        "/nowhere/at/all/Cargo.toml".into(),
        "[package]\n",
    ));
    sources
}

/// What a check finds with the files that were drawn.
fn findings(workspace: &Workspace, drawn: &Drawn) -> Vec<String> {
    let loaded = pipeline::proposed(workspace.clone(), sources(), &drawn.text).expect("it is read");
    let report = loaded.check().expect("it binds");
    report
        .active()
        .map(|f| format!("{} {} {}", f.code.as_str(), f.from, f.to))
        .collect()
}

/// How many members there are, their edges (the last says whether for tests), and which are binaries.
type Plan = (usize, Vec<(usize, usize, bool)>, Vec<bool>);

/// Edges between so many members, each from a higher to a lower one, so that cargo would accept them; of any kind.
fn edges() -> impl Strategy<Value = Plan> {
    (1usize..16).prop_flat_map(|count| {
        let edge = (0..count, 0..count, prop::bool::weighted(0.15));
        (
            Just(count),
            prop::collection::vec(edge, 0..40),
            prop::collection::vec(any::<bool>(), count),
        )
    })
}

/// Folders and names that patterns are found in.
const FOLDERS: [&str; 5] = ["crates", "crates/web", "crates/model", "tools", "apps"];
const PREFIXES: [&str; 4] = ["web-", "db_", "", "web-api-"];

fn random((count, edges, bins): &Plan) -> Workspace {
    let name = |m: usize| {
        format!(
            "{}m{m}{}",
            PREFIXES[m % 4],
            if m.is_multiple_of(5) { "-test" } else { "" }
        )
    };
    let lines: Vec<String> = (0..*count)
        .map(|m| {
            let uses = edges.iter().filter(|(from, to, dev)| *from == m && (*dev || to < from));
            let uses: Vec<String> = uses
                .map(|(_, to, dev)| format!("{}{}", name(*to), if *dev { "(dev)" } else { "" }))
                .collect();
            let bin = if bins[m] { "*" } else { "" };
            format!(
                "{} {}/m{m}{bin}: {} external/sqlx",
                name(m),
                FOLDERS[m % 7 % 5],
                uses.join(" ")
            )
        })
        .collect();
    workspace(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_is_clean_and_a_new_edge_that_points_the_wrong_way_is_not(plan in edges()) {
        let mut workspace = random(&plan);
        for preset in [Preset::Shown, Preset::Layers, Preset::Minimal] {
            let drawn = match draw(&workspace, &sources(), preset) {
                Ok(drawn) => drawn,
                Err(error) => {
                    // Where no order shows, who asks for layers is told so.
                    prop_assert!(preset != Preset::Shown && error.to_string().contains("does not fit"), "{error}");
                    prop_assert!(self::drawn(&workspace, Preset::Shown).proposal.layers.is_empty());
                    continue;
                }
            };
            prop_assert_eq!(drawn.text.clone(), self::drawn(&workspace, preset).text);
            let found = findings(&workspace, &drawn);
            prop_assert!(found.len() == drawn.excused.len(), "{found:?}\n{}", drawn.text);
            prop_assert_eq!(drawn.baseline.is_some(), !found.is_empty());
        }
        let drawn = drawn(&workspace, Preset::Shown);
        let before = findings(&workspace, &drawn).len();
        let of = |m: usize, workspace: &Workspace| -> Vec<usize> {
            let members = &workspace.members;
            let build = members[m].dependencies.iter().filter(|d| d.kind != DependencyKind::Dev);
            build.map(|d| d.to.index()).filter(|to| *to < members.len() && *to != m).collect()
        };
        let uses: Vec<Vec<usize>> = (0..workspace.members.len()).map(|m| of(m, &workspace)).collect();
        let users = |m: usize| uses.iter().filter(|list| list.contains(&m)).count();
        let most = (0..uses.len()).max_by_key(|m| (users(*m), std::cmp::Reverse(*m))).expect("a member");
        let tops: Vec<usize> = (0..uses.len()).filter(|m| users(*m) == 0 && !uses[*m].is_empty()).collect();
        // What only tests and tools use may use what it likes.
        let aside = drawn.proposal.layers.iter().any(|l| matches!(l.name.as_str(), "tooling" | "tools") && l.members.contains(&most));
        for top in tops.into_iter().filter(|_| !aside) {
            let mut wrong = workspace.members[top].dependencies[0].clone();
            wrong.to = crate::workspace::NodeId::new(top);
            wrong.kind = DependencyKind::Normal;
            workspace.members[most].dependencies.push(wrong);
            let found = findings(&workspace, &drawn);
            prop_assert!(found.len() > before, "{most} → {top}\n{}", drawn.text);
            workspace.members[most].dependencies.pop();
        }
    }
}

#[test]
fn layers_and_contexts_that_members_name_are_declared() {
    let mut workspace = workspace(&["a a: b", "b b: c", "c c:", "d d: a"]);
    let claim = |value: &str| {
        Some(crate::source::Spanned::new(
            value.to_owned(),
            Span::new(FileId::new(0), 0..0),
        ))
    };
    workspace.members[0].claim.layer.extend(claim("top"));
    workspace.members[2].claim.layer.extend(claim("bottom"));
    workspace.members[0].claim.context = claim("billing");
    let drawn = drawn(&workspace, Preset::Shown);
    let names: Vec<&str> = drawn.proposal.layers.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["top", "bottom"]);
    assert!(
        drawn.text.contains("[contexts.billing]") && drawn.text.contains("unassigned = \"allow\""),
        "{}",
        drawn.text
    );
}

#[test]
fn metadata_that_tells_layers_is_taken_as_it_is() {
    let mut workspace = workspace(&["a a: b", "b b: c", "c c:"]);
    for (member, layer) in ["app", "kernel", "base"].into_iter().enumerate() {
        workspace.members[member].metadata = serde_json::json!({ "shop": { "layer": layer } });
    }
    let drawn = drawn(&workspace, Preset::Shown);
    assert!(
        drawn.text.contains("crates = [\"metadata:shop.layer=kernel\"]"),
        "{}",
        drawn.text
    );
    assert_eq!(drawn.proposal.layers.len(), 3);
}

#[test]
fn a_preset_that_does_not_fit_says_why_and_what_does() {
    let error = draw(&workspace(&["a a: b", "b b:"]), &sources(), Preset::Contexts).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("no two folders or prefixes hold three crates each"),
        "{text}"
    );
}

/// A folder on disk, what stands in it, and something to write there.
fn folder() -> (tempfile::TempDir, Utf8PathBuf, Drawn) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
    let mut drawn = drawn(&workspace(&["a a: b", "b b:"]), Preset::Shown);
    drawn.baseline = Some("version = 1\nedges = []\n".to_owned());
    (folder, root, drawn)
}

fn listing(root: &Utf8Path) -> Vec<String> {
    let entries = fs::read_dir(root).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn both_files_are_written_once_and_never_over_others() {
    let (_folder, root, drawn) = folder();
    place(&root, &drawn).expect("written");
    assert_eq!(
        listing(&root),
        ["boundaries-baseline.toml", "boundaries.toml"],
        "nothing is left beside them"
    );
    assert_eq!(fs::read_to_string(root.join(FILE_NAME)).expect("read"), drawn.text);
    for name in [FILE_NAME, baseline::FILE_NAME] {
        let (_folder, root, drawn) = self::folder();
        fs::write(root.join(name), "version = 1 # mine\n").expect("written");
        for error in [
            refuse_what_stands(&root).unwrap_err(),
            place(&root, &drawn).unwrap_err(),
        ] {
            let text = error.to_string();
            assert!(
                text.starts_with(&format!("{name}:1:1: there is a {name} already")),
                "{text}"
            );
        }
        assert_eq!(listing(&root), [name], "the one that was there, and nothing of ours");
        assert_eq!(
            fs::read_to_string(root.join(name)).expect("read"),
            "version = 1 # mine\n"
        );
    }
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_with_the_path() {
    let (_folder, _, drawn) = folder();
    let error = place("/no/such/folder".into(), &drawn).unwrap_err();
    assert!(
        error.to_string().contains("/no/such/folder/boundaries-baseline.toml"),
        "{error}"
    );
}
