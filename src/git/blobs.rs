//! What git holds, asked for piece by piece of one process that stays until the last question.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout};

use super::command::Git;

/// `git cat-file --batch`, started by the first question.
#[derive(Debug)]
pub struct Blobs {
    git: Git,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    pub fn new(git: Git) -> Self {
        Self { git, running: None }
    }

    /// What the object of this name holds; none where git has no such object.
    pub fn get(&mut self, object: &str) -> io::Result<Option<Vec<u8>>> {
        if object.contains('\n') {
            return Err(io::Error::other("a path holds a line break"));
        }
        let running = match &mut self.running {
            Some(running) => running,
            None => self.running.insert(Running::start(&self.git)?),
        };
        running.ask(object)
    }
}

impl Running {
    fn start(git: &Git) -> io::Result<Self> {
        let mut child = git.start(&["cat-file", "--batch"])?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("git has no streams"));
        };
        Ok(Self {
            child,
            questions: Some(questions),
            answers: BufReader::new(answers),
        })
    }

    /// `NAME TYPE SIZE`, a line break, so many bytes and a line break; or `NAME missing`.
    fn ask(&mut self, object: &str) -> io::Result<Option<Vec<u8>>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{object}\n").as_bytes())?;
        questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let words: Vec<&str> = head.trim_end().rsplitn(3, ' ').collect();
        let size = match words.as_slice() {
            ["missing", ..] => return Ok(None),
            [size, _, _] => size.parse::<u64>().ok(),
            _ => None,
        };
        let size = size.ok_or_else(|| io::Error::other(format!("`git cat-file` answers `{}`", head.trim_end())))?;
        let mut content = Vec::new();
        self.answers.by_ref().take(size + 1).read_to_end(&mut content)?;
        if content.pop() != Some(b'\n') || content.len() as u64 != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(content))
    }
}

impl Drop for Running {
    /// Without questions git ends by itself; it is waited for so that nothing is left of it.
    fn drop(&mut self) {
        self.questions = None;
        let _ = self.child.wait();
    }
}
