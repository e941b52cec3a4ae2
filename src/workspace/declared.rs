//! What a manifest says of its targets, as plain data.

/// What a manifest says of its targets; what cargo finds beside it is asked for only when a selector needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetDeclarations {
    /// `[lib]` is there.
    pub lib: bool,
    /// `[lib] name`, as written; without it the crate is named as the package, with `_` for `-`.
    pub lib_name: Option<String>,
    /// `[lib] path`, as written.
    pub lib_path: Option<String>,
    /// `[lib] proc-macro = true`, or `crate-type` holds `proc-macro`.
    pub proc_macro: bool,
    /// `[[bin]]` and `autobins`.
    pub bins: DeclaredTargets,
    /// `[[example]]` and `autoexamples`.
    pub examples: DeclaredTargets,
    /// `[[test]]` and `autotests`.
    pub tests: DeclaredTargets,
    /// `[[bench]]` and `autobenches`.
    pub benches: DeclaredTargets,
    /// `autolib`; unset means yes.
    pub autolib: Option<bool>,
    /// `build = "…"` or `false`; unset means that `build.rs` counts where it stands.
    pub build: Option<BuildScript>,
}

/// What a manifest says of the targets of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclaredTargets {
    /// The tables, in file order.
    pub declared: Vec<DeclaredTarget>,
    /// Whether cargo looks for more of them; unset means yes (in edition 2015 only where no table of the sort stands).
    pub auto: Option<bool>,
}

/// `[[bin]]`, `[[example]]`, `[[test]]` or `[[bench]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredTarget {
    /// `name`.
    pub name: String,
    /// `path`, as written.
    pub path: Option<String>,
}

/// The `build` key of `[package]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildScript {
    /// `build = false`.
    Off,
    /// `build = true`: `build.rs`, whether it stands there or not.
    Default,
    /// `build = "…"`, or a list of them.
    Paths(Vec<String>),
}
