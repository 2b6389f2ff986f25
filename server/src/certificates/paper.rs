//! A certificate on paper: one page of A4, landscape, as a tagged PDF that screen readers can read (PDF/UA-1) and archives
//! can keep (PDF/A-2a). The page itself is `paper.typ`; this file hands it values and checks what came out.

use chrono::{Datelike, NaiveDate};
use courses::certificate::Facts;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use typst::foundations::{Array, Bytes, Dict, IntoValue, Smart, Value, array, dict};
use typst::layout::{Frame, FrameItem};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::wording::{Wording, day_in_words, grouped, length_in_words, printable};

const PAGE: &str = include_str!("paper.typ");
const REGULAR: &[u8] = include_bytes!("../../../style/fonts/print/AtkinsonHyperlegibleNext-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../style/fonts/print/AtkinsonHyperlegibleNext-Bold.ttf");

/// Why a certificate could not be set on paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The typeface lacks these letters; a browser may have them, so offer the web page for printing.
    #[error("the typeface has no glyph for `{0}`")]
    Letters(String),
    /// The address does not fit in a QR code.
    #[error("the address is too long for a QR code")]
    Address,
    /// The last day of validity is not `YYYY-MM-DD`.
    #[error("`{0}` is not a day")]
    Day(String),
    /// The typesetter refused the page.
    #[error("typesetting: {0}")]
    Typesetting(String),
}

/// The press: typesetter and typefaces, made once at start and shared by all requests.
pub struct Press {
    engine: TypstEngine<TypstTemplateMainFile>,
    options: PdfOptions,
}

impl Press {
    /// Makes the press ready.
    ///
    /// # Errors
    /// [`PaperError::Typesetting`] when the PDF standards contradict each other, which is a mistake in this file.
    pub fn new() -> Result<Self, PaperError> {
        let engine = TypstEngine::builder().main_file(PAGE).fonts([REGULAR, BOLD]).build();
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| PaperError::Typesetting(error.message().to_string()))?;
        let creator = Smart::Custom(Some("E-Campus".to_owned()));
        Ok(Self { engine, options: PdfOptions { standards, creator, ..PdfOptions::default() } })
    }

    /// The PDF of a certificate. The same arguments give the same bytes.
    ///
    /// `completed_on` is the day of `facts.completed_at` where the campus is; `verify_url` is the page on which this certificate
    /// can be checked. Takes milliseconds of processor time: call it where blocking is allowed.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn set(&self, facts: &Facts, verify_url: &str, issuer: &str, completed_on: NaiveDate) -> Result<Vec<u8>, PaperError> {
        let values = values(facts, verify_url, issuer, completed_on)?;
        let document = self.engine.compile_with_input(values).output.map_err(|error| PaperError::Typesetting(error.to_string()));
        let pdf = document.and_then(|document| {
            typst_pdf::pdf(&document, &self.options).map_err(|problems| {
                let mut letters = String::new();
                document.pages().iter().for_each(|page| collect_missing(&page.frame, &mut letters));
                let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
                if letters.is_empty() { PaperError::Typesetting(messages.join("; ")) } else { PaperError::Letters(letters) }
            })
        });
        // The engine forgets what it remembered of the layout; this forgets what the PDF writer remembered.
        typst::comemo::evict(0);
        pdf
    }
}

fn values(facts: &Facts, verify_url: &str, issuer: &str, completed_on: NaiveDate) -> Result<Dict, PaperError> {
    let words = Wording::of(facts.language);
    let (issuer, code) = (printable(issuer), grouped(&printable(&facts.code)));
    Ok(dict! {
        "language" => facts.language.code(),
        "document-title" => format!("{} · {issuer} · {code}", words.heading),
        "year" => i64::from(completed_on.year()),
        "month" => i64::from(completed_on.month()),
        "day" => i64::from(completed_on.day()),
        "heading" => words.heading,
        "records" => words.records,
        "holder" => printable(&facts.holder),
        "completed" => words.completed,
        "title" => printable(&facts.title),
        "details" => details(facts, completed_on)?,
        "code-label" => words.code,
        "code" => code,
        "check" => words.check,
        "url" => verify_url,
        "short-url" => short(verify_url),
        "note" => words.note,
        "qr" => qr(verify_url)?,
        "qr-alt" => format!("{} {}", words.qr, short(verify_url)),
        "issuer" => issuer,
    })
}

