//! What a random workspace holds, before it is written down. Every plan is one that cargo accepts.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::workspace::DependencyKind;

mod features;

pub use features::FeaturesPlan;

/// A workspace.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one coin that is tossed")]
pub struct Plan {
    pub members: Vec<MemberPlan>,
    /// The root manifest is a package too.
    pub root_package: bool,
    /// `[workspace.dependencies]`.
    pub shared: Vec<SharedPlan>,
    /// The positions of members that `[patch.crates-io]` names.
    pub patched: Vec<usize>,
    /// The first of them are `default-members`.
    pub defaults: Option<usize>,
    pub crlf: bool,
    pub byte_order_mark: bool,
    pub comments: bool,
}

/// A member.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one coin that is tossed")]
pub struct MemberPlan {
    pub place: Place,
    pub edition: Option<&'static str>,
    pub version: Option<&'static str>,
    pub publish: Option<&'static str>,
    pub targets: Targets,
    /// `links`, which asks for a build script.
    pub links: bool,
    pub metadata: bool,
    /// The sections stand with their old spelling where the edition allows it.
    pub underscores: bool,
    /// Its dependencies stand as dotted keys above `[package]`.
    pub above: bool,
    pub dependencies: Vec<DependencyPlan>,
    /// `[features]`.
    pub features: FeaturesPlan,
}

/// Where a member lies, and so how the root finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `crates/NAME`, by a glob.
    Crates,
    /// `NAME`, listed.
    Top,
    /// `deep/x/NAME`, by a glob of two.
    Deep,
    /// `loose/NAME`, a member only where another depends on it.
    Loose,
    /// `crates/out-NAME`, taken out by `exclude`.
    Excluded,
}

/// What a member builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Targets {
    Library,
    Program,
    Both,
    ProcMacro,
    NamedProgram,
}

/// A line of `[workspace.dependencies]`.
#[derive(Clone, Debug)]
pub struct SharedPlan {
    pub to: To,
    pub renamed: bool,
    pub features: usize,
    pub default_features: Option<bool>,
    pub form: Form,
}

/// A declaration of a dependency.
#[derive(Clone, Debug)]
pub struct DependencyPlan {
    pub to: To,
    pub kind: DependencyKind,
    pub target: Option<&'static str>,
    pub form: Form,
    pub quote: Quote,
    pub renamed: bool,
    pub optional: bool,
    pub features: usize,
    pub default_features: Option<bool>,
    pub versioned: bool,
}

/// What a declaration points at; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub enum To {
    Member(usize),
    Registry(&'static str, &'static str),
    /// A registry crate that carries a member's name.
    Namesake(usize),
    Git(&'static str, Option<&'static str>),
    OtherRegistry(&'static str),
    /// A line of `[workspace.dependencies]`.
    Shared(usize),
}

/// The table forms of TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `x = "1"` where nothing but a version is to say, else as `Inline`.
    Short,
    /// `x = { … }`.
    Inline,
    /// `x.version = "1"`, one line a field.
    Dotted,
    /// `[dependencies.x]`.
    Header,
    /// `x = { … }` over several lines, as TOML 1.1 has it.
    Spread,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    Bare,
    Double,
    Single,
}

const TARGETS: [&str; 6] = [
    "cfg(unix)",
    "cfg( windows )",
    "cfg(all(unix,not(target_os = \"macos\")))",
    "cfg(any(fuzzing, feature=\"x\"))",
    "x86_64-unknown-linux-gnu",
    "wasm32-wasip1",
];

fn form() -> impl Strategy<Value = Form> {
    select(vec![
        Form::Short,
        Form::Inline,
        Form::Dotted,
        Form::Header,
        Form::Spread,
    ])
}

