//! Loading the course library: a changed course becomes a new version, an unchanged one is left alone.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::PoisonError;

use courses::id::{CourseId, FileId, VersionId};
use courses::source::{Finding, Severity, Sources, file_digest, read};
use include_dir::{Dir, include_dir};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::Published;
use super::entity::{course, file, version};
use crate::Platform;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../courses/library");

/// A course of the library that could not be loaded as it stands, or has warnings.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its folder.
    pub slug: String,
    /// Whether it was refused, so that an older version (or none) stays on offer.
    pub is_refused: bool,
    /// What is wrong, line by line.
    pub findings: Vec<Finding>,
}

/// Why the library could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder could not be read.
    #[error(transparent)]
    Folder(#[from] std::io::Error),
    /// The database did not answer.
    #[error(transparent)]
    Storage(#[from] DbErr),
}

/// Loads every course of the configured library. A malformed course stops neither the others nor the server.
///
/// # Errors
/// When the folder or the database cannot be read.
pub async fn load_library(platform: &Platform) -> Result<(), LoadError> {
    let mut problems = Vec::new();
    let courses = match &platform.config.library {
        Some(folder) => from_folder(folder, &mut problems)?,
        None => embedded_slugs()
            .into_iter()
            .map(|slug| {
                let sources = read_slug(&slug);
                (slug, sources)
            })
            .collect(),
    };
    let mut codes = BTreeSet::new();
    for (slug, sources) in courses {
        let reading = read(&sources);
        let is_refused = match reading.course {
            None => true,
            Some(course) if !codes.insert(course.code.clone()) => {
                let message = format!("another course of the library has the code `{}` too: give each its own", course.code);
                problems.push(refused(slug, message));
                continue;
            }
            Some(course) => {
                let version = publish(platform, course.code.as_str(), &sources).await?;
                super::remember(platform, Published::new(&version, course, &sources));
                false
            }
        };
        if is_refused {
            tracing::error!(
                course = slug,
                errors = reading.findings.iter().filter(|f| f.severity == Severity::Error).count(),
                "course refused"
            );
        }
        if !reading.findings.is_empty() {
            problems.push(Problem { slug, is_refused, findings: reading.findings });
        }
    }
    *platform.catalogue.problems.write().unwrap_or_else(PoisonError::into_inner) = problems;
    Ok(())
}

/// A course that cannot be loaded for a reason that stands in no line of it.
fn refused(slug: String, message: String) -> Problem {
    let finding = Finding { file: "course.toml".to_owned(), line: 1, column: 1, severity: Severity::Error, message };
    Problem { slug, is_refused: true, findings: vec![finding] }
}

/// Folders of the library inside the program.
#[must_use]
pub fn embedded_slugs() -> Vec<String> {
    EMBEDDED.dirs().filter_map(|dir| dir.path().to_str()).map(str::to_owned).collect()
}

/// The sources of one course inside the program.
#[must_use]
pub fn read_slug(slug: &str) -> Sources {
    let mut sources = Sources::default();
    if let Some(dir) = EMBEDDED.get_dir(slug) {
        collect(dir, slug, &mut sources);
    }
    sources
}

fn collect(dir: &Dir<'_>, slug: &str, sources: &mut Sources) {
    for file in dir.files() {
        let path = file.path().strip_prefix(slug).ok().and_then(Path::to_str);
        if let Some(path) = path.filter(|path| Sources::holds(path)) {
            sources.insert(path.to_owned(), file.contents().to_vec());
        }
    }
    for inner in dir.dirs() {
        collect(inner, slug, sources);
    }
}

fn from_folder(folder: &Path, problems: &mut Vec<Problem>) -> std::io::Result<Vec<(String, Sources)>> {
    let mut courses = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("course.toml").is_file() {
            let slug = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match Sources::from_dir(&path) {
                Ok(sources) => courses.push((slug, sources)),
                Err(error) => problems.push(refused(slug, error.to_string())),
            }
        }
    }
    courses.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(courses)
}

/// Makes `sources` the version on offer, unless this course has had exactly these sources before; the version that has them.
async fn publish(platform: &Platform, code: &str, sources: &Sources) -> Result<version::Model, DbErr> {
    let digest = sources.digest();
    let transaction = platform.storage.begin().await?;
    let course_id = course_with(platform, &transaction, code).await?;
    let known = version::Entity::find()
        .filter(version::Column::CourseId.eq(course_id))
        .filter(version::Column::Digest.eq(&digest))
        .one(&transaction)
        .await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let version = insert_version(platform, &transaction, course_id, digest).await?;
    insert_files(platform, &transaction, version.id, sources).await?;
    course::Entity::update_many()
        .col_expr(course::Column::CurrentVersionId, Expr::value(version.id))
        .filter(course::Column::Id.eq(course_id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    tracing::info!(course = code, version = %version.id, "course version published");
    Ok(version)
}

/// The course's row, locked until the transaction ends, so that two servers that start at once publish one version.
async fn course_with(platform: &Platform, transaction: &DatabaseTransaction, code: &str) -> Result<CourseId, DbErr> {
    let now = platform.clock.now();
    let row = course::ActiveModel {
        id: Set(CourseId(platform.chance.id(now))),
        code: Set(code.to_owned()),
        current_version_id: Set(None),
        created_at: Set(now),
    };
    course::Entity::insert(row).on_conflict_do_nothing_on([course::Column::Code]).exec_without_returning(transaction).await?;
    let found = course::Entity::find().filter(course::Column::Code.eq(code)).lock_exclusive().one(transaction).await?;
    found.map(|course| course.id).ok_or_else(|| DbErr::RecordNotFound(format!("course {code}")))
}

async fn insert_version(
    platform: &Platform,
    transaction: &DatabaseTransaction,
    course_id: CourseId,
    digest: String,
) -> Result<version::Model, DbErr> {
    let now = platform.clock.now();
    let last = version::Entity::find()
        .filter(version::Column::CourseId.eq(course_id))
        .order_by_desc(version::Column::Number)
        .one(transaction)
        .await?;
    let row = version::Model {
        id: VersionId(platform.chance.id(now)),
        course_id,
        number: last.map_or(1, |last| last.number + 1),
        digest,
        published_at: now,
    };
    version::Entity::insert(row.clone().into_active_model()).exec_without_returning(transaction).await?;
    Ok(row)
}

async fn insert_files(
    platform: &Platform,
    transaction: &DatabaseTransaction,
    version_id: VersionId,
    sources: &Sources,
) -> Result<(), DbErr> {
    let now = platform.clock.now();
    let rows = sources.iter().map(|(path, bytes)| file::ActiveModel {
        id: Set(FileId(platform.chance.id(now))),
        version_id: Set(version_id),
        path: Set(path.to_owned()),
        digest: Set(file_digest(bytes)),
        bytes: Set(bytes.to_vec()),
    });
    file::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}
