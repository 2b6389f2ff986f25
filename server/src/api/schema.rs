//! Closed lists of codes as the document describes them. They stand for types of `courses`, which knows nothing of documents.

use courses::certificate::Standing;
use courses::course::Topic;
use courses::language::Language;
use courses::people::{Country, Occupation};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! code_lists {
    ($($(#[$doc:meta])* $name:ident = $words:literal, $codes:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let codes: Vec<String> = $codes;
                let example = codes.first().cloned().unwrap_or_default();
                let object = ObjectBuilder::new().schema_type(Type::String).description(Some($words)).examples([example]);
                object.enum_values(Some(codes)).build().into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

code_lists! {
    /// [`Language`].
    LanguageCode = "Language, by its ISO 639-1 code.", Language::ALL.iter().map(ToString::to_string).collect();
    /// [`Country`].
    CountryCode = "Country, by its two-letter code of ISO 3166-1.", Country::all().map(|country| country.code().to_owned()).collect();
    /// [`Occupation`].
    OccupationCode = "Group of occupations.", Occupation::ALL.iter().map(ToString::to_string).collect();
    /// [`Topic`].
    TopicCode = "What a course is about.", Topic::ALL.iter().map(|topic| topic.code().to_owned()).collect();
    /// [`crate::access::Role`].
    RoleCode = "What a person may do beyond learning.", ["trainer", "coordinator", "administrator"].map(str::to_owned).to_vec();
    /// [`Standing`].
    StandingCode = "What a certificate is worth today: it says what is so, its last day is past, a newer one stands in its place, it was taken back.",
        [Standing::Valid, Standing::Expired, Standing::Replaced, Standing::Revoked].iter().map(written).collect();
    /// [`courses::quiz::Purpose`].
    PurposeCode = "What a quiz is for.", ["pre-test", "module", "post-test", "practice"].map(str::to_owned).to_vec();
    /// [`courses::quiz::Kind`].
    KindCode = "How a question is answered.",
        ["single", "multiple", "true-false", "matching", "ordering", "short-text", "number", "gaps", "reflection"].map(str::to_owned).to_vec();
}

fn written(standing: &Standing) -> String {
    serde_json::to_value(standing).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
