//! The program `campus`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match app::command::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("campus: {error:#}");
            ExitCode::FAILURE
        }
    }
}
