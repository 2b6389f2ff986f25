//! The document: what each endpoint says of itself, and what holds for all of them, as OpenAPI 3.1.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header::CACHE_CONTROL;
use axum::routing::get;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder};

use super::{BASE, Code, FieldFault, ProblemBody, Scope, endpoints};
use crate::Platform;

/// What stands at the beginning of the document.
const ABOUT: &str = "What a campus knows, for other programs: courses on offer, a person's own learning, completions and enrolments for coordination, people and \
enrolments for administration.\n\nIds are UUIDs as strings, times are RFC 3339 in UTC, scores are whole permille, languages and countries are ISO codes. Fields may be \
added to answers; none is renamed or taken away under `/api/v1`. A body with a field that is not described is refused, and so is a list with such a parameter.\n\nEvery refusal is a problem \
(RFC 9457, `application/problem+json`) with a `code` that never changes. Every reading has a strong `ETag`.";

/// Where a GET keeps an answer that is the same for everybody.
pub(crate) const PUBLIC: &str = "public, max-age=60";

static WHOLE: LazyLock<Value> = LazyLock::new(|| finished(endpoints().into_openapi()));

/// The whole document.
pub(super) fn whole() -> Value {
    WHOLE.clone()
}

/// Where the document is served.
pub(super) fn routes() -> Router<Arc<Platform>> {
    Router::new().route("/openapi.json", get(|| async { ([(CACHE_CONTROL, PUBLIC)], axum::Json(&*WHOLE)) }))
}

/// The document before the endpoints.
pub(super) fn beginning() -> OpenApi {
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.bearer_format = Some("JWT".to_owned());
    bearer.description = Some(format!("An access token from `POST /token`. Scopes: {}.", scopes()));
    let tags = [
        ("Tokens", "From a service token to access, and back."),
        ("Courses", "What is on offer. For everybody."),
        ("Certificates", "Whether a certificate stands. For everybody who holds its code."),
        ("Own learning", "The person behind the token."),
        (
            "Coordination",
            "Completions and enrolments of the countries one coordinates. As CSV a list comes whole and is logged as an export; so is each page of JSON.",
        ),
        ("Administration", "People and their enrolments. Nothing is ever deleted here: an enrolment is a person's record."),
    ];
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("E-Campus API").version("1").description(Some(ABOUT)).build())
        .servers(Some([ServerBuilder::new().url(BASE).build()]))
        .tags(Some(tags.map(|(name, words)| TagBuilder::new().name(name).description(Some(words)).build())))
        .components(Some(
            ComponentsBuilder::new()
                .schema("Problem", ProblemBody::schema())
                .schema("FieldFault", FieldFault::schema())
                .security_scheme("token", SecurityScheme::Http(bearer))
                .build(),
        ))
        .build()
}

fn scopes() -> String {
    Scope::ALL.map(|scope| format!("`{}`", scope.name())).join(", ")
}

/// The document with what holds for all endpoints: how they refuse, and the headers they read and send.
fn finished(document: OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("responses".to_owned(), refusals());
        components.insert("headers".to_owned(), headers());
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.iter_mut());
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flat_map(Map::iter_mut) {
            if let Some(operation) = operation.as_object_mut() {
                complete(path, method, operation);
            }
        }
    }
    document
}

fn complete(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let statuses = refused_with(path, method, operation);
    let is_secured = operation.contains_key("security");
    let mut parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let header = |name: &str, words: &str, is_required: bool, schema: Value| json!({ "name": name, "in": "header", "description": words, "required": is_required, "schema": schema });
    match method {
        "get" => parameters.push(header("If-None-Match", "The ETag of what is known already: answered with 304 if it still holds.", false, json!({ "type": "string" }))),
        "patch" => parameters.push(header("If-Match", "The ETag of what is changed, as last read.", true, json!({ "type": "string" }))),
        "post" if is_secured => parameters.push(header(
            "Idempotency-Key",
            "New for each thing meant, the same when it is tried again: within 24 hours it is done once.",
            true,
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$", "examples": ["6f1c1c3e-3a0b-4a7e-9a51-0f6f2f7f1a11"] }),
        )),
        _ => {}
    }
    if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(parameters));
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        let headers = response.entry("headers").or_insert_with(|| json!({}));
        if let Some(headers) = headers.as_object_mut() {
            let tagged = (method == "get" || method == "patch").then_some("ETag");
            let sent = ["RateLimit", "RateLimit-Policy", "X-Request-Id"].into_iter().chain(tagged);
            headers.extend(sent.map(|name| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }))));
        }
    }
    if method == "get" {
        responses.insert("304".to_owned(), json!({ "description": "It is as it was: If-None-Match names its ETag" }));
    }
    responses
        .extend(statuses.into_iter().map(|status| (status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }))));
}

/// Statuses an endpoint may refuse with, by what it reads.
fn refused_with(path: &str, method: &str, operation: &Map<String, Value>) -> Vec<u16> {
    let has_query = operation
        .get("parameters")
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().any(|one| one.get("in") == Some(&json!("query"))));
    let has_body = operation.contains_key("requestBody");
    let is_secured = operation.contains_key("security");
    let mut statuses = vec![406, 429, 500];
    let mut add = |is_so: bool, more: &[u16]| {
        if is_so {
            statuses.extend(more);
        }
    };
    add(is_secured, &[401, 403]);
    add(path.contains('{'), &[404]);
    add(has_query, &[422]);
    add(has_body, &[400, 413, 415, 422]);
    add(is_secured && method == "post", &[400, 422]);
    add(method == "patch", &[412, 428]);
    add(path.contains("/roles/") || path.contains("/suspension"), &[409]);
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// One response for each status, with the codes it may have.
fn refusals() -> Value {
    let mut refusals = Map::new();
    for code in Code::ALL {
        let response = refusals.entry(code.status().as_str()).or_insert_with(|| {
            json!({ "description": "", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "examples": {} } } })
        });
        let said = response.get("description").and_then(Value::as_str).unwrap_or_default();
        let said = format!("{said}{}`{}`: {}.", if said.is_empty() { "" } else { " " }, code.name(), code.title());
        if let Some(response) = response.as_object_mut() {
            response.insert("description".to_owned(), Value::String(said));
        }
        if let Some(examples) = response.pointer_mut("/content/application~1problem+json/examples").and_then(Value::as_object_mut) {
            let value = json!({
                "type": code.address(), "title": code.title(), "status": code.status().as_u16(), "code": code.name(),
                "request_id": "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
            });
            examples.insert(code.name().to_owned(), json!({ "value": value }));
        }
    }
    Value::Object(refusals)
}

fn headers() -> Value {
    let header = |words: &str, example: &str| json!({ "description": words, "schema": { "type": "string", "examples": [example] } });
    json!({
        "ETag": header("What a reading is answered with, in one word: the same as long as the content is.", "\"0b1f3c…\""),
        "RateLimit": header("How many requests are left (r) and in how many seconds all are there again (t).", "\"api-token\";r=597;t=1"),
        "RateLimit-Policy": header("How many requests (q) pass in so many seconds (w).", "\"api-token\";q=600;w=60"),
        "X-Request-Id": header("Id of the request, to be told when asking for help.", "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"),
    })
}
