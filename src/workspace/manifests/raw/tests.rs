//! What one manifest says, as data.
