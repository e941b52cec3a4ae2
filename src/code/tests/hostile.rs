//! Source that means no good: nothing overflows a stack, panics or hangs, and what is refused is named.

use super::{read_all, render, write};

/// What is read from a library of this text.
fn library(text: &str) -> String {
    let (_folder, root) = write(&format!("--- src/lib.rs\n{text}"));
    let (workspace, sources, code) = read_all(&root, None);
    render(&workspace, &sources, &code)
}

#[test]
fn what_is_nested_too_deeply_is_refused_and_named() {
    let n = 200_000;
    let around = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(n), close.repeat(n));
    for text in [
        format!("fn f() {{ {} }}", around("(", "1", ")")),
        format!("fn f() {{ {} }}", around("{", "1", "}")),
        format!("fn f() {{ {}x }}", "!".repeat(n)),
        format!("fn f() {{ {}x }}", "-&*".repeat(n)),
        format!("fn f() {{ x{} }}", ".y()".repeat(n)),
        format!("fn f() {{ x{} }}", "?".repeat(n)),
        format!("fn f() {{ x{} }}", "()".repeat(n)),
        format!("fn f() {{ x{} }}", " + x".repeat(n)),
        format!("fn f() {{ x{} }}", " = x".repeat(n)),
        format!("fn f() {{ x{} }}", " as u8".repeat(n)),
        format!("fn f() {{ {} {{}} }}", "if x {} else ".repeat(n)),
        format!("fn f() {{ {} {{}} }}", "if x {} else ".repeat(6_000)),
        format!("fn f() {{ a = if x{0} {{}} else {{}}{0}; }}", " + x".repeat(5_000)),
        format!("fn f() {{ a = if x {{}} else if x{0} {{}}{0}; }}", " + x".repeat(5_000)),
        format!("fn f() {{ a = x{0} + if x{0} {{}} else {{}}; }}", " + x".repeat(5_000)),
        format!(
            "fn f() {{ a = x{0} + if x {{}} else if x{0} {{}} else {{}}; }}",
            " + x".repeat(5_000)
        ),
        format!("fn f() {{ {} }}", around("if ", "x", " {}")),
        format!("fn f() {{ {} }}", around("match ", "x", " {}")),
        format!("fn f() {{ {}x }}", "|| ".repeat(n)),
        format!("fn f() {{ {}x }}", "return ".repeat(n)),
        format!("type A = {}u8;", "&".repeat(n)),
        format!("type A = {}u8{};", "B<".repeat(n), ">".repeat(n)),
        format!("type A = {}u8;", "fn() -> ".repeat(n)),
        format!("use {}a;", "a::".repeat(n)),
        format!("fn f({}x: u8) {{}}", "&".repeat(n)),
        format!("fn f() {{ if !(x) {{ {} }} }}", around("if !x {", "1", "}")),
        format!("m! {{ {} }}", around("[", "1", "]")),
        // To the lexer the quotes are a string behind a character with a suffix, and no raw string that goes on.
        format!("m! {{ 'a'r\"\\\"\" {} }}", around("(", "1", ")")),
        format!("mod a {{ {} }}", around("mod a {", "", "}")),
        format!("#[cfg({})] fn f() {{}}", around("not(", "test", ")")),
    ] {
        let found = library(&text);
        let start: String = text.chars().take(60).collect();
        assert!(
            found.contains("unread src/lib.rs is nested too deeply to be read"),
            "{start}: {found}"
        );
    }
}

#[test]
fn what_a_macro_is_given_may_be_long_but_is_not_parsed_then() {
    let n = 100_000;
    for text in [
        format!("m! {{ type A = {}u8; }}", "&".repeat(n)),
        format!("fn f() {{ m!({}) }}", "x + ".repeat(n)),
    ] {
        assert!(!library(&text).contains("unread"));
    }
}

