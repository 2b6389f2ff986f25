//! What is printed on a certificate, in five languages, and days and lengths in words.

use chrono::{Datelike, NaiveDate};
use courses::language::Language;

/// The fixed texts of a certificate in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Name of the document, its only heading.
    pub heading: &'static str,
    /// Words before the holder's name.
    pub records: &'static str,
    /// Words between the holder's name and the course.
    pub completed: &'static str,
    /// Label of the stated length.
    pub duration: &'static str,
    /// Label of the day of completion.
    pub completed_on: &'static str,
    /// Label of the last day of validity.
    pub valid_until: &'static str,
    /// Label of the course version.
    pub version: &'static str,
    /// Label of the verification code.
    pub code: &'static str,
    /// Words before the address where it can be checked.
    pub check: &'static str,
    /// What the picture of the QR code is, before the address.
    pub qr: &'static str,
    /// What the document does and does not stand for.
    pub note: &'static str,
    /// The twelve months, January first, with spaces between.
    months: &'static str,
}

const ES: Wording = Wording {
    heading: "Certificado de finalización",
    records: "Este certificado hace constar que",
    completed: "completó el curso",
    duration: "Duración",
    completed_on: "Fecha de finalización",
    valid_until: "Válido hasta",
    version: "Versión del curso",
    code: "Código de verificación",
    check: "Para comprobar este certificado, escanee el código QR o abra",
    qr: "Código QR para comprobar este certificado en",
    note: "Hace constar que se completó el curso. No es un título profesional ni una licencia, y no otorga facultades oficiales.",
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
};

const EN: Wording = Wording {
    heading: "Certificate of completion",
    records: "This certificate records that",
    completed: "completed the course",
    duration: "Duration",
    completed_on: "Completed on",
    valid_until: "Valid until",
    version: "Course version",
    code: "Verification code",
    check: "To check this certificate, scan the QR code or open",
    qr: "QR code to check this certificate at",
    note: "It records that the course was completed. It is not a professional qualification or a licence, and it confers no official powers.",
    months: "January February March April May June July August September October November December",
};

const FR: Wording = Wording {
    heading: "Certificat de fin de cours",
    records: "Ce certificat atteste que",
    completed: "a terminé le cours",
    duration: "Durée",
    completed_on: "Terminé le",
    valid_until: "Valable jusqu’au",
    version: "Version du cours",
    code: "Code de vérification",
    check: "Pour vérifier ce certificat, scannez le code QR ou ouvrez",
    qr: "Code QR pour vérifier ce certificat sur",
    note: "Il atteste que le cours a été terminé. Ce n’est ni un diplôme professionnel ni une autorisation d’exercer, et il ne confère aucun pouvoir officiel.",
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
};

const PT: Wording = Wording {
    heading: "Certificado de conclusão",
    records: "Este certificado registra que",
    completed: "concluiu o curso",
    duration: "Duração",
    completed_on: "Data de conclusão",
    valid_until: "Válido até",
    version: "Versão do curso",
    code: "Código de verificação",
    check: "Para conferir este certificado, leia o código QR ou abra",
    qr: "Código QR para conferir este certificado em",
    note: "Registra que o curso foi concluído. Não é título profissional nem licença e não confere poderes oficiais.",
    months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
};

const HT: Wording = Wording {
    heading: "Sètifika fen kou",
    records: "Sètifika sa a montre",
    completed: "fini kou a",
    duration: "Dire",
    completed_on: "Dat kou a fini",
    valid_until: "Bon jiska",
    version: "Vèsyon kou a",
    code: "Kòd verifikasyon",
    check: "Pou verifye sètifika sa a, eskane kòd QR la oswa louvri",
    qr: "Kòd QR pou verifye sètifika sa a sou",
    note: "Li montre kou a fini. Li pa yon diplòm pwofesyonèl ni yon lisans, epi li pa bay okenn pouvwa ofisyèl.",
    months: "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
};

impl Wording {
    /// The texts in a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Es => &ES,
            Language::En => &EN,
            Language::Fr => &FR,
            Language::Pt => &PT,
            Language::Ht => &HT,
        }
    }
}

/// A day with the month spelled out, as the language writes it.
#[must_use]
pub fn day_in_words(day: NaiveDate, language: Language) -> String {
    let (number, year) = (day.day(), day.year());
    let month = Wording::of(language).months.split(' ').zip(0..).find(|(_, index)| *index == day.month0());
    let month = month.map_or("", |(name, _)| name);
    match (language, number) {
        (Language::Es, _) => format!("{number} de {month} de {year}"),
        (Language::Pt, 1) => format!("1º de {month} de {year}"),
        (Language::Pt, _) => format!("{number} de {month} de {year}"),
        (Language::Fr, 1) => format!("1er {month} {year}"),
        (Language::En | Language::Fr | Language::Ht, _) => format!("{number} {month} {year}"),
    }
}

/// A length in hours and minutes, in symbols that are the same in every language.
#[must_use]
pub fn length_in_words(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}\u{a0}min"),
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes) => format!("{hours}\u{a0}h {minutes}\u{a0}min"),
    }
}

/// One line without invisible controls, and with apostrophe letters of Mayan and Pacific languages as the quotation marks that
/// look the same, because the typeface has those.
#[must_use]
pub fn printable(text: &str) -> String {
    let letters = text.chars().filter_map(|letter| match letter {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        '\u{2bc}' | '\u{a78c}' => Some('\u{2019}'),
        '\u{2bb}' => Some('\u{2018}'),
        '\u{2010}' | '\u{2011}' => Some('-'),
        control if control.is_control() => Some(' '),
        other => Some(other),
    });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A code in groups of four, unless it is grouped already.
#[must_use]
pub fn grouped(code: &str) -> String {
    if code.contains(['-', ' ']) {
        return code.to_owned();
    }
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days_are_spelled_as_each_language_does() {
        let spelled = |date, language| day_in_words(date, language);
        assert_eq!(spelled(day(2026, 3, 1), Language::Es), "1 de marzo de 2026");
        assert_eq!(spelled(day(2026, 3, 14), Language::En), "14 March 2026");
        assert_eq!(spelled(day(2026, 8, 1), Language::Fr), "1er août 2026");
        assert_eq!(spelled(day(2026, 8, 2), Language::Fr), "2 août 2026");
        assert_eq!(spelled(day(2026, 12, 1), Language::Pt), "1º de dezembro de 2026");
        assert_eq!(spelled(day(2026, 5, 30), Language::Ht), "30 me 2026");
    }

    #[test]
    fn lengths_leave_out_what_is_nought() {
        assert_eq!(length_in_words(210).replace('\u{a0}', " "), "3 h 30 min");
        assert_eq!(length_in_words(240).replace('\u{a0}', " "), "4 h");
        assert_eq!(length_in_words(45).replace('\u{a0}', " "), "45 min");
    }

    #[test]
    fn no_language_promises_a_qualification() {
        for language in Language::ALL {
            let Wording { heading, records, completed, .. } = Wording::of(language);
            let claims = format!("{heading} {records} {completed}").to_lowercase();
            for word in ["qualif", "cualific", "capacitad", "habilit", "autoriz", "acredit"] {
                assert!(!claims.contains(word), "{language}: {word}");
            }
        }
    }

    #[test]
    fn codes_are_grouped_once() {
        assert_eq!(grouped("K7QM2XVD94TP"), "K7QM-2XVD-94TP");
        assert_eq!(grouped("K7QM-2XVD-94TP"), "K7QM-2XVD-94TP");
    }
}
