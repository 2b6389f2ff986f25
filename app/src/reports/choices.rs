//! What can be chosen in the filter.

use courses::people::Country;
use server::access::CoordinatorOf;
use server::reports::{Quarter, institutions};
use server::{Platform, catalogue};

use super::asked::Asked;
use super::words::{country_name, quarter_name};
use crate::form::Choice;
use crate::routes::Fault;
use crate::texts::Texts;

/// Quarters offered, the current one included.
const QUARTERS: usize = 12;

/// What each select and list offers.
#[derive(Clone, Debug, Default)]
pub(super) struct Choices {
    pub(super) courses: Vec<Choice>,
    pub(super) countries: Vec<Choice>,
    pub(super) institutions: Vec<String>,
    pub(super) quarters: Vec<Choice>,
}

/// What `coordinator` can choose from; what `asked` already holds stays among it.
pub(super) async fn choices(platform: &Platform, coordinator: &CoordinatorOf, asked: &Asked, texts: Texts) -> Result<Choices, Fault> {
    let offered = catalogue::offered(platform).await?;
    let mut courses: Vec<Choice> = offered
        .iter()
        .map(|published| {
            let (code, (_, text)) = (published.course.code.to_string(), published.course.text(texts.language()));
            Choice { label: format!("{code} – {}", text.title), value: code }
        })
        .collect();
    keep(&mut courses, &asked.course, |code| code.to_owned());
    let today = platform.clock.now().with_timezone(&platform.config.zone()).date_naive();
    let mut quarters: Vec<Choice> = Quarter::latest(today, QUARTERS)
        .into_iter()
        .map(|quarter| Choice { value: quarter.to_string(), label: quarter_name(texts, quarter) })
        .collect();
    keep(&mut quarters, &asked.quarter, |text| text.parse().map_or_else(|_| text.to_owned(), |quarter| quarter_name(texts, quarter)));
    Ok(Choices { courses, countries: countries(coordinator, texts), institutions: institutions(platform, coordinator).await?, quarters })
}

/// The countries they may see; where these are all, the countries first served come first.
fn countries(coordinator: &CoordinatorOf, texts: Texts) -> Vec<Choice> {
    let language = texts.language();
    let choice = |country: Country| Choice { value: country.code().to_owned(), label: country.name(language).to_owned() };
    match coordinator.countries() {
        Some(codes) => codes.iter().map(|code| Choice { value: code.clone(), label: country_name(code, language) }).collect(),
        None => {
            let others = Country::all_sorted(language).into_iter().filter(|country| !Country::FIRST_SERVED.contains(country));
            Country::FIRST_SERVED.into_iter().chain(others).map(choice).collect()
        }
    }
}

/// Adds the value asked for to the choices, unless it is there: a select never forgets what was asked.
fn keep(choices: &mut Vec<Choice>, asked: &str, label: impl FnOnce(&str) -> String) {
    if !asked.is_empty() && choices.iter().all(|choice| choice.value != asked) {
        choices.push(Choice { value: asked.to_owned(), label: label(asked) });
    }
}

#[cfg(test)]
impl Choices {
    pub(super) fn sample() -> Self {
        let choice = |value: &str, label: &str| Choice { value: value.into(), label: label.into() };
        Self {
            courses: vec![choice("ec-102", "ec-102 – Trata de personas")],
            countries: vec![choice("GT", "Guatemala"), choice("HN", "Honduras")],
            institutions: vec!["Hospital de Occidente".into()],
            quarters: vec![choice("2026-Q1", "1.er trimestre de 2026")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_no_longer_offered_stays_chosen() {
        let mut courses = Choices::sample().courses;
        keep(&mut courses, "ec-090", str::to_owned);
        keep(&mut courses, "ec-102", str::to_owned);
        assert_eq!(courses.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>(), ["ec-102", "ec-090"]);
    }
}