#[test]
fn what_is_deep_but_not_too_deep_is_read() {
    let n = 2_900;
    let around = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(n), close.repeat(n));
    for text in [
        format!("fn f() {{ {} }}", around("(", "1", ")")),
        format!("fn f() {{ {} }}", around("{", "1", "}")),
        format!("fn f() {{ {}x }}", "!".repeat(15_000)),
        format!("fn f() {{ x{} }}", ".y()".repeat(3_900)),
        format!("fn f() {{ x{} }}", " + x".repeat(7_900)),
        format!("fn f() {{ {} {{}} }}", "if x {} else ".repeat(5_000)),
        format!("fn f() {{ {} {{}} }}", "if a.b(1, 2) == c + d {} else ".repeat(5_000)),
        format!(
            "fn f() {{ let x = {} {{}}.y(); }}",
            "if let Some(a) = b {} else ".repeat(5_000)
        ),
        format!("type A = {}u8{};", "B<".repeat(5_000), ">".repeat(5_000)),
        format!("use {}a;", "a::".repeat(5_000)),
        format!("#[cfg({})] fn f() {{}}", around("not(", "test", ")")),
        format!("mod a {{ {} }}", around("mod a {", "", "}")),
        "#[a] fn f() {}\n".repeat(20_000),
        format!("fn f() {{ match x {{ {} }} }}", "\"a\" => {} ".repeat(20_000)),
    ] {
        let found = library(&text);
        let start: String = text.chars().take(60).collect();
        assert!(
            !found.contains("unread"),
            "{start}: {}",
            found.chars().take(300).collect::<String>()
        );
    }
}

#[test]
fn what_the_parser_refuses_over_and_over_is_read_item_by_item_and_else_given_up() {
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    for text in [
        joined(3_000, &|n| format!("fn f{n}(x: &Fn(u8) -> u8) {{ let async = x; }}\n")),
        joined(20_000, &|n| format!("use {{::a{n}::b}};\n")),
        format!("use {{{}}};", joined(20_000, &|n| format!("{{::a{n}::b}},"))),
        format!("type A = {}u8{};", "Box<Fn(".repeat(100), ")>".repeat(100)),
        format!("trait T {{ type A where B: {}D = E; }}", "C + ".repeat(5_000)),
        format!(
            "trait T {{ {} }}",
            "fn f(&self, ::x::A, &::x::A) -> u8;\n".repeat(5_000)
        ),
        format!(
            "mod a {{ {} }}",
            "trait T { fn f(::x::A); } fn g(x: &::x::A) {}\n".repeat(5_000)
        ),
    ] {
        assert!(!library(&text).contains("unread"), "{}", &text[..60]);
    }
    let n = 3_000;
    for text in [
        format!("fn f({}) {{}}", joined(n, &|n| format!("x{n}: &Fn(u8) -> u8, "))),
        format!("fn f(x: {}u8) {{}}", "Fn() -> ".repeat(n)),
    ] {
        let found = library(&text);
        let why = "unread src/lib.rs does not parse: the file holds more syntax of old editions than is read";
        assert!(found.contains(why), "{} {found}", &text[..60]);
    }
    for text in [
        format!("trait T {{ fn f({}) }}", "a<, ".repeat(100 * n)),
        format!("fn f() {{ {} }}", "async ".repeat(n)),
        format!("mod a {{ trait T {{ fn f(u8); }} {} }}", "trait a<, ".repeat(20 * n)),
        format!("trait T {{ fn f(u8); {} }}", "fn a<, ".repeat(20 * n)),
        "fn f(a b) {} ".repeat(n),
        "fn f(a: fn() -> ".repeat(1_000),
        format!("trait T {{ fn f(a{}: u8) }}", "[".repeat(1_000) + &"]".repeat(1_000)),
    ] {
        let found = library(&text);
        assert!(
            found.contains("unread src/lib.rs does not parse"),
            "{} {}",
            &text[..60],
            found.chars().take(300).collect::<String>()
        );
    }
}

