//! The inventory itself.

use super::{Column, Fate, Kept, Kind, Role, SeenBy, Table, Whose};

/// Tables that hold nothing of anybody, and what they hold.
pub const NOT_PERSONAL: [(&str, &str); 6] = [
    ("access_keys", "keys that the campus signs with"),
    ("access_spent", "numbers of tokens that work once and were used"),
    ("catalogue_courses", "courses"),
    ("catalogue_versions", "versions of courses"),
    ("catalogue_files", "source files of courses"),
    ("seaql_migrations", "changes of the schema"),
];

/// Tables that hold something of people, in the order a person reads of them.
pub const TABLES: &[Table] = &[
    Table {
        name: "accounts_people",
        whose: Whose::Own("id"),
        kept: Kept::Account,
        seen_by: SeenBy::Administrators,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            text("name"),
            text("email"),
            text("user_name"),
            secret("password_hash"),
            text("language"),
            text("country"),
            text("institution"),
            text("occupation"),
            time("created_at"),
            time("email_verified_at"),
            time("disabled_at"),
        ],
    },
    Table {
        name: "accounts_grants",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Administrators,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("person_id"), text("role"), text("country"), time("granted_at")],
    },
    Table {
        name: "accounts_authenticators",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("person_id"), secret("secret"), time("made_at"), time("confirmed_at"), inner("last_step")],
    },
    Table {
        name: "accounts_recovery_codes",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("person_id"), secret("code_digest"), time("made_at"), time("used_at")],
    },
    Table {
        name: "api_tokens",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            inner("person_id"),
            text("name"),
            text("scopes"),
            secret("secret_digest"),
            flag("has_second_factor"),
            time("created_at"),
            time("expires_at"),
            time("last_used_at"),
            time("revoked_at"),
        ],
    },
    Table {
        name: "api_families",
        whose: Whose::Through("token_id", "api_tokens"),
        kept: Kept::Days(|_| 30),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("token_id"), time("started_at"), time("expires_at"), time("ended_at")],
    },
    Table {
        name: "api_refreshes",
        whose: Whose::Through("family_id", "api_families"),
        kept: Kept::Days(|_| 30),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            inner("family_id"),
            inner("parent_id"),
            secret("secret_digest"),
            time("created_at"),
            time("expires_at"),
            time("used_at"),
            inner("dropped_at"),
        ],
    },
    Table {
        name: "api_writes",
        whose: Whose::Own("person_id"),
        kept: Kept::Days(|_| 1),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("person_id"), inner("key_digest"), inner("request_digest"), secret("response"), time("created_at")],
    },
    Table {
        name: "accounts_passkeys",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            inner("person_id"),
            text("name"),
            secret("credential_digest"),
            secret("credential"),
            time("made_at"),
            time("last_used_at"),
        ],
    },
    Table {
        name: "accounts_identities",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("person_id"), text("provider"), text("issuer"), text("subject"), time("linked_at"), time("used_at")],
    },
    Table {
        name: "accounts_origins",
        whose: Whose::Through("session_id", "accounts_sessions"),
        kept: Kept::Days(|config| config.retention_sessions_days),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), inner("session_id"), inner("identity_id"), text("provider_session")],
    },
    Table {
        name: "accounts_sessions",
        whose: Whose::Own("person_id"),
        kept: Kept::Days(|config| config.retention_sessions_days),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            inner("person_id"),
            text("device"),
            time("started_at"),
            time("last_seen_at"),
            time("confirmed_at"),
            time("expires_at"),
            time("ended_at"),
            flag("is_own_device"),
            flag("has_second_factor"),
        ],
    },
    Table {
        name: "accounts_links",
        whose: Whose::Own("person_id"),
        kept: Kept::Days(|config| config.retention_links_days),
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[
            inner("id"),
            inner("person_id"),
            secret("secret_digest"),
            text("purpose"),
            text("email"),
            time("created_at"),
            time("expires_at"),
            time("used_at"),
        ],
    },
    Table {
        name: "enrolments",
        whose: Whose::Own("person_id"),
        kept: Kept::Account,
        seen_by: SeenBy::Coordinators,
        fate: Fate::Pseudonym,
        columns: &[id("id"), inner("person_id"), id("course_id"), id("version_id"), time("enrolled_at")],
    },
    Table {
        name: "learning_visits",
        whose: Whose::Through("enrolment_id", "enrolments"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), id("enrolment_id"), text("lesson_key"), time("visited_at")],
    },
    Table {
        name: "quizzes_attempts",
        whose: Whose::Through("enrolment_id", "enrolments"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Pseudonym,
        columns: &[
            id("id"),
            id("enrolment_id"),
            inner("version_id"),
            text("quiz_key"),
            number("number"),
            inner("seed"),
            inner("layout"),
            number("pass_permille"),
            time("started_at"),
            time("due_at"),
            time("closes_at"),
            time("submitted_at"),
            number("score_permille"),
            flag("has_passed"),
        ],
    },
    Table {
        name: "quizzes_answers",
        whose: Whose::Through("attempt_id", "quizzes_attempts"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Pseudonym,
        columns: &[
            inner("id"),
            id("attempt_id"),
            text("question_key"),
            text("response"),
            id("device_id"),
            long("sequence"),
            time("chosen_at"),
            time("received_at"),
            flag("is_late"),
            flag("is_final"),
            text("refusal"),
        ],
    },
    Table {
        name: "learning_surveys",
        whose: Whose::Through("enrolment_id", "enrolments"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Pseudonym,
        columns: &[inner("id"), id("enrolment_id"), text("answers"), time("answered_at")],
    },
    Table {
        name: "certificates_completions",
        whose: Whose::Own("person_id"),
        kept: Kept::Always,
        seen_by: SeenBy::Coordinators,
        fate: Fate::Nameless,
        columns: &[
            inner("id"),
            inner("person_id"),
            id("enrolment_id"),
            inner("course_id"),
            inner("version_id"),
            text("course_code"),
            text("course_title"),
            number("version_number"),
            text("name"),
            text("country"),
            text("institution"),
            inner("institution_folded"),
            text("occupation"),
            text("language"),
            number("minutes"),
            number("score_permille"),
            time("completed_at"),
        ],
    },
    Table {
        name: "certificates",
        whose: Whose::Through("completion_id", "certificates_completions"),
        kept: Kept::Always,
        seen_by: SeenBy::CodeHolders,
        fate: Fate::Stays,
        columns: &[
            inner("id"),
            inner("completion_id"),
            text("code"),
            text("facts"),
            text("seal"),
            time("issued_at"),
            time("expires_at"),
            time("revoked_at"),
            inner("replaced_by"),
        ],
    },
    Table {
        name: "reports_exports",
        whose: Whose::Own("person_id"),
        kept: Kept::Days(|config| config.retention_accesses_days),
        seen_by: SeenBy::Administrators,
        fate: Fate::Authorless,
        columns: &[inner("id"), inner("person_id"), text("report"), text("filter"), long("rows"), time("exported_at")],
    },
    Table {
        name: "privacy_accesses",
        whose: Whose::Own("person_id"),
        kept: Kept::Days(|config| config.retention_accesses_days),
        seen_by: SeenBy::Affected,
        fate: Fate::Authorless,
        columns: &[
            inner("id"),
            inner("person_id"),
            text("role"),
            text("institution"),
            text("list"),
            text("manner"),
            text("picked"),
            // Of other people.
            inner("people"),
            long("rows"),
            time("accessed_at"),
        ],
    },
    Table {
        name: "privacy_absences",
        whose: Whose::Own("id"),
        kept: Kept::Account,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), time("last_seen_at"), time("warned_at")],
    },
    Table {
        name: "access_limits",
        whose: Whose::Unknown,
        kept: Kept::Hours,
        seen_by: SeenBy::Nobody,
        fate: Fate::Deleted,
        columns: &[inner("id"), text("kind"), secret("subject_digest"), long("spent_until_micros")],
    },
    Table {
        name: "privacy_erasures",
        whose: Whose::Unknown,
        kept: Kept::Always,
        seen_by: SeenBy::Nobody,
        fate: Fate::Stays,
        columns: &[id("id"), flag("keeps_certificates"), time("erased_at")],
    },
];

const fn theirs(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, role: Role::Theirs }
}

const fn text(name: &'static str) -> Column {
    theirs(name, Kind::Text)
}

const fn id(name: &'static str) -> Column {
    theirs(name, Kind::Id)
}

const fn time(name: &'static str) -> Column {
    theirs(name, Kind::Time)
}

const fn flag(name: &'static str) -> Column {
    theirs(name, Kind::Flag)
}

const fn number(name: &'static str) -> Column {
    theirs(name, Kind::Number)
}

const fn long(name: &'static str) -> Column {
    theirs(name, Kind::Long)
}

const fn secret(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, role: Role::Secret }
}

const fn inner(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, role: Role::Inner }
}
