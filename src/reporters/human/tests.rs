//! Whole pages, compared with `tests/snapshots/human/*.txt`. `UPDATE_SNAPSHOTS=1 cargo test human` writes them anew; read
//! every line that changed.

use super::*;
use crate::error::ProblemKind;
use crate::finding::Code;

mod build;
mod hostile;

use build::{Shop, finding, hop, snapshot, style};

/// The three findings of a shop whose lines other tests vary.
fn layer_violation(shop: &Shop) -> Finding {
    let mut f = finding(Code::Layer, "layer", "`billing-domain` may not use `postgres-store`");
    f.from = "billing-domain".into();
    f.to = "postgres-store".into();
    shop.primary(
        &mut f,
        "crates/billing/domain/Cargo.toml",
        "store",
        "layer `domain` reaches up to layer `adapters`",
    );
    shop.related(&mut f, "Cargo.toml", "store", "inherited from here");
    shop.related(
        &mut f,
        "boundaries.toml",
        "\"adapters\"",
        "`adapters` stands above `domain`",
    );
    f.help = vec![
        "define a trait in `billing-domain` and implement it in `postgres-store`".into(),
        "or record it in boundaries.toml:\n[[exceptions]]\nrule = \"layer\"\nfrom = \"billing-domain\"\n\
         to = \"postgres-store\"\nreason = \"…\""
            .into(),
    ];
    f
}

fn transitive_ban(shop: &Shop) -> Finding {
    let mut f = finding(
        Code::Forbidden,
        "domain-is-pure",
        "`billing-domain` reaches `tokio`, three steps away",
    );
    f.from = "billing-domain".into();
    f.external = true;
    shop.primary(
        &mut f,
        "crates/billing/domain/Cargo.toml",
        "audit-client",
        "the path starts here",
    );
    shop.related(
        &mut f,
        "boundaries.toml",
        "\"domain-is-pure\"",
        "the rule is declared here",
    );
    f.reason = Some("the domain runs without a runtime or a database".into());
    f.path = ["billing-domain", "audit-client", "retry", "tokio"]
        .map(String::from)
        .to_vec();
    f.hops = vec![
        hop(
            "billing-domain",
            "audit-client",
            true,
            "crates/billing/domain/Cargo.toml",
            12,
        ),
        hop("audit-client", "retry", true, "crates/audit/client/Cargo.toml", 9),
        hop("retry", "tokio", false, "Cargo.lock", 812),
    ];
    f.hops[1].feature = Some("backoff".into());
    f.hops[2].version = Some("1.48.0".into());
    f.help = vec![
        "keep what needs the runtime out of `audit-client`, or put it behind a trait that a crate outside \
                   the domain implements"
            .into(),
    ];
    f.also_affects = vec!["billing-api".into(), "billing-cli".into()];
    f.owners = vec!["@shop/billing".into()];
    f
}

fn context_cycle(shop: &Shop) -> Finding {
    let mut f = finding(
        Code::ContextCycle,
        "context-cycle",
        "contexts `orders` and `billing` use each other",
    );
    shop.primary(
        &mut f,
        "crates/billing/domain/Cargo.toml",
        "orders-events",
        "this edge closes the cycle",
    );
    shop.declared(&mut f, "tools/Cargo.toml", "one", None);
    f.path = vec!["context:orders".into(), "context:billing".into()];
    f.hops = vec![
        hop("orders-core", "billing-api", true, "crates/orders/core/Cargo.toml", 11),
        hop(
            "billing-core",
            "orders-events",
            true,
            "crates/billing/core/Cargo.toml",
            17,
        ),
    ];
    f.owners = vec!["@shop/billing".into(), "@shop/orders".into()];
    f
}

fn two_targets(shop: &Shop) -> Finding {
    let mut f = finding(Code::UnassignedLayer, "unassigned-layer", "no layer claims `tools`");
    f.level = Level::Warn;
    shop.primary(&mut f, "tools/Cargo.toml", "one", "for `cfg(unix)`");
    shop.declared(&mut f, "tools/Cargo.toml", "two", Some("cfg(windows)"));
    f
}

