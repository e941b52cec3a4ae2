//! Talks to the payment provider.
