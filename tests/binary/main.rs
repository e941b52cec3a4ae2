//! Tests of the binary, as people and scripts run it.

#![cfg(test)]

mod bad_input;
mod baseline;
mod builds;
mod cli;
mod common;
mod formats;
mod guards;
mod init;
mod mending;
mod merges;
mod questions;
mod since;
mod steadiness;
mod surroundings;
mod workspaces;
