//! Ids: one newtype a thing, so that a lesson's id cannot be passed for a quiz's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes a newtype over [`Uuid`] that is a primary key on both databases.
macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "orm", derive(sea_orm::DeriveValueType))]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        #[cfg(feature = "orm")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

row_id! {
    /// A person with an account.
    PersonId,
    /// A browser session.
    SessionId,
    /// A one-time link sent to a person.
    LinkId,
    /// A role given to a person.
    GrantId,
    /// An account elsewhere that a person signs in with.
    IdentityId,
    /// What a sign-in provider said of a browser session.
    OriginId,
    /// A course, whatever its version.
    CourseId,
    /// An immutable version of a course.
    VersionId,
    /// A file of a course version.
    FileId,
    /// A person's enrolment in a course.
    EnrolmentId,
    /// A lesson once read by a learner.
    VisitId,
    /// One try at a quiz.
    AttemptId,
    /// One stored answer to one question of an attempt; made by the client.
    AnswerId,
    /// A browser that stores answers; made by itself.
    DeviceId,
    /// One answered survey.
    SurveyId,
    /// A line of the completion ledger.
    CompletionId,
    /// A certificate.
    CertificateId,
    /// A signing key.
    KeyId,
    /// What somebody has tried of something limited.
    LimitId,
    /// A token that works once.
    TokenId,
    /// An app that shows a person codes.
    AuthenticatorId,
    /// A code for whoever has lost their second factor.
    RecoveryCodeId,
    /// A passkey of a person.
    PasskeyId,
    /// A logged export of a report.
    ExportId,
    /// A logged look at people's records.
    AccessId,
    /// A service token of a person.
    ServiceTokenId,
    /// What grew out of one use of a service token.
    FamilyId,
    /// A refresh token.
    RefreshId,
    /// A write of another program, remembered so that it is not done twice.
    WriteId,
}

/// Makes a newtype over the ids that authors write in course sources.
macro_rules! source_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, MalformedId> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;
            fn try_from(text: String) -> Result<Self, MalformedId> {
                if is_source_id(&text) { Ok(Self(text)) } else { Err(MalformedId(text)) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

source_id! {
    /// A course's neutral code, `ec-102`: what stands in addresses and e-mails.
    CourseCode,
    /// A module within a course.
    ModuleKey,
    /// A lesson within a course.
    LessonKey,
    /// A quiz within a course.
    QuizKey,
    /// A question within a quiz or a survey.
    QuestionKey,
    /// An option or a part within a question.
    OptionKey,
    /// A pool within a quiz that questions are drawn from.
    PoolKey,
    /// A learning objective within a course.
    ObjectiveKey,
    /// A term of a course's glossary.
    TermKey,
    /// A sign-in provider, as in the configuration and in addresses.
    ProviderKey,
}

/// An id that is not lower-case words, digits and single hyphens, 1 to 60 characters long.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id: use lower-case letters a–z, digits and single hyphens, at most 60 characters")]
pub struct MalformedId(pub String);

fn is_source_id(text: &str) -> bool {
    text.len() <= 60 && text.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_words_joined_by_hyphens() {
        for good in ["ec-102", "a", "act-means-purpose"] {
            assert!(good.parse::<LessonKey>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Ec-102", "á", "a b", "../etc", &"a".repeat(61)] {
            assert!(bad.parse::<LessonKey>().is_err(), "{bad}");
        }
    }
}