#[test]
fn a_report_draws_every_place_of_every_finding_in_its_file() {
    let shop = Shop::new();
    let findings = vec![
        layer_violation(&shop),
        transitive_ban(&shop),
        context_cycle(&shop),
        two_targets(&shop),
    ];
    let report = shop.report(findings);
    snapshot("report-unicode-100", &render(&report, style(100)));
    snapshot(
        "report-ascii-80",
        &render(
            &report,
            Style {
                unicode: false,
                ..style(80)
            },
        ),
    );
    snapshot(
        "report-colour-80",
        &render(
            &report,
            Style {
                color: true,
                ..style(80)
            },
        ),
    );
    snapshot("report-unicode-48", &render(&report, style(48)));
    snapshot(
        "report-quiet",
        &render(
            &report,
            Style {
                quiet: true,
                ..style(100)
            },
        ),
    );
}

#[test]
fn excused_findings_are_marked_where_they_are_listed() {
    let shop = Shop::new();
    let mut findings = vec![layer_violation(&shop), transitive_ban(&shop)];
    findings[0].status = Status::Excepted;
    findings[1].status = Status::Baselined;
    let mut report = shop.report(findings);
    (report.summary.deny, report.summary.warn) = (0, 0);
    snapshot("excused", &render(&report, style(100)));
}

#[test]
fn more_than_fifty_findings_are_counted_by_rule() {
    let shop = Shop::new();
    let kinds = [layer_violation, transitive_ban, layer_violation];
    let findings: Vec<Finding> = (0..120).map(|i| kinds[i % 3](&shop)).collect();
    let report = shop.report(findings);
    let text = render(&report, style(100));
    assert_eq!(text.matches("\nboundaries::").count() + 1, 50);
    snapshot("counted", &text[text.find("70 more").unwrap()..]);
    let all = render(
        &report,
        Style {
            all: true,
            ..style(100)
        },
    );
    assert_eq!(all.matches("\nboundaries::").count() + 1, 120);
}

#[test]
fn problems_of_one_file_are_all_drawn() {
    let shop = Shop::new();
    let rule = shop.span("boundaries.toml", "\"billing-domian\"");
    let layer = shop.span("boundaries.toml", "\"adapters\"");
    let problems = vec![
        Problem::new(ProblemKind::Config, "no member is called `billing-domian`")
            .at(rule, "did you mean `billing-domain`?")
            .help("to keep a retired crate out for good write `billing-domian?`"),
        Problem::new(ProblemKind::Config, "two layers are called `adapters`")
            .at(layer, "the first")
            .at(rule, "the second")
            .help("give one of them another name"),
        Problem::new(ProblemKind::Usage, "there is no boundaries.toml in /shop")
            .help("`cargo boundaries init` writes one that names the workspace's own crates"),
    ];
    let error = Error::new(problems, shop.sources());
    snapshot("problems", &render_error(&error, style(100)));
    let one = Error::plain(Problem::new(
        ProblemKind::Cargo,
        "cargo failed\nerror: line one\nerror: line two",
    ));
    snapshot("problem-alone", &render_error(&one, style(100)));
}

#[test]
fn the_last_line_leaves_out_what_is_zero() {
    let mut lines = String::new();
    for counts in [
        [68, 624, 14, 3, 1, 20, 2, 61, 40],
        [68, 624, 14, 0, 0, 20, 2, 61, 40],
        [68, 624, 14, 0, 0, 0, 0, 61, 0],
        [68, 624, 14, 0, 0, 0, 0, 0, 40],
        [68, 624, 14, 0, 2, 0, 2, 0, 0],
        [1, 1, 1, 1, 0, 1, 0, 1, 1],
        [1, 0, 1, 0, 0, 0, 0, 0, 0],
    ] {
        for elapsed in [0.04, 9.1, 12_345.6] {
            summary::last_line(&mut lines, &build::summary(counts, elapsed), &[], Pen::new(style(100)));
        }
    }
    snapshot("last-lines", &lines);
}
