### accessibility

accessibility-title = Accessibility
accessibility-lead = Everybody must be able to use these pages.
accessibility-how = How we build them
accessibility-how-1 = They follow the guidelines WCAG 2.2, level AA. They work with a keyboard, with a screen reader, on a small screen, and with scripts switched off.
accessibility-how-2 = Documents are tagged for screen readers.
accessibility-trouble = If something does not work for you
accessibility-trouble-1 = Tell us, without personal details. Your provider’s office can also do everything for you by telephone.
