//! How a reading goes on beside other work: on fewer threads while that lasts, and no further once nobody asks for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Lets a reading be held back, and given up, from another thread.
#[derive(Debug, Default)]
pub struct Pace {
    is_stopped: AtomicBool,
    /// Whether one of its threads waits.
    is_held: Mutex<bool>,
    changed: Condvar,
}

impl Pace {
    /// For a reading that leaves a processor to something else. Whoever holds one back lets it go with [`Pace::hurry`], or
    /// with [`Pace::stop`]: it may not end before.
    #[must_use]
    pub fn held() -> Self {
        Self {
            is_held: Mutex::new(true),
            ..Self::default()
        }
    }

    /// All threads read from now on.
    pub fn hurry(&self) {
        *self.is_held.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.changed.notify_all();
    }

    /// Reading ends at the next file.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.hurry();
    }

    /// Whether reading is to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Keeps a thread for as long as the reading is held back.
    pub(super) fn wait(&self) {
        let held = self.is_held.lock().unwrap_or_else(PoisonError::into_inner);
        let _held = self.changed.wait_while(held, |held| *held);
    }
}
