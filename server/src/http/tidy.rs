//! Leptos' pages as valid HTML. On the server it marks places with `<!>` for the browser to find again; only islands need
//! them, and there a proper empty comment does the same.

/// Takes the marks out, except in islands, and puts Leptos' own scripts where a document may have scripts, on pages with
/// islands; on the others nothing wakes up, so there is nothing for them to say.
#[expect(clippy::string_slice, reason = "cut where a sign of one byte was found, in our own page")]
pub(super) fn tidy(html: &str, islands: bool) -> String {
    let (document, scripts) = html.split_once("</html>").unwrap_or((html, ""));
    let mut tidy = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(start) = rest.find("<leptos-island") {
        unmarked(&rest[..start], &mut tidy);
        let end = rest[start..].find("</leptos-island>").map_or(rest.len(), |at| start + at);
        tidy.push_str(&rest[start..end].replace("<!>", "<!---->"));
        rest = &rest[end..];
    }
    unmarked(rest, &mut tidy);
    if islands && let Some(end) = tidy.rfind("</body>") {
        tidy.insert_str(end, &scripts.replace("<!>", ""));
    }
    tidy.push_str("</html>");
    tidy
}

fn unmarked(part: &str, into: &mut String) {
    for piece in part.split("<!>") {
        into.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn marks_go_and_those_of_islands_stay_as_comments() {
        let html = "<html><body><p>a<!></p><leptos-island x><p>b<!></p></leptos-island><!></body><!></html><!><script>1</script>";
        assert_eq!(
            tidy(html, false),
            "<html><body><p>a</p><leptos-island x><p>b<!----></p></leptos-island></body></html>"
        );
        assert!(tidy(html, true).ends_with("<script>1</script></body></html>"));
    }
}