#[test]
fn imports_and_globs_that_lead_in_circles_end() {
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<Vec<_>>().join(" ");
    let chain = joined(500, &|n| {
        let (next, other) = ((n + 1) % 500, (n + 7) % 500);
        format!("mod m{n} {{ pub use super::m{next}::*; pub use super::m{other}::x; }}")
    });
    library(&format!("{chain} use m0::x; fn f() {{ m5::y(); x(); }}"));
    let crowd = joined(30, &|n| {
        let globs = joined(30, &|m| format!("pub use super::m{m}::*;"));
        format!("pub mod m{n} {{ {globs} }}")
    });
    library(&format!("{crowd} fn f() {{ m5::y(); m6::z::a(); }}"));
}

#[test]
fn imports_whose_first_names_wait_for_each_other_take_time_by_their_number() {
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    for text in [
        joined(600, &|n| format!("use a; use a::b{n}; use b{n}::{{c, a}};\n")),
        joined(600, &|n| format!("use a{n}::a{};\n", (n + 1) % 600)),
        format!("{} use x::y;", joined(300, &|n| format!("use m{n}::*;\n"))),
    ] {
        // Without an answer that is kept, thirty of them take longer than this.
        let start = std::time::Instant::now();
        library(&text);
        assert!(start.elapsed().as_secs() < 20, "{:?} {}", start.elapsed(), &text[..40]);
    }
}

#[test]
fn crowds_of_macros_and_conditions_end() {
    let joined = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    let arms = joined(2_000, &|n| format!("#[cfg(x{n})] macro_rules! m {{ () => {{}} }}\n"));
    library(&format!("{arms} fn f() {{ {} }}", "m!();".repeat(20_000)));
    let deep = joined(2_000, &|n| format!("macro_rules! m{n} {{ () => {{}} }}\n"));
    let (open, close) = ("#[macro_use] mod a {".repeat(300), "}".repeat(300));
    library(&format!(
        "{open} {deep} {close} fn f() {{ {} }}",
        joined(2_000, &|n| format!("m{n}!();"))
    ));
    let crowd = joined(25, &|n| {
        let globs = joined(25, &|m| format!("#[cfg(x{n}y{m})] pub use super::m{m}::*;"));
        format!("pub mod m{n} {{ {globs} pub struct S{n}; }}")
    });
    library(&format!("{crowd} fn f() {{ m5::S6; m6::z::a(); }}"));
}

#[test]
fn bytes_that_are_no_source_are_named() {
    let (_folder, root) = write("--- src/lib.rs\nmod binary; mod large; mod folder;");
    std::fs::write(root.join("src/binary.rs"), b"\xff\xfe").unwrap();
    std::fs::write(root.join("src/large.rs"), " ".repeat(20_000_001)).unwrap();
    std::fs::create_dir(root.join("src/folder.rs")).unwrap();
    let (workspace, sources, code) = read_all(&root, None);
    let found = render(&workspace, &sources, &code);
    assert!(
        found.contains("unread src/binary.rs is not valid UTF-8 at src/lib.rs:1:5"),
        "{found}"
    );
    assert!(
        found.contains("unread src/large.rs is larger than 20 MB at src/lib.rs:1:17"),
        "{found}"
    );
    assert!(found.contains("unread src/folder.rs cannot be read: "), "{found}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_neither_hang_nor_go_round() {
    let (_folder, root) = write(
        "--- src/lib.rs\nmod a;\n#[path = \"/dev/zero\"] mod device; #[path = \"null.rs\"] mod null;\n--- src/a/mod.rs\nmod a;\n",
    );
    std::os::unix::fs::symlink(".", root.join("src/a/a")).unwrap();
    std::os::unix::fs::symlink("/dev/null", root.join("src/null.rs")).unwrap();
    let (workspace, sources, code) = read_all(&root, None);
    let found = render(&workspace, &sources, &code);
    assert!(found.contains("is a module of itself at src/a/mod.rs:1:5"), "{found}");
    assert!(
        found.contains("unread /dev/zero lies outside of the workspace") || found.contains("zero lies outside"),
        "{found}"
    );
    assert!(
        found.contains("unread src/null.rs cannot be read: it is no regular file"),
        "{found}"
    );
}
