//! Runs that must end in time, calmly, and say what is wrong.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{Ran, binary};

/// No input takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A run that could not check, in its three formats.
pub struct Failed {
    pub human: Ran,
    pub short: Ran,
    pub json: Value,
}

impl Failed {
    /// Checks a folder, and holds what every failure must keep.
    pub fn of(folder: &std::path::Path) -> Self {
        let human = patiently(folder, &["check"]);
        let short = patiently(folder, &["check", "--format", "short"]);
        let machine = patiently(folder, &["check", "--format", "json"]);
        for ran in [&human, &short, &machine] {
            assert_eq!(ran.code, Some(2), "{}{}", ran.stdout, ran.stderr);
            assert_calm(&ran.stderr);
        }
        assert_eq!((&*human.stdout, &*short.stdout), ("", ""));
        assert_calm(&machine.stdout);
        let json: Value = serde_json::from_str(&machine.stdout).expect("valid JSON");
        let errors = json["errors"].as_array().expect("a list");
        assert!(
            !errors.is_empty() && json["findings"] == serde_json::json!([]),
            "{json}"
        );
        assert_eq!(short.stderr.lines().count(), errors.len(), "{}", short.stderr);
        Self { human, short, json }
    }

    /// What is not said: the place by every format, the phrase, a way out.
    pub fn lacks(&self, place: &str, phrase: &str) -> Option<String> {
        let errors = self.json["errors"].as_array().unwrap();
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all: Vec<String> = errors
            .iter()
            .flat_map(|error| {
                let places = error["places"].as_array().unwrap().iter().map(|p| said(&p["message"]));
                let help = error["help"].as_array().unwrap().iter().map(said);
                std::iter::once(said(&error["message"]))
                    .chain(places)
                    .chain(help)
                    .collect::<Vec<_>>()
            })
            .collect();
        let way_out = |error: &Value| {
            let help = !error["help"].as_array().unwrap().is_empty();
            help || error["places"]
                .as_array()
                .unwrap()
                .iter()
                .any(|p| !said(&p["message"]).is_empty())
        };
        let missing = if !self.human.stderr.contains(place) || !self.short.stderr.contains(place) {
            "the place"
        } else if !all.iter().any(|text| text.contains(phrase)) {
            "the phrase"
        } else if !errors.iter().all(way_out) {
            "a way out"
        } else {
            return None;
        };
        let page: String = self.human.stderr.chars().take(2_000).collect();
        Some(format!("{missing} is missing: {place:?}, {phrase:?}\n{page}"))
    }
}

/// The human report and the json of a run that checked; `short` is held to the same calm.
pub fn both(folder: &std::path::Path) -> (Ran, Value) {
    let human = patiently(folder, &["check", "--color", "never"]);
    let short = patiently(folder, &["check", "--format", "short"]);
    let json = patiently(folder, &["check", "--format", "json"]);
    for ran in [&human, &short, &json] {
        assert_calm(&ran.stdout);
        assert_calm(&ran.stderr);
        assert_eq!(ran.code, human.code);
    }
    let value = serde_json::from_str(&json.stdout).expect("valid JSON");
    (human, value)
}

/// No control character but line ends, and no trace of a panic.
fn assert_calm(text: &str) {
    let loud = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}');
    if let Some(at) = text.find(loud) {
        let around: String = text[at..].chars().take(40).collect();
        panic!("a control character is printed: {around:?}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

/// Runs the binary, and fails where it takes longer than anybody waits.
fn patiently(folder: &std::path::Path, arguments: &[&str]) -> Ran {
    let mut command: Command = binary(folder);
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let id = child.id();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reading = |mut stream: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).map(|_| bytes)
        })
    };
    let (stdout, stderr) = (reading(Box::new(stdout)), reading(Box::new(stderr)));
    let started = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None if started.elapsed() > PATIENCE => {
                child.kill().expect("a child");
                panic!("process {id} is still running after {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let bytes = |handle: std::thread::JoinHandle<std::io::Result<Vec<u8>>>| handle.join().unwrap().unwrap();
    Ran::of(&std::process::Output {
        status,
        stdout: bytes(stdout),
        stderr: bytes(stderr),
    })
}
