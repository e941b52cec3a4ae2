//! How far a long run is: one line on a terminal, which is gone at the end.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::cli::Common;

/// Shorter runs say nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// No eye follows faster.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that says how far the work is.
pub(super) struct Progress {
    wanted: bool,
    started: Instant,
    told: Option<Instant>,
}

impl Progress {
    /// Nothing is said where standard error is no terminal, or only the answer is wanted.
    pub(super) fn new(common: &Common) -> Self {
        Self {
            wanted: std::io::stderr().is_terminal() && !common.quiet,
            started: Instant::now(),
            told: None,
        }
    }

    /// Says what is being done, once that takes long enough for somebody to wonder.
    pub(super) fn tell(&mut self, what: &str) {
        let often = self.told.is_some_and(|told| told.elapsed() < PAUSE);
        if !self.wanted || often || self.started.elapsed() < PATIENCE {
            return;
        }
        self.told = Some(Instant::now());
        let mut stderr = std::io::stderr().lock();
        let _ = write!(stderr, "\r\u{1b}[K{what}");
        let _ = stderr.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.told.is_some() {
            let mut stderr = std::io::stderr().lock();
            let _ = write!(stderr, "\r\u{1b}[K");
            let _ = stderr.flush();
        }
    }
}
