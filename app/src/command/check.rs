//! `campus check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use courses::source::{LONG_SENTENCE, LanguageStats, Severity, Sources, Stats, read, stamp, stats};

pub(super) fn check(path: &Path, with_stamp: bool, with_stats: bool) -> anyhow::Result<ExitCode> {
    let (mut errors, mut warnings) = (0, 0);
    let folders = folders(path)?;
    for folder in &folders {
        let mut sources = Sources::from_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        if with_stamp {
            for (file, bytes) in stamp(&sources) {
                std::fs::write(folder.join(&file), &bytes).with_context(|| format!("{file} cannot be written"))?;
                println!("{}/{file}: stamped", folder.display());
                sources.insert(file, bytes);
            }
        }
        let reading = read(&sources);
        for finding in &reading.findings {
            println!("{}/{finding}", folder.display());
            match finding.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
        }
        if let Some(course) = reading.course.filter(|_| with_stats) {
            show_stats(folder, &stats(&course));
        }
    }
    println!("{} courses checked: {errors} errors, {warnings} warnings", folders.len());
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show_stats(folder: &Path, stats: &Stats) {
    println!("{}", folder.display());
    for (language, figures) in &stats.languages {
        let LanguageStats { lessons, words, minutes, checks, sources, terms, sentences, long_sentences } = figures;
        println!(
            "  {language}: {lessons} lessons, {words} words, {minutes} minutes, {checks} self-checks, {sources} sources, {terms} terms"
        );
        println!(
            "      {sentences} sentences, {} words on average, {long_sentences} with more than {LONG_SENTENCE}",
            words.checked_div(*sentences).unwrap_or_default()
        );
    }
    for (objective, questions) in &stats.questions {
        println!("  objective {objective}: {questions} questions");
    }
}

/// The course at `path`, or every course of the library at `path`.
fn folders(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.join("course.toml").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
        let inner = entry?.path();
        if inner.join("course.toml").is_file() {
            folders.push(inner);
        }
    }
    if folders.is_empty() {
        bail!("{} holds no course: a course is a folder with a course.toml", path.display());
    }
    folders.sort();
    Ok(folders)
}
