//! Runs what developers run. No layer and no context claims it: two warnings.

fn main() {}
