### Accounts: making one, signing in and out, one-time links, profile, mail.

person-name = Name as it will stand on the certificate
person-name-hint = You can correct it later. A certificate already issued keeps the name it had.
person-login = E-mail address or user name
person-login-hint = No e-mail needed: make up a user name, such as ana.perez. With an e-mail address you can recover your password without help.
person-new-password = Password
person-password-hint = From 8 to 128 characters. A long phrase is a good idea.
person-language = Language of the campus
person-choose-language = Choose a language
person-country = Country where you work
person-choose-country = Choose a country
person-institution = Institution
person-occupation = Occupation
person-choose-occupation = Choose an occupation

refused-name-too-short = Write your name, with at least 2 letters
refused-name-too-long = A name can have up to 120 characters: write a shorter one
refused-name-character = The name has a character that cannot be printed: delete it and write it again
refused-name-no-letter = Write your name in letters
refused-email-too-long = An e-mail address can have up to 254 characters: check that it is right
refused-email-malformed = Write a whole e-mail address, such as name@example.org
refused-user-name-too-short = A user name needs at least 3 characters
refused-user-name-too-long = A user name can have up to 40 characters: choose a shorter one
refused-user-name-character = In a user name use only the letters a to z without accents, digits, full stop, hyphen and underscore
refused-login-taken = There is already an account with this e-mail address or user name. If it is yours, sign in or ask for a new password; if not, choose another user name
refused-institution-too-long = The institution’s name can have up to 160 characters: write a shorter one
refused-password-too-short = The password needs at least 8 characters
refused-password-too-long = The password can have up to 128 characters: choose a shorter one
refused-password-common = This password is easy to guess: use a phrase of several words, without your name

sign-up = Create an account
sign-up-lead = It is free. We ask only for what the certificate carries and what helps to count who is trained.
sign-up-send = Create the account
sign-up-known = I have an account
sign-up-link = Create a free account

sign-in-password = Password
sign-in-unknown = The account and the password do not match. Check both and try again, or ask for a new password
sign-in-own-device = This is my own device: keep me signed in
sign-in-own-device-hint = If you share it, leave the box empty: the session ends when the browser is closed.
sign-in-first-time = Is this your first time?

reset = Recover your password
reset-link = I forgot my password
reset-lead = We will send you a link by e-mail. It works once, for one hour.
reset-without-email = If your account has no e-mail address, ask your coordinator or the campus administrator for help.
reset-login-missing = Write the e-mail address or user name of your account
reset-send = Send the link
reset-back = Back
reset-sent = Check your e-mail
reset-sent-words = If there is such an account and it has an e-mail address, we sent it a link that works for one hour. If it does not arrive in a few minutes, look in the spam folder. If your account has no e-mail address, ask your coordinator or the campus administrator for help.
reset-new = Choose a new password
reset-new-lead = Saving it signs you out on every device where you were signed in.
reset-new-send = Save the password
reset-dead = It was used already, or more than an hour has passed. Ask for another one.
reset-again = Ask for another link

link-dead = This link does not work any more

email-verify = Verify your e-mail address
email-verify-lead = This tells us that the address is yours and that you can recover your password with it.
email-verify-send = Verify my address
email-verify-dead = It was used already, or more than a week has passed. If your address is still not verified, you can ask for another link in “My account”.
email-verify-again = Go to my account

profile-login = You sign in with
profile-save = Save
profile-unverified = Your e-mail address is not verified yet
profile-unverified-words = We sent you a message with a link: open it and use the button. If it did not arrive, look in the spam folder or ask for another.
profile-verify-again = Send another message
profile-sign-out = Sign out
profile-sign-out-words = On a shared computer, sign out when you finish.

setup = Set up the campus
setup-lead = This account will administer the campus. The link works once.
setup-dead = It was used, it expired, or the campus already has an administrator. If it has none yet, start the program again: it will show a new link.

mail-verify-subject = E-Campus: verify your e-mail address
mail-verify-text =
    To verify that this address is yours, open this link and use the button:

    { $link }

    It works once, for 7 days. If you did not ask for it, do nothing.
mail-reset-subject = E-Campus: new password
mail-reset-text =
    To choose a new password, open this link:

    { $link }

    It works once, for one hour. If you did not ask for it, do nothing: your password stays as it is.

mailbox = Test mail
mailbox-lead = This page exists only in development: it shows the mail that the program keeps in files instead of sending it.
mailbox-empty = There is no mail yet.
sign-out-unsent-title = Some answers are still on this device
sign-out-unsent = Answers to a quiz have not reached the campus yet. If you sign out now they stay here, and are sent when you sign in again on this device. Nobody else sees them.
sign-out-anyway = Sign out anyway
stay-signed-in = Stay and send them