/// Pairs of label and value, in reading order.
fn details(facts: &Facts, completed_on: NaiveDate) -> Result<Array, PaperError> {
    let words = Wording::of(facts.language);
    let mut details = array![
        array![words.duration, length_in_words(facts.minutes)],
        array![words.completed_on, day_in_words(completed_on, facts.language)],
    ];
    if let Some(text) = &facts.valid_until {
        let day: NaiveDate = text.parse().map_err(|_| PaperError::Day(text.clone()))?;
        details.push(array![words.valid_until, day_in_words(day, facts.language)].into_value());
    }
    details.push(array![words.version, facts.version.to_string()].into_value());
    Ok(details)
}

/// An address as people read it.
fn short(url: &str) -> &str {
    let without_scheme = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    without_scheme.trim_end_matches('/')
}

fn qr(url: &str) -> Result<Value, PaperError> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(|_| PaperError::Address)?;
    let picture = code
        .render()
        .quiet_zone(false)
        .module_dimensions(1, 1)
        .dark_color(svg::Color("#1b2629"))
        .light_color(svg::Color("#ffffff"))
        .build();
    Ok(Bytes::from_string(picture).into_value())
}

/// Adds the letters for which a frame shows an empty box, each once.
fn collect_missing(frame: &Frame, letters: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_missing(&group.frame, letters),
            FrameItem::Text(text) => {
                let missing = text.glyphs.iter().filter(|glyph| glyph.id == 0);
                for letter in missing.filter_map(|glyph| text.text.get(glyph.range())) {
                    if !letters.contains(letter) {
                        letters.push_str(letter);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use courses::language::Language;
    use typst::layout::Point;

    fn facts(holder: &str) -> Facts {
        Facts {
            code: "K7QM2XVD94TP".to_owned(),
            holder: holder.to_owned(),
            course: "c3".parse().unwrap(),
            title: "Protección consular".to_owned(),
            version: 2,
            minutes: 210,
            language: Language::Es,
            completed_at: "2026-03-01T02:00:00Z".to_owned(),
            valid_until: None,
        }
    }

    fn texts(frame: &Frame, origin: Point, found: &mut Vec<(Point, Point, String)>) {
        for (place, item) in frame.items() {
            let start = origin + *place;
            match item {
                FrameItem::Group(group) => texts(&group.frame, start, found),
                FrameItem::Text(text) => found.push((start, start + Point::with_x(text.width()), text.text.to_string())),
                _ => {}
            }
        }
    }

    /// Every run of text on the only page, in millimetres from the left and the top, start and end.
    fn set(facts: &Facts) -> Vec<(Point, Point, String)> {
        let press = Press::new().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        let values = values(facts, "https://campus.example/check/K7QM2XVD94TP", "E-Campus", day).unwrap();
        let document = press.engine.compile_with_input(values).output.unwrap();
        typst_pdf::pdf(&document, &press.options).unwrap();
        assert_eq!(document.pages().len(), 1);
        let mut found = Vec::new();
        texts(&document.pages()[0].frame, Point::zero(), &mut found);
        found
    }

    #[test]
    fn markup_in_a_name_is_printed_letter_by_letter() {
        for name in ["#panic(\"x\")", "*a* _b_ $x$", "= Title", "@ref <label>", "\\u{41}", "// gone", "--- ~ `raw`"] {
            assert!(set(&facts(name)).iter().any(|(_, _, text)| text == name), "{name}");
        }
    }

    #[test]
    fn names_of_120_letters_stay_in_the_column() {
        let words = "Maximiliana Wilhelmina Guadalupe ".repeat(4);
        for name in ["W".repeat(120), words.chars().take(120).collect()] {
            let mut facts = facts(&name);
            facts.title = "M".repeat(160);
            for (start, end, text) in set(&facts) {
                assert!(start.x.to_mm() > 43.9 && end.x.to_mm() < 277.5 && end.y.to_mm() < 197.0, "{text} from {start:?} to {end:?}");
            }
        }
    }

    #[test]
    fn letters_the_typeface_lacks_are_named() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        let press = Press::new().unwrap();
        let set = |name| press.set(&facts(name), "https://campus.example/c", "E-Campus", day);
        assert_eq!(set("Mei 李 Chen"), Err(PaperError::Letters("李".to_owned())));
        assert!(set("Ñuul Xiʼ Yẽ Gbètò\u{202e}").unwrap().starts_with(b"%PDF-1.7"));
        assert_eq!(set("Ana"), set("Ana"));
    }

    #[test]
    fn the_press_can_be_shared_between_threads() {
        const fn shared<T: Send + Sync>() {}
        shared::<Press>();
    }
}
