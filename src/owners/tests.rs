//! CODEOWNERS as text in, owners out.

use super::Owners;

/// Checks lines of `PATH -> OWNERS` against a file.
#[track_caller]
fn check(file: &str, expected: &str) {
    let owners = Owners::parse("CODEOWNERS", file);
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (path, due) = line.split_once(" -> ").unwrap_or((line.trim_end_matches(" ->"), ""));
        assert_eq!(owners.of(path).join(" "), due, "{path}");
    }
}

/// The example of GitHub's documentation, with what the documentation says of each line.
#[test]
fn the_example_of_the_documentation_is_read_as_it_says() {
    let file = "\
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octologs
/apps/ @octocat
/apps/github
/apps/github/kept @keeper
";
    check(
        file,
        "
        README.md -> @global-owner1 @global-owner2
        deep/down/x.js -> @js-owner
        x.go -> docs@example.com
        scripts/a/b.sh -> @doctocat @octocat
        a/apps/x -> @octocat
        deep/logs/x/y -> @octologs
        build/logs/x -> @octologs
        docs/getting-started.md -> @doctocat
        apps/a.rs -> @octocat
        apps/github/x.rs ->
        apps/github/kept/x.rs -> @keeper
        ",
    );
}

#[test]
fn a_last_star_stays_in_its_folder() {
    check(
        "docs/* @a\n",
        "
        docs/x.md -> @a
        docs/deep/x.md ->
        more/docs/x.md ->
        ",
    );
    check(
        "crates/*/src @a\ncrates/*/benches/** @b\n",
        "
        crates/x/src/lib.rs -> @a
        crates/x/benches/a/b.rs -> @b
        crates/x/benches ->
        crates/x/y/src/lib.rs ->
        ",
    );
    check("* @a\n", "a/b/c -> @a\n");
}

#[test]
fn a_name_without_a_slash_is_found_at_any_depth_and_one_with_a_slash_at_the_top() {
    check(
        "lib.rs @a\nx/y @b\n/z @c\nw/ @d\n",
        "
        lib.rs -> @a
        deep/lib.rs -> @a
        lib.rs/below -> @a
        x/y/z.rs -> @b
        deep/x/y ->
        z -> @c
        a/z ->
        deep/w/x -> @d
        deep/w ->
        ",
    );
}

#[test]
fn two_stars_are_any_number_of_folders() {
    check(
        "a/**/b @a\n**/c/d @b\n",
        "
        a/b -> @a
        a/x/y/b/z.rs -> @a
        b ->
        c/d -> @b
        x/y/c/d -> @b
        ",
    );
    check("/** @a\n", "x -> @a\nx/y -> @a\n");
    check("/ @a\n", "x -> @a\nx/y -> @a\n");
}

#[test]
fn a_space_in_a_path_is_escaped_and_case_counts() {
    check(
        "/my\\ crate/ @a\n/Docs/ @b\n",
        "
        my crate/src/lib.rs -> @a
        docs/x ->
        ",
    );
}

#[test]
fn lines_that_are_not_githubs_syntax_are_skipped_and_counted() {
    let owners = Owners::parse(
        "CODEOWNERS",
        "\u{feff}* @a\n!x @b\n[Section] @c\n\\#x @d\n\n# c\nx nobody\n*.r[sx] @e\ny @\n",
    );
    assert_eq!(owners.skipped, [2, 3, 4, 7, 8, 9]);
    assert_eq!(owners.of("x"), ["@a"]);
}

#[test]
fn a_crate_belongs_to_whom_its_source_belongs() {
    let owners = Owners::parse(
        "CODEOWNERS",
        "*.rs @rust\nCargo.toml @build\n/crates/billing/ @shop/billing\n",
    );
    assert_eq!(owners.of_crate("crates/billing"), ["@shop/billing"]);
    assert_eq!(owners.of_crate("crates/other"), ["@rust"]);
    assert_eq!(owners.of_crate("."), ["@rust"]);
    assert!(Owners::default().of_crate("a").is_empty());
}

#[test]
fn a_pattern_of_many_stars_is_no_reason_to_wait() {
    let pattern = format!("{} @a\n", "*a".repeat(3000));
    let owners = Owners::parse("CODEOWNERS", &pattern);
    assert!(owners.of(&"a".repeat(2000)).is_empty());
    let folders = format!("{}x @a\n", "**/a/".repeat(500));
    assert!(Owners::parse("CODEOWNERS", &folders).of(&"a/".repeat(500)).is_empty());
}

#[test]
fn the_first_place_where_github_looks_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let top = camino::Utf8Path::from_path(folder.path()).expect("UTF-8");
    assert!(Owners::read(top).expect("nothing there").is_none());
    for (place, owner) in [
        ("docs/CODEOWNERS", "@c"),
        ("CODEOWNERS", "@b"),
        (".github/CODEOWNERS", "@a"),
    ] {
        let path = top.join(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, format!("* {owner}\n* @caf\u{e9}\n")).expect("written");
        let owners = Owners::read(top).expect("readable").expect("there");
        assert_eq!(owners.place, place);
    }
    std::fs::write(top.join(".github/CODEOWNERS"), b"* @\xff\xfe\n").expect("written");
    assert_eq!(Owners::read(top).expect("bytes").expect("there").of("x").len(), 1);
    std::fs::write(top.join(".github/CODEOWNERS"), vec![b'\n'; (3 << 20) + 1]).expect("written");
    assert!(Owners::read(top).is_err());
}
