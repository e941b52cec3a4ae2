//! What is inferred from workspaces by hand.

use super::*;

mod by_hand;

pub(crate) use by_hand::workspace;

/// What is inferred of these members.
fn inferred(lines: &[&str], preset: Preset) -> Proposal {
    let workspace = workspace(lines);
    let facts: Vec<TargetFacts> = workspace
        .members
        .iter()
        .map(|m| TargetFacts {
            bin: !m.targets.bins.declared.is_empty(),
            lib: true,
            ..TargetFacts::default()
        })
        .collect();
    infer(&workspace, &facts, preset, Leave::Odd)
}

/// Layers as `name: selector selector`, highest first.
fn layers(lines: &[&str]) -> Vec<String> {
    let show = |layer: &Layer| {
        let rest = if layer.rest { " (rest)" } else { "" };
        format!("{}: {}{rest}", layer.name, layer.crates.join(" "))
            .trim_end()
            .replace(":  ", ": ")
    };
    inferred(lines, Preset::Shown).layers.iter().map(show).collect()
}

#[test]
fn folders_are_layers_where_their_edges_lead_one_way() {
    let found = layers(&[
        "shop apps/shop*: web-cart web-pages",
        "web-cart web/cart: cart",
        "web-pages web/pages: catalog",
        "web-admin web/admin: catalog cart",
        "cart domain/cart: money ids",
        "catalog domain/catalog: money ids",
        "stock domain/stock: ids",
        "money base/money:",
        "ids base/ids:",
        "log base/log:",
    ]);
    assert_eq!(
        found,
        [
            "app: shop",
            "web: path:web/*",
            "domain: path:domain/*",
            "base: path:base/*"
        ]
    );
}

#[test]
fn a_crate_that_stands_elsewhere_than_its_folder_is_named() {
    let found = layers(&[
        "cli cli/main*: runtime",
        "runtime runtime: ext-a ext-b ext-c ext-d ext-e",
        "permissions runtime/permissions: core",
        "ext-a ext/a: core permissions",
        "ext-b ext/b: core permissions",
        "ext-c ext/c: core",
        "ext-d ext/d: core ext-a",
        "ext-e ext/e: core",
        "core libs/core:",
        "fmt libs/fmt:",
    ]);
    assert!(found.contains(&"ext: path:ext/*".to_owned()), "{found:?}");
    assert!(!found.iter().any(|layer| layer.contains("path:runtime")), "{found:?}");
}

#[test]
fn what_only_tests_use_stands_beside_the_product() {
    let found = layers(&[
        "app app*: lib",
        "lib lib: base support(dev)",
        "base base: support(dev)",
        "support support: base",
        "bench-all benches/all*: lib",
    ]);
    assert_eq!(found[0], "tooling: bench-all support");
    assert_eq!(found[1], "app: app");
}

#[test]
fn a_crate_that_uses_half_of_the_others_is_a_facade() {
    let parts: Vec<String> = (0..10).map(|i| format!("part-{i} parts/{i}: base")).collect();
    let mut lines: Vec<&str> = parts.iter().map(String::as_str).collect();
    let all = format!(
        "whole whole: {}",
        (0..10).map(|i| format!("part-{i}")).collect::<Vec<_>>().join(" ")
    );
    lines.push(&all);
    lines.push("base base:");
    assert_eq!(layers(&lines)[0], "whole: whole");
}

#[test]
fn without_edges_there_are_no_layers() {
    for lines in [&["a .:"][..], &["a a:", "b b:"], &["a a: b(dev)", "b b:"]] {
        let proposal = inferred(lines, Preset::Shown);
        assert!(proposal.layers.is_empty() && proposal.contexts.is_empty());
        assert_eq!(proposal.no_layers, "no crate uses another");
        assert!(text(&proposal, 0).contains("[[acyclic]]"));
    }
}

#[test]
fn a_single_edge_makes_two_layers() {
    assert_eq!(layers(&["a a: b", "b b:"]).len(), 2);
    assert_eq!(layers(&["a a*: b", "b b:"]).len(), 2);
}

