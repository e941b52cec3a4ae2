//! Tests of the binary, as people and scripts run it.

#![cfg(test)]

mod bad_input;
mod baseline;
mod cli;
mod common;
mod formats;
mod guards;
mod merges;
mod questions;
mod init;
mod since;
mod steadiness;
mod surroundings;
mod workspaces;
