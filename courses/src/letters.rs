//! Latin letters without their accents: for sorting names and for anchors.

/// `text` in lower case with the accents of Latin letters taken away; other characters stay.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).fold(String::with_capacity(text.len()), |mut plain, letter| {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => plain.push('e'),
            'ì'..='ï' | 'ī' | 'ı' => plain.push('i'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => plain.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'š' | 'ś' => plain.push('s'),
            'ž' | 'ź' | 'ż' => plain.push('z'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn accents_and_capitals_are_taken_away() {
        assert_eq!(plain("¿Qué es? Ñandú, Çà, Œuvre, e\u{301}"), "¿que es? nandu, ca, oeuvre, e");
    }
}
