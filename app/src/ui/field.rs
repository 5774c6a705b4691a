//! A line of text with its label, hint and error; and several lines.

use leptos::prelude::*;

use crate::form::Form;

/// A field for one line.
#[derive(Clone, Default)]
pub struct Field {
    name: &'static str,
    label: String,
    hint: Option<String>,
    kind: &'static str,
    autocomplete: Option<&'static str>,
    width: &'static str,
    limit: Option<u32>,
    accept: Option<&'static str>,
}

impl Field {
    /// With a name and a label.
    pub fn new(name: &'static str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), kind: "text", width: "full", ..Self::default() }
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// `password`, `email`, `tel`, `search`, `file`.
    #[must_use]
    pub fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// What the browser may fill in (WCAG 1.3.5).
    #[must_use]
    pub fn autocomplete(self, what: &'static str) -> Self {
        Self { autocomplete: Some(what), ..self }
    }

    /// As wide as what is expected: `full`, `half`, `short`.
    #[must_use]
    pub fn width(self, width: &'static str) -> Self {
        Self { width, ..self }
    }

    /// Most characters.
    #[must_use]
    pub fn limit(self, limit: u32) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Kinds of files.
    #[must_use]
    pub fn accept(self, accept: &'static str) -> Self {
        Self { accept: Some(accept), ..self }
    }

    /// Draws it with what was typed and what is wrong.
    pub fn view(self, form: &Form) -> AnyView {
        let id = self.name;
        let error = form.error(id).map(str::to_owned);
        let complete = (self.kind != "file").then(|| self.autocomplete.unwrap_or("off"));
        let secret = matches!(self.kind, "password" | "file");
        let value = if secret { None } else { Some(form.value(id).to_owned()) };
        let described = described_by(id, self.hint.is_some(), error.is_some());
        let class = format!("input {}", self.width);
        view! {
            <div class="field" class:has-error=error.is_some()>
                <label for=id>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
                {error.clone().map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                <input
                    class=class id=id name=id type=self.kind value=value
                    autocomplete=complete maxlength=self.limit accept=self.accept
                    aria-describedby=described aria-invalid=error.is_some().then_some("true")
                    spellcheck="false"
                />
            </div>
        }
        .into_any()
    }
}

/// Which texts belong to a field, for screen readers.
pub(super) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let parts = [hint.then(|| format!("{id}-hint")), error.then(|| format!("{id}-error"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A field for several lines. The only one: Leptos does not escape the text of a `<textarea>` on the server, this does.
#[derive(Clone)]
pub struct TextArea {
    name: &'static str,
    label: String,
    hint: Option<String>,
    rows: u32,
}

impl TextArea {
    /// With a name and a label.
    pub fn new(name: &'static str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), hint: None, rows: 5 }
    }

    /// Help below the label.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// How many lines are seen.
    #[must_use]
    pub fn rows(self, rows: u32) -> Self {
        Self { rows, ..self }
    }

    /// Draws it with what was typed and what is wrong.
    pub fn view(self, form: &Form) -> AnyView {
        let id = self.name;
        let error = form.error(id).map(str::to_owned);
        let described = described_by(id, self.hint.is_some(), error.is_some());
        // The newline after the tag is HTML's own: without it a text that begins with one would lose it.
        let text = maud::html! { "\n" (form.value(id)) }.into_string();
        view! {
            <div class="field" class:has-error=error.is_some()>
                <label for=id>{self.label}</label>
                {self.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
                {error.clone().map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                <textarea class="input" id=id name=id rows=self.rows aria-describedby=described
                    aria-invalid=error.is_some().then_some("true") inner_html=text></textarea>
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_textarea_cannot_be_closed_from_inside() {
        let form = Form::new(vec![("note".into(), "</textarea><script>alert(1)</script>".into())], Vec::new());
        let html = TextArea::new("note", "Note").view(&form).to_html();
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;"));
    }

    #[test]
    fn a_value_cannot_leave_its_attribute() {
        let form = Form::new(vec![("last".into(), "\"><script>x</script>".into())], Vec::new());
        let html = Field::new("last", "Last name").view(&form).to_html();
        assert!(!html.contains("<script>"), "{html}");
    }
}
