### One's own certificates, and checking one in public.

certificates-title = Certificates
certificates-none = You have no certificates yet
certificates-none-next = When you complete a course, its certificate appears here at once. Go on with a course you are enrolled in, or choose another.
certificates-to-learning = Go on with my courses

certificate-title = Certificate
certificate-of = Certificate of { $name }
certificate-of-course = Certificate { $course }
certificate-records = { $issuer } records that
certificate-completed-the-course = completed the course
certificate-completed-on = Completed on { $day }
certificate-holder = Person
certificate-course-title = Course title
certificate-course = Course code
certificate-course-version = { $course }, version { $version }
certificate-length = Length
certificate-completed = Completed on
certificate-day-in-zone = { $day } ({ $zone } time)
certificate-validity = Validity
certificate-valid-until-day = Until { $day }, included
certificate-for-ever = Does not expire
certificate-issuer = Issued by
certificate-code = Certificate code
certificate-check-at = Check it at { $address }
certificate-note = It records that the course was completed. It is not a professional qualification or a licence, and it confers no official powers.
certificate-download = Download
certificate-open-public = Open the public page
certificate-download-proof = Download the signed facts (JWS)
certificate-share = Address to share
certificate-share-hint = Copy it and send it to whoever needs to check your certificate. It opens without an account and shows the facts of this certificate and nothing else.

certificate-is-valid = Valid certificate
certificate-is-expired = Expired certificate
certificate-is-replaced = Replaced certificate
certificate-is-revoked = Revoked certificate
certificate-is-unknown = We found no such code

verdict-valid = { $issuer } issued it and it is still valid. Checked on { $moment }.
verdict-expired = This campus issued it, but its validity ended on the date shown below. To learn whether there is a newer one, ask the person who showed it to you.
verdict-replaced = This campus issued it, but another certificate now stands in its place. Ask for the newest one from the person who showed it to you.
verdict-revoked = This campus issued it but later revoked it. It is no longer valid.
verdict-unknown = Check whether a letter or a number was mistaken and type it again. If the code is copied correctly, this campus did not issue the certificate.

own-expired = Its validity has ended. What it says stays on record, and you can download it.
own-replaced = Another certificate now stands in its place. You find it in the list of your certificates.
own-revoked = It was revoked and is no longer valid. If you think this is a mistake, write to the campus administrator.

verify-title = Check a certificate
verify-lead = Type the code printed on the certificate. You can also scan its QR code. No account is needed.
verify-code-hint = 24 letters and numbers in six groups of four, for example 7KQ4-M2XD-9F3A-01BC-55TZ-8WEH. Hyphens and capitals do not matter.
verify-code-missing = Type the code of the certificate.
verify-code-malformed = A code has 24 letters and numbers, in six groups of four. Check whether one is missing or too many.
verify-do = Check
verify-again = Type the code again
verify-another = Check another certificate

signature-title = Digital signature: check it without this campus
signature-what = The facts of this certificate are signed with a key of this campus (JWS, algorithm EdDSA with Ed25519). If anyone changes a single letter, the signature no longer matches.
signature-how = Download the signed facts and the public key. With any program that checks JWS signatures, offline too, verify the signature and compare the facts with those on paper.
signature-key = Public key:
signature-limits = The signature proves who issued the certificate and that it was not changed. Whether it was revoked or replaced later, only this page says.

pdf-letters-title = Print this certificate from the browser
pdf-letters-words = The name or the title has letters that the typeface of the PDF lacks. Open the certificate and use “Print” in the browser’s menu; there you can choose “Save as PDF”.
pdf-letters-back = Open the certificate
