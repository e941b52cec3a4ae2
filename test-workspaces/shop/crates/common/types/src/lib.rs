//! Money, time and names of things: what every context means alike.
