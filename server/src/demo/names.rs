//! Names of people and institutions for demonstration data: common ones of the region, put together by chance.

use courses::language::Language;

pub(super) const FIRST: [&str; 32] = [
    "María", "José", "Ana", "Luis", "Carmen", "Juan", "Rosa", "Carlos", "Marta", "Jorge", "Elena", "Mario", "Silvia", "Óscar", "Lidia",
    "Víctor", "Shanelle", "Marlon", "Keisha", "Andre", "Josette", "Wilner", "Marlène", "Rodrigo", "Ximena", "Óliver", "Yadira", "Fredy",
    "Itzel", "Dilma", "Noé", "Aura",
];

pub(super) const LAST: [&str; 32] = [
    "García",
    "López",
    "Hernández",
    "Martínez",
    "Pérez",
    "Ramírez",
    "Flores",
    "Morales",
    "Castillo",
    "Reyes",
    "Cruz",
    "Chávez",
    "Mejía",
    "Pineda",
    "Solís",
    "Vargas",
    "Campbell",
    "Williams",
    "Joseph",
    "Pierre",
    "Baptiste",
    "Clarke",
    "Tzoc",
    "Cuxum",
    "Batz",
    "Zelaya",
    "Bermúdez",
    "Alfaro",
    "Quirós",
    "Arosemena",
    "Núñez",
    "Peralta",
];

/// A country with the language people there are given, its share among learners, and some institutions.
pub(super) struct Place {
    pub country: &'static str,
    pub language: Language,
    pub weight: u64,
    pub institutions: [&'static str; 4],
}

pub(super) const PLACES: [Place; 10] = [
    place(
        "GT",
        Language::Es,
        18,
        ["Hospital Regional de Occidente", "Instituto Guatemalteco de Migración", "Cancillería", "Municipalidad de Malacatán"],
    ),
    place("MX", Language::Es, 20, ["Centro de Salud Tapachula", "Red consular", "Instituto de Salud de Chiapas", "Casa del Migrante"]),
    place("HN", Language::Es, 12, ["Secretaría de Salud", "Hospital Mario Rivas", "Cancillería", "Centro de Atención Choluteca"]),
    place("SV", Language::Es, 10, ["Ministerio de Salud", "Unidad de Salud La Libertad", "Cancillería", "Alcaldía de San Miguel"]),
    place("CR", Language::Es, 9, ["Caja de Seguro Social", "Área de Salud Los Chiles", "Dirección de Migración", "Cancillería"]),
    place("PA", Language::Es, 7, ["Ministerio de Salud", "Centro de Salud Metetí", "Servicio de Migración", "Cancillería"]),
    place("DO", Language::Es, 9, ["Servicio Nacional de Salud", "Hospital Dajabón", "Dirección de Migración", "Cancillería"]),
    place("BZ", Language::En, 4, ["Ministry of Health", "Western Regional Hospital", "Immigration Department", "Human Services"]),
    place(
        "JM",
        Language::En,
        6,
        ["Ministry of Health", "Cornwall Regional Hospital", "Passport and Immigration Agency", "Foreign Service"],
    ),
    place("TT", Language::En, 5, ["Regional Health Authority", "Immigration Division", "Foreign Service", "Counter Trafficking Unit"]),
];

const fn place(country: &'static str, language: Language, weight: u64, institutions: [&'static str; 4]) -> Place {
    Place { country, language, weight, institutions }
}
