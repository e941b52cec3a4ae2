//! Puts the shop together and starts it.

fn main() {}
