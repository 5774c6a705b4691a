### accessibility

accessibility-title = Accessibility
accessibility-lead = These pages are for everybody to use.
accessibility-how = How we build them
accessibility-how-1 = They follow the guidelines WCAG 2.2, level AA. They work with a keyboard, with a screen reader, on a small screen, and with scripts switched off.
accessibility-how-2 = Documents are tagged for screen readers.
accessibility-trouble = If something does not work for you
accessibility-trouble-1 = Tell us, but leave out who you are. Your doctor’s office can also do all of it for you by phone.
