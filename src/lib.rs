//! Keeps the architecture of a Rust workspace true.

// The modules are joined one by one while the first version is built.
#![allow(dead_code)]

pub mod commands;
pub mod config;
pub mod error;
pub mod finding;
pub mod report;
pub mod reporters;
pub mod source;
pub mod workspace;
