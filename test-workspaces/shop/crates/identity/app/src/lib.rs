//! Signs people in.
