### feedback

feedback-title = Tell us what you think
feedback-lead = About these pages: what works, what does not, what is missing.
feedback-no-personal = Do not write names, dates of birth or anything about anybody’s health. We do not know who you are and cannot answer.
feedback-topic = What is it about?
feedback-topic-page = Something does not work
feedback-topic-words = Something is hard to understand
feedback-topic-missing = Something is missing
feedback-topic-praise = Something is good
feedback-message = Your message
feedback-hint = At most 2,000 characters.
feedback-personal = This looks as if it had a date, a telephone number or an address in it. Take it out, or say below that it is not personal.
feedback-sure = There is nothing personal in my message
feedback-send = Send
feedback-thanks = Thank you
feedback-thanks-text = We read every message. As we do not know who you are, you will not get an answer.
feedback-sought = A word in the messages
feedback-none = No messages yet.
