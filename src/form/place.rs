//! From the pointer of a refusal to the control that it is about.

use leptos::prelude::*;
use membership_contract::problem::FieldError;
use web_sys::Element;

use crate::text::forms as words;
use crate::ui::FieldProblem;

/// The id of what is at a pointer: a control, or a line of controls.
pub fn id(form: &str, pointer: &str) -> String {
    form.to_owned() + &pointer.replace('/', "-")
}

/// What is wrong, each at its control; where the form has none, at the line around it, or on top.
pub fn problems(form: &str, errors: &[FieldError]) -> Vec<FieldProblem> {
    let problem = |error: &FieldError| {
        let element = element(form, &error.pointer);
        FieldProblem {
            field: element.as_ref().map(|element| element.id().into()),
            message: error.detail.clone(),
            line: element.and_then(|element| line(&element)),
        }
    };
    errors.iter().map(problem).collect()
}

/// What the page has at a pointer, or around it.
fn element(form: &str, pointer: &str) -> Option<Element> {
    let mut pointer = pointer;
    while !pointer.is_empty() {
        let found = document().get_element_by_id(&id(form, pointer));
        if found.is_some() {
            return found;
        }
        pointer = pointer.rsplit_once('/').map_or("", |(around, _)| around);
    }
    None
}

/// What the line around a control, or the line itself, is called.
fn line(element: &Element) -> Option<String> {
    let around = element.closest("fieldset").ok().flatten()?;
    around
        .query_selector("legend")
        .ok()
        .flatten()?
        .text_content()
}

/// A day or month that was begun and not finished: it reads like nothing, and nobody meant that.
pub fn unfinished(form: &Element) -> Option<FieldProblem> {
    let begun = "input[type=date]:invalid, input[type=month]:invalid, input[type=time]:invalid";
    let input = form.query_selector(begun).ok()??;
    Some(FieldProblem {
        field: Some(input.id().into()),
        message: words::UNFINISHED.to_owned(),
        line: line(&input),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_the_place_of_a_control() {
        assert_eq!(id("person", "/email"), "person-email");
        let inside = id("person", "/certificates/0/completed_on");
        assert_eq!(inside, "person-certificates-0-completed_on");
    }
}
