//! What `[features]` of a random member holds.

use proptest::prelude::*;

/// What `[features]` of a member holds.
#[derive(Clone, Copy, Debug)]
pub struct FeaturesPlan {
    /// A feature that `default` turns on.
    pub own: bool,
    /// A feature of each dependency, with `?` where that may stand.
    pub forwards: bool,
    /// Optional dependencies are turned on by `dep:`, under names of their own.
    pub hides: bool,
}

/// Any `[features]`.
pub fn features() -> impl Strategy<Value = FeaturesPlan> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    flags.prop_map(|(own, forwards, hides)| FeaturesPlan { own, forwards, hides })
}
