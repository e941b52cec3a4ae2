//! Conditions against what `rustc --print cfg --target …` prints, and what cargo makes of it.

use super::*;

/// Checks a condition on a target, and its opposite.
#[track_caller]
fn check(condition: &str, triple: &str, expected: bool) {
    let triple = Triple::named(triple).expect("a target that rustc knows");
    let may_hold = |text: &str| Condition::parse(text).expect("a condition").may_hold(triple);
    assert_eq!(may_hold(&format!("cfg({condition})")), expected, "{condition}");
    assert_eq!(
        may_hold(&format!("cfg(not({condition}))")),
        !expected,
        "not {condition}"
    );
}

/// What rustc prints, without the features of the processor.
const PRINTED: [(&str, &str); 4] = [
    (
        "x86_64-unknown-linux-gnu",
        r#"debug_assertions
        panic="unwind"
        target_abi=""
        target_arch="x86_64"
        target_endian="little"
        target_env="gnu"
        target_family="unix"
        target_has_atomic="16"
        target_has_atomic="32"
        target_has_atomic="64"
        target_has_atomic="8"
        target_has_atomic="ptr"
        target_os="linux"
        target_pointer_width="64"
        target_vendor="unknown"
        unix"#,
    ),
    (
        "x86_64-pc-windows-msvc",
        r#"debug_assertions
        panic="unwind"
        target_abi=""
        target_arch="x86_64"
        target_endian="little"
        target_env="msvc"
        target_family="windows"
        target_os="windows"
        target_pointer_width="64"
        target_vendor="pc"
        windows"#,
    ),
    (
        "wasm32-wasip1",
        r#"panic="abort"
        target_abi=""
        target_arch="wasm32"
        target_env="p1"
        target_family="wasm"
        target_os="wasi"
        target_pointer_width="32"
        target_vendor="unknown""#,
    ),
    (
        "thumbv6m-none-eabi",
        r#"panic="abort"
        target_abi="eabi"
        target_arch="arm"
        target_env=""
        target_os="none"
        target_pointer_width="32"
        target_vendor="unknown""#,
    ),
];

#[test]
fn what_rustc_prints_holds_and_its_opposite_does_not() {
    for (triple, printed) in PRINTED {
        for cfg in printed.lines() {
            check(cfg.trim(), triple, true);
        }
        check("target_os = \"plan9\"", triple, false);
        check("target_family = \"\"", triple, false);
        check("target_has_atomic = \"+8\"", triple, false);
    }
    check("unix", "x86_64-pc-windows-msvc", false);
    check("windows", "wasm32-wasip1", false);
    check("target_has_atomic = \"64\"", "thumbv6m-none-eabi", false);
}

/// Cargo asks rustc what holds, without a profile and without a package.
#[test]
fn flags_and_features_never_hold_as_for_cargo_and_debug_assertions_always_do() {
    for never in [
        "loom",
        "fuzzing",
        "test",
        "proc_macro",
        "feature = \"a\"",
        "a = \"b\"",
        "target_os",
    ] {
        check(never, "x86_64-unknown-linux-gnu", false);
    }
    check("debug_assertions", "x86_64-unknown-linux-gnu", true);
}

#[test]
fn a_feature_of_the_processor_may_hold_or_not() {
    let linux = Triple::named("x86_64-unknown-linux-gnu").expect("a target");
    let may_hold = |text: &str| Condition::parse(text).expect("a condition").may_hold(linux);
    assert!(may_hold("cfg(target_feature = \"avx2\")"));
    assert!(may_hold("cfg(not(target_feature = \"avx2\"))"));
    assert!(may_hold("cfg(all(unix, target_feature = \"avx2\"))"));
    assert!(!may_hold("cfg(all(windows, target_feature = \"avx2\"))"));
    assert!(!may_hold("cfg(not(any(unix, target_feature = \"avx2\")))"));
    assert!(may_hold("cfg(any(windows, target_feature = \"avx2\"))"));
}

#[test]
fn expressions_are_read_as_cargo_reads_them() {
    let linux = "x86_64-unknown-linux-gnu";
    check("all()", linux, true);
    check("any()", linux, false);
    check("true", linux, true);
    check("r#unix", linux, true);
    check(
        "all(unix, not(windows), any(target_os = \"macos\", target_arch = \"x86_64\"))",
        linux,
        true,
    );
    check(" all ( unix , ) ", linux, true);
}

#[test]
fn a_bare_triple_means_that_target_alone() {
    let condition = Condition::parse("x86_64-pc-windows-gnu").expect("a condition");
    let holds_on: Vec<&str> = Triple::all()
        .filter(|t| condition.may_hold(*t))
        .map(Triple::name)
        .collect();
    assert_eq!(holds_on, ["x86_64-pc-windows-gnu"]);
    let own = Condition::parse("my-own-target").expect("a condition");
    assert!(!Triple::all().any(|triple| own.may_hold(triple)));
    assert!(Triple::named("my-own-target").is_none());
}
