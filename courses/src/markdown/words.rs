//! The few words that rendering adds, in the language of the text.

use crate::language::Language;

/// What a callout is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callout {
    Note,
    Caution,
    Case,
    Country,
    Content,
    Say,
}

impl Callout {
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Note, Self::Caution, Self::Case, Self::Country, Self::Content, Self::Say].into_iter().find(|kind| kind.name() == name)
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Caution => "caution",
            Self::Case => "case",
            Self::Country => "country",
            Self::Content => "content",
            Self::Say => "say",
        }
    }

    /// Title of a callout that has none of its own.
    pub(super) const fn title(self, language: Language) -> &'static str {
        let [es, en, fr, pt, ht] = match self {
            Self::Note => ["Nota", "Note", "Note", "Nota", "Nòt"],
            Self::Caution => ["Precaución", "Caution", "Attention", "Atenção", "Atansyon"],
            Self::Case => ["Caso", "Case", "Cas", "Caso", "Ka"],
            Self::Country => ["En mi país", "In my country", "Dans mon pays", "No meu país", "Nan peyi mwen"],
            Self::Content => ["Aviso de contenido", "Content note", "Avis de contenu", "Aviso de conteúdo", "Avi sou kontni"],
            Self::Say => ["Palabras que ayudan", "Words that help", "Des mots qui aident", "Palavras que ajudam", "Mo ki ede"],
        };
        choose(language, es, en, fr, pt, ht)
    }
}

/// Heading above the sources.
pub(super) const fn sources(language: Language) -> &'static str {
    choose(language, "Fuentes", "Sources", "Sources", "Fontes", "Sous")
}

/// Name of the link from a source back to the text.
pub(super) const fn back_to_text(language: Language) -> &'static str {
    choose(language, "Volver al texto", "Back to the text", "Retour au texte", "Voltar ao texto", "Tounen nan tèks la")
}

/// What a table is called, before its number.
pub(super) const fn table(language: Language) -> &'static str {
    choose(language, "Tabla", "Table", "Tableau", "Tabela", "Tablo")
}

const fn choose(
    language: Language,
    es: &'static str,
    en: &'static str,
    fr: &'static str,
    pt: &'static str,
    ht: &'static str,
) -> &'static str {
    match language {
        Language::Es => es,
        Language::En => en,
        Language::Fr => fr,
        Language::Pt => pt,
        Language::Ht => ht,
    }
}
