//! How far a long run is: one line on a terminal, which is gone at the end.

use std::io::{IsTerminal as _, Stderr, Write};
use std::time::{Duration, Instant};

use crate::cli::Common;

/// Shorter runs say nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// No eye follows faster.
const PAUSE: Duration = Duration::from_millis(100);
/// Back to the start of the line, and whatever stands there goes.
const CLEAR: &str = "\r\u{1b}[K";

/// A line that says how far the work is.
pub(super) struct Progress<W: Write = Stderr> {
    /// None where nobody watches.
    to: Option<W>,
    /// How long the work has taken.
    clock: Box<dyn Fn() -> Duration>,
    told: Option<Duration>,
}

impl Progress {
    /// Nothing is said where standard error is no terminal, or only the answer is wanted.
    pub(super) fn new(common: &Common) -> Self {
        let stderr = std::io::stderr();
        let started = Instant::now();
        let watched = stderr.is_terminal() && !common.quiet;
        Self::on(watched.then_some(stderr), Box::new(move || started.elapsed()))
    }
}

impl<W: Write> Progress<W> {
    fn on(to: Option<W>, clock: Box<dyn Fn() -> Duration>) -> Self {
        Self { to, clock, told: None }
    }

    /// Says what is being done, once that takes long enough for somebody to wonder.
    pub(super) fn tell(&mut self, what: &str) {
        let Some(to) = &mut self.to else { return };
        let now = (self.clock)();
        let often = self.told.is_some_and(|told| now < told + PAUSE);
        if often || now < PATIENCE {
            return;
        }
        self.told = Some(now);
        let _ = write!(to, "{CLEAR}{what}");
        let _ = to.flush();
    }
}

impl<W: Write> Drop for Progress<W> {
    fn drop(&mut self) {
        if let (Some(to), Some(_)) = (&mut self.to, self.told) {
            let _ = write!(to, "{CLEAR}");
            let _ = to.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;

    /// What is on the line after each of these moments, in milliseconds, and after the end.
    fn told(moments: &[u64]) -> String {
        let clock = Rc::new(Cell::new(Duration::ZERO));
        let mut written = Vec::new();
        let now = Rc::clone(&clock);
        let mut progress = Progress::on(Some(&mut written), Box::new(move || now.get()));
        for moment in moments {
            clock.set(Duration::from_millis(*moment));
            progress.tell(&format!("at {moment}"));
        }
        drop(progress);
        String::from_utf8(written).expect("text")
    }

    #[test]
    fn work_under_half_a_second_says_nothing() {
        assert_eq!(told(&[]), "");
        assert_eq!(told(&[0, 250, 499]), "");
    }

    #[test]
    fn longer_work_says_how_far_it_is_and_leaves_the_line_as_it_was() {
        assert_eq!(told(&[499, 500]), "\r\u{1b}[Kat 500\r\u{1b}[K");
    }

    #[test]
    fn it_says_so_ten_times_a_second_at_most() {
        let line = told(&[500, 550, 599, 600, 699, 701]);
        assert_eq!(line, "\r\u{1b}[Kat 500\r\u{1b}[Kat 600\r\u{1b}[Kat 701\r\u{1b}[K");
    }

    #[test]
    fn where_nobody_watches_nothing_is_said() {
        let mut progress = Progress::<Vec<u8>>::on(None, Box::new(|| Duration::from_secs(9)));
        progress.tell("reading");
        assert_eq!(progress.told, None);
    }
}
