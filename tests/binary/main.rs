//! Tests of the binary, as people and scripts run it.

#![cfg(test)]

mod bad_input;
mod baseline;
mod builds;
mod calls;
mod cli;
mod common;
mod exposed;
mod formats;
mod guards;
mod histories;
mod init;
mod mending;
mod merges;
mod modules;
mod questions;
mod relations_and_trend;
mod signals;
mod since;
mod steadiness;
mod surroundings;
mod with_history;
mod workspaces;
