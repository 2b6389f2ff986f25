//! People for other programs: oneself, and everybody for administrators.

mod me;
mod people;
mod person;
mod roles;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Platform;

pub(crate) fn endpoints() -> OpenApiRouter<Arc<Platform>> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(people::people, people::make_person))
        .routes(routes!(people::one_person, people::change_person))
        .routes(routes!(people::invitation))
        .routes(routes!(roles::give, roles::take))
        .routes(routes!(roles::close, roles::open))
}
