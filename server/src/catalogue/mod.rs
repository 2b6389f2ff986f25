//! Courses on offer: versions, loading the library, and what is kept in memory of them.
//!
//! A version is stored as the source files it was made of, so that answer keys need never be written out again; reading
//! those files gives the same course every time, and the result is kept in memory for as long as the process runs.

pub(crate) mod api;
pub(crate) mod entity;
mod library;
mod published;

pub use library::{LoadError, Problem, embedded_slugs, load_library, read_slug};
pub use published::Published;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use courses::id::{CourseCode, VersionId};
use courses::source::{Sources, read};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::Platform;
use crate::access::Administrator;
use entity::{course, file, version};

/// Course versions in memory, and what is wrong with the library.
#[derive(Default)]
pub struct Catalogue {
    versions: RwLock<HashMap<VersionId, Arc<Published>>>,
    problems: RwLock<Vec<Problem>>,
}

/// A file of a course, as a browser gets it.
#[derive(Debug)]
pub struct CourseFile {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

/// Every course on offer, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn offered(platform: &Platform) -> Result<Vec<Arc<Published>>, DbErr> {
    let database = platform.storage.reader();
    let courses = course::Entity::find().filter(course::Column::CurrentVersionId.is_not_null()).all(database).await?;
    let mut offered = Vec::with_capacity(courses.len());
    for id in courses.iter().filter_map(|course| course.current_version_id) {
        match published(platform, database, id).await {
            Ok(published) => offered.push(published),
            // One version that cannot be read any more leaves the others on offer.
            Err(error) => tracing::error!(%error, version = %id, "a course version is left out"),
        }
    }
    offered.sort_by(|a, b| a.course.code.cmp(&b.course.code));
    Ok(offered)
}

/// The version of `code` on offer now.
///
/// # Errors
/// When the database does not answer.
pub async fn offered_course(platform: &Platform, code: &CourseCode) -> Result<Option<Arc<Published>>, DbErr> {
    let database = platform.storage.reader();
    let course = course::Entity::find().filter(course::Column::Code.eq(code.as_str())).one(database).await?;
    match course.and_then(|course| course.current_version_id) {
        Some(id) => Ok(Some(published(platform, database, id).await?)),
        None => Ok(None),
    }
}

/// A version by its id, read from the database once per process.
pub(crate) async fn published(platform: &Platform, database: &impl ConnectionTrait, id: VersionId) -> Result<Arc<Published>, DbErr> {
    if let Some(known) = platform.catalogue.versions.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(Arc::clone(known));
    }
    let version = version::Entity::find_by_id(id).one(database).await?;
    let version = version.ok_or_else(|| DbErr::RecordNotFound(format!("course version {id}")))?;
    let files = file::Entity::find().filter(file::Column::VersionId.eq(id)).all(database).await?;
    let mut sources = Sources::default();
    for file in files {
        sources.insert(file.path, file.bytes);
    }
    let course = read(&sources).course.ok_or_else(|| DbErr::Custom(format!("course version {id} cannot be read any more")))?;
    Ok(remember(platform, Published::new(&version, course, &sources)))
}

/// Keeps a version in memory.
fn remember(platform: &Platform, published: Published) -> Arc<Published> {
    let published = Arc::new(published);
    platform.catalogue.versions.write().unwrap_or_else(PoisonError::into_inner).insert(published.version, Arc::clone(&published));
    published
}

/// The file of some course version whose content has `digest` (its first 32 hexadecimal digits), if a browser may have it.
///
/// # Errors
/// When the database does not answer.
pub async fn course_file(platform: &Platform, digest: &str) -> Result<Option<CourseFile>, DbErr> {
    if !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let found = file::Entity::find().filter(file::Column::Digest.eq(digest)).one(platform.storage.reader()).await?;
    Ok(found.and_then(|file| media_type(&file.path).map(|media_type| CourseFile { bytes: file.bytes, media_type })))
}

/// What is wrong with the library as this server loaded it.
#[must_use]
pub fn problems(platform: &Platform, _: Administrator) -> Vec<Problem> {
    platform.catalogue.problems.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Only figures are ever handed out: a quiz's file holds its key.
fn media_type(path: &str) -> Option<&'static str> {
    let (folder, _) = path.split_once('/')?;
    let (_, extension) = path.rsplit_once('.')?;
    match (folder, extension) {
        ("images", "svg") => Some("image/svg+xml"),
        ("images", "png") => Some("image/png"),
        ("images", "webp") => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_figures_are_handed_out() {
        assert_eq!(media_type("images/es/path.svg"), Some("image/svg+xml"));
        assert_eq!(media_type("quizzes/module-1.toml"), None);
        assert_eq!(media_type("es/quizzes/module-1.md"), None);
        assert_eq!(media_type("images/notes.txt"), None);
    }
}
