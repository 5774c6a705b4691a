### get-record

get-record-title = Get your family’s record
get-record-lead = Your provider’s office certifies the record. You download it here.
get-record-how = How it works
get-record-how-1 = 1. Sign in, choose the child, choose the office, and say what the record is for.
get-record-how-2 = 2. The office checks who you are, reads the record through and corrects what is wrong.
get-record-how-3 = 3. When it is ready you find it under “Your family”. You can print it or send it.
get-record-no-account = Without an account
get-record-no-account-1 = Call or visit your provider’s office. It can give you a copy of the record from its own system.
get-record-school = For the school
get-record-school-1 = The document has a code. The school types it here and sees at once that the certificate is valid.
get-record-enter = Go to your family