fn outside() -> impl Strategy<Value = To> {
    let names = select(vec!["serde", "tokio", "a_b", "zstd-sys", "X1"]);
    let versions = select(vec!["1", "=1.2.3", "*", ">=1, <3", "0.1.0-rc.1", " 2 ", "~1.4"]);
    let references = option::of(select(vec!["branch = \"main\"", "tag = \"v1\"", "rev = \"0123abc\""]));
    let git = (
        select(vec!["https://x.y/g.git", "https://x.y/h", "ssh://git@x.y/i"]),
        references,
    );
    prop_oneof![
        4 => (names, versions).prop_map(|(name, version)| To::Registry(name, version)),
        1 => git.prop_map(|(url, reference)| To::Git(url, reference)),
        1 => Just(To::OtherRegistry("https://registry.x.y/index")),
    ]
}

fn dependency() -> impl Strategy<Value = DependencyPlan> {
    let to = prop_oneof![
        5 => (0..8usize).prop_map(To::Member),
        4 => outside(),
        1 => (0..8usize).prop_map(To::Namesake),
        4 => (0..8usize).prop_map(To::Shared),
    ];
    let kind = select(vec![
        DependencyKind::Normal,
        DependencyKind::Normal,
        DependencyKind::Build,
        DependencyKind::Dev,
    ]);
    let target = prop_oneof![3 => Just(None), 1 => select(TARGETS.to_vec()).prop_map(Some)];
    let quote = prop_oneof![4 => Just(Quote::Bare), 1 => Just(Quote::Double), 1 => Just(Quote::Single)];
    let flags = (
        any::<bool>(),
        any::<bool>(),
        0..3usize,
        option::of(any::<bool>()),
        any::<bool>(),
    );
    (to, kind, target, form(), quote, flags).prop_map(|(to, kind, target, form, quote, flags)| {
        let (renamed, optional, features, default_features, versioned) = flags;
        DependencyPlan {
            to,
            kind,
            target,
            form,
            quote,
            renamed,
            optional,
            features,
            default_features,
            versioned,
        }
    })
}

fn shared() -> impl Strategy<Value = SharedPlan> {
    let to = prop_oneof![(0..8usize).prop_map(To::Member), outside()];
    (to, any::<bool>(), 0..3usize, option::of(any::<bool>()), form()).prop_map(
        |(to, renamed, features, default_features, form)| SharedPlan {
            to,
            renamed,
            features,
            default_features,
            form,
        },
    )
}

fn member() -> impl Strategy<Value = MemberPlan> {
    let place = prop_oneof![
        4 => Just(Place::Crates),
        3 => Just(Place::Top),
        2 => Just(Place::Deep),
        2 => Just(Place::Loose),
        1 => Just(Place::Excluded),
    ];
    let edition = option::of(select(vec!["2015", "2018", "2021", "2024", "workspace"]));
    let version = option::of(select(vec!["0.1.0", "2.0.0-beta.1", "workspace"]));
    let publish = option::of(select(vec!["true", "false", "[]", "[\"mine\"]", "workspace"]));
    let targets = select(vec![
        Targets::Library,
        Targets::Program,
        Targets::Both,
        Targets::ProcMacro,
        Targets::NamedProgram,
    ]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (
        place,
        edition,
        version,
        publish,
        targets,
        flags,
        vec(dependency(), 0..9),
        features::features(),
    )
        .prop_map(
            |(place, edition, version, publish, targets, flags, dependencies, features)| {
                let (links, metadata, underscores, above) = flags;
                MemberPlan {
                    place,
                    edition,
                    version,
                    publish,
                    targets,
                    links,
                    metadata,
                    underscores,
                    above,
                    dependencies,
                    features,
                }
            },
        )
}

/// Any workspace.
pub fn workspace() -> impl Strategy<Value = Plan> {
    let flags = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.1), any::<bool>());
    let patched = vec(0..8usize, 0..3);
    (
        vec(member(), 1..6),
        vec(shared(), 0..5),
        patched,
        option::of(0..3usize),
        flags,
    )
        .prop_map(
            |(members, shared, patched, defaults, (root_package, crlf, byte_order_mark, comments))| Plan {
                members,
                root_package,
                shared,
                patched,
                defaults,
                crlf,
                byte_order_mark,
                comments,
            },
        )
}