#[test]
fn contexts_are_folders_that_keep_something_to_themselves() {
    let lines = [
        "shop apps/shop*: orders billing",
        "billing crates/billing/api: billing-store billing-model",
        "billing-store crates/billing/store: billing-model",
        "billing-model crates/billing/model:",
        "orders crates/orders/api: orders-store orders-model billing",
        "orders-store crates/orders/store: orders-model",
        "orders-model crates/orders/model:",
    ];
    let contexts = inferred(&lines, Preset::Contexts).contexts;
    let shown: Vec<_> = contexts
        .iter()
        .map(|c| (c.name.as_str(), c.kind, c.public.clone(), c.may_use.clone()))
        .collect();
    let list = |names: &[&str]| Some(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        shown,
        [
            ("billing", None, list(&["billing"]), list(&[])),
            ("orders", None, list(&["orders"]), list(&["billing"])),
            ("main", Some("composition-root"), None, None),
        ]
    );
}

#[test]
fn groups_that_use_each_other_in_a_cycle_are_no_contexts() {
    let lines = [
        "a1 crates/a/1: b1",
        "a2 crates/a/2:",
        "a3 crates/a/3: a2",
        "b1 crates/b/1:",
        "b2 crates/b/2: a2",
        "b3 crates/b/3: b1",
    ];
    let proposal = inferred(&lines, Preset::Contexts);
    assert_eq!(
        proposal.missing(Preset::Contexts),
        Some("most of the folders or prefixes use each other in cycles")
    );
}

#[test]
fn an_external_with_one_user_gets_an_owner_in_a_large_workspace_alone() {
    let mut lines = vec![
        "db db: external/sqlx external/serde",
        "web web: external/axum(dev) external/serde db",
    ];
    let others: Vec<String> = (0..9).map(|i| format!("c{i} c{i}: db")).collect();
    assert!(inferred(&lines, Preset::Shown).externals.is_empty());
    lines.extend(others.iter().map(String::as_str));
    assert_eq!(
        inferred(&lines, Preset::Shown).externals,
        [("sqlx".to_owned(), "db".to_owned())]
    );
}

#[test]
fn few_edges_against_the_folders_are_left_to_the_baseline() {
    let mut lines = vec!["m0 model/0: w0".to_owned()];
    lines.extend((1..6).map(|i| format!("m{i} model/{i}:")));
    lines.extend((0..6).map(|i| format!("w{i} web/{i}: m{} m{}", (i + 1) % 6, (i + 2) % 6)));
    // `w0` uses `m1` and `m2`, so nothing is a cycle of crates.
    let lines: Vec<String> = lines.into_iter().map(|l| l.replace(" m0", "")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let found = layers(&lines);
    assert!(
        found
            .iter()
            .any(|l| l.contains("path:web/*") || l.contains("path:model/*")),
        "{found:?}"
    );
    assert!(!found.iter().any(|l| l.contains("w0") || l.contains("m0")), "{found:?}");
}

#[test]
fn the_order_of_what_is_declared_makes_no_difference() {
    let lines = [
        "a x/a*: c b d",
        "b x/b: d c",
        "c y/c: d",
        "d y/d:",
        "e y/e: d external/sqlx",
    ];
    let turned = [
        "e y/e: external/sqlx d",
        "d y/d:",
        "c y/c: d",
        "b x/b: c d",
        "a x/a*: d b c",
    ];
    assert_eq!(
        text(&inferred(&lines, Preset::Shown), 0),
        text(&inferred(&turned, Preset::Shown), 0)
    );
}

#[test]
fn names_that_are_no_words_do_not_break_the_file() {
    let mut workspace = workspace(&["a we\"ird/a: b", "b we\"ird/b:", "c ü/c: b", "d ü/d: b"]);
    workspace.members[0].name = "a\"b\n[x]".into();
    let facts = vec![TargetFacts::default(); 4];
    let text = text(&infer(&workspace, &facts, Preset::Shown, Leave::Odd), 0);
    assert!(text.parse::<toml::Table>().is_ok(), "{text}");
}
