//! A course's images: their addresses and sizes.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::files::Sources;
use super::finding::{Report, Severity};
use crate::markdown::FileLink;

/// Where a file of a course is served: an address that changes whenever its content does.
#[must_use]
pub fn file_url(path: &str, content: &[u8]) -> String {
    format!("/files/{}/{}", file_digest(content), path.rsplit('/').next().unwrap_or(path))
}

/// What stands for a file's content in its address: 32 hexadecimal digits.
#[must_use]
pub fn file_digest(content: &[u8]) -> String {
    let mut digest = hex::encode(Sha256::digest(content));
    digest.truncate(32);
    digest
}

/// The images of a course, by path.
pub(super) fn read(sources: &Sources, report: &mut Report) -> BTreeMap<String, FileLink> {
    let images = sources.iter().filter(|(path, _)| path.starts_with("images/"));
    let mut links = BTreeMap::new();
    for (path, content) in images {
        let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
        let size = match path.rsplit('.').next() {
            _ if !is_plain => Err("the name of a file has only letters a–z, digits, hyphens, underscores and full stops: rename it"),
            Some("svg") => svg_size(content),
            Some("png") => png_size(content).map(Some).ok_or("this is not a PNG image: save it again, or mend its name"),
            Some("webp") if content.get(8..12) == Some(b"WEBP") => Ok(webp_size(content)),
            Some("webp") => Err("this is not a WebP image: save it again, or mend its name"),
            _ => Err("images are SVG, PNG or WebP: save it as one of these"),
        };
        match size {
            Ok(size) => {
                links.insert(path.to_owned(), FileLink { url: file_url(path, content), size });
            }
            Err(message) => report.about_file(Severity::Error, path, message),
        }
    }
    links
}

fn png_size(content: &[u8]) -> Option<(u32, u32)> {
    let big_endian = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    content.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((big_endian(16)?, big_endian(20)?))
}

/// Size of an extended, lossless or lossy WebP image (RFC 9649, section 2).
fn webp_size(content: &[u8]) -> Option<(u32, u32)> {
    let little_endian = |at: usize, bytes: usize| {
        let digits = content.get(at..at + bytes)?;
        Some(digits.iter().rev().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)))
    };
    match content.get(12..16)? {
        b"VP8X" => Some((little_endian(24, 3)? + 1, little_endian(27, 3)? + 1)),
        b"VP8L" => {
            let bits = little_endian(21, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((little_endian(26, 2)? & 0x3fff, little_endian(28, 2)? & 0x3fff)),
        _ => None,
    }
}

/// Size of an SVG image by its `viewBox`, or else its `width` and `height`. Refused is one that could run or fetch anything.
fn svg_size(content: &[u8]) -> Result<Option<(u32, u32)>, &'static str> {
    let text = std::str::from_utf8(content).map_err(|_| "this is not UTF-8 text: save it again as UTF-8")?;
    let lower = text.to_ascii_lowercase();
    let start = lower.find("<svg").ok_or("this is not an SVG image: save it again, or mend its name")?;
    let refused = [
        "<script",
        "<foreignobject",
        "javascript:",
        "<!entity",
        "<iframe",
        "href=\"http",
        "href='http",
        "href=\"//",
        "url(http",
        "@import",
    ];
    if refused.into_iter().any(|word| lower.contains(word)) || has_handler(&lower) {
        return Err("an SVG image is only drawn: take out scripts, event handlers, foreign objects and links to other places");
    }
    let end = text.get(start..).and_then(|rest| rest.find('>')).map_or(text.len(), |at| start + at);
    let tag = text.get(start..end).unwrap_or_default();
    let whole =
        |number: &str| number.trim_end_matches("px").split('.').next().and_then(|digits| digits.parse::<u32>().ok()).filter(|n| *n > 0);
    let view = attribute(tag, "viewBox").and_then(|list| {
        let mut numbers = list.split([' ', ',']).filter(|number| !number.is_empty()).skip(2).map(whole);
        Some((numbers.next()??, numbers.next()??))
    });
    Ok(view.or_else(|| Some((attribute(tag, "width").and_then(whole)?, attribute(tag, "height").and_then(whole)?))))
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let value = tag.split_once(&format!(" {name}=")).or_else(|| tag.split_once(&format!("\n{name}=")))?.1;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

fn has_handler(lower: &str) -> bool {
    lower.split([' ', '\n', '\t', '\r', '"', '\'', '/']).any(|word| {
        word.strip_prefix("on")
            .and_then(|rest| rest.split_once('='))
            .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn an_image_that_could_run_or_fetch_anything_is_refused() {
        let drawn = |inside: &str| svg_size(format!("<svg viewBox=\"0 0 4 3\">{inside}</svg>").as_bytes());
        assert_eq!(drawn("<use href=\"#a\"/>"), Ok(Some((4, 3))));
        for inside in [
            "<script>x()</script>",
            "<foreignObject/>",
            "<a href='JavaScript:x'/>",
            "<iframe/>",
            "<image href=\"https://x\"/>",
            "<image href='http://x'/>",
            "<use href=\"//x\"/>",
            "<rect fill=\"url(http://x)\"/>",
            "<style>@import 'x'</style>",
            "<g onclick='x'/>",
        ] {
            assert!(drawn(inside).is_err(), "{inside}");
        }
        assert!(svg_size(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>").is_err());
    }
}
