//! What the rules demand, and the pages that explain them.

pub mod explanations;
