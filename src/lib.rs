//! Keeps the architecture of a Rust workspace true.

// The modules are joined one by one while the first version is built.
#![allow(dead_code)]

pub mod architecture;
pub mod baseline;
pub mod commands;
pub mod config;
pub mod error;
pub mod excuses;
pub mod finding;
pub mod graph;
pub mod report;
pub mod reporters;
pub mod rules;
pub mod source;
pub mod workspace;
