//! What people with bad intentions type and send.
//!
//! Fields, forms and parameters are found on the pages themselves: every page that has a row in the access matrix is opened by everyone who
//! may, and each field of each form on it is sent the whole [`corpus`], one at a time.

mod corpus;
mod files;
mod forms;
mod inspect;
mod requests;
mod walk;

/// Sends the corpus everywhere `actor` can type on the pages of each file of rows, on both databases.
macro_rules! hostile {
    ($($name:ident($actor:literal: $($file:ident)+))+) => {$(
        mod $name {
            $(mod $file {
                use tests::Database;

                use crate::hostile::walk::walk;

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    walk(Database::sqlite(), $actor, stringify!($file)).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgresql() {
                    let Some(database) = Database::postgresql().await else { return };
                    walk(database, $actor, stringify!($file)).await;
                }
            })+
        }
    )+};
}

hostile! {
    nothing_a_visitor_types_is_taken_for_code("visitor": public accounts)
    nothing_a_learner_types_is_taken_for_code("ana": public accounts security learning quizzes certificates)
    nothing_an_administrator_types_is_taken_for_code("admin": offices)
}
