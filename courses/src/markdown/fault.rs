//! What can be amiss in a text that is nevertheless shown.

/// Something an author should mend, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes from the beginning of the text.
    pub offset: usize,
    /// What is amiss.
    pub fault: Fault,
}

/// What is amiss in a text, said so that an author can mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A link to a term that the glossary does not have.
    #[error("the glossary has no term `{0}`: add it to glossary.md or mend the link")]
    UnknownTerm(String),
    /// A link to a term outside lessons.
    #[error("terms can be linked to only in lessons and the glossary: write `{0}` without a link")]
    TermOutsideLesson(String),
    /// A link to a lesson that the course does not have.
    #[error("the course has no lesson `{0}`: mend the link or add the lesson to course.toml")]
    UnknownLesson(String),
    /// A figure, or a link to a file, that is not among the course's files.
    #[error("there is no file `{0}`: add it to images/ or mend the path, which begins at the course's folder")]
    MissingFile(String),
    /// A figure without an alternative text.
    #[error("the figure has no alternative text: write between the brackets what it adds, for who does not see it")]
    MissingAlternative,
    /// A figure without a caption.
    #[error("the figure has no caption: write \"Caption | Credit\" in quotation marks after its path")]
    MissingCaption,
    /// A figure within a line of text.
    #[error("a figure stands alone in its paragraph: put an empty line before and after it")]
    FigureInLine,
    /// A link that is neither https, http, mailto, tel, term nor lesson.
    #[error("`{0}` cannot be linked to: use https:, mailto:, tel:, lesson:, term: or a path that begins with /")]
    ForbiddenLink(String),
    /// A kind of callout that does not exist.
    #[error("`{0}` is not a kind of callout: use note, caution, case, country, content, say or check")]
    UnknownCallout(String),
    /// A self-check that is not a question with a list of options and their feedback.
    #[error("a self-check is a question, then a list in which each option is followed by its feedback in a paragraph of its own: {0}")]
    MalformedCheck(&'static str),
    /// A reference to a source that is not named.
    #[error("the source `{0}` is not named: add a line `[^{0}]: …` at the end")]
    UnknownSource(String),
    /// A source that nothing refers to.
    #[error("nothing refers to the source `{0}`: put `[^{0}]` after the sentence it supports, or take it out")]
    UnusedSource(String),
    /// A source outside a lesson.
    #[error("sources are listed only in lessons: name the source in the sentence")]
    SourceOutsideLesson,
    /// A heading of the first level.
    #[error("headings begin at `##`: the title is the only one above them")]
    HeadingTooHigh,
    /// A heading that skips a level.
    #[error("this heading skips a level: go down one `#` at a time")]
    HeadingSkipsLevel,
    /// Markup that makes more than one line of an option's label.
    #[error(
        "this is one line of text: no lists, headings, figures or paragraphs here (a full stop after a number makes a list: write `1\\.`)"
    )]
    NotOneLine,
    /// HTML, which is shown as text.
    #[error("HTML is shown as text: write it in Markdown, or between backquotes if it is meant to be seen")]
    RawHtml,
}
