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

too-many-title = Too many tries
too-many = Too many tries in a short time. You can try again in { $wait }.
wait-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
}
wait-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}

confirm-title = Show that it is you
confirm-lead = What comes next could lock you out of your account. So that nobody else does it at an open computer, show once more who you are.
confirm-or = Or, in place of the password:
confirm-send = Go on
confirm-wrong = This is not your password. Check it and try again
confirm-otherwise = Your account has no password. Sign out and sign in again the way you usually do, then come back.

code-title = Second step
code-lead = Open the app on your phone that shows your codes, and write the one it shows now.
code = Code
code-hint = Six digits from the app, or one of your recovery codes.
code-wrong = This code does not work: it may have changed, or have been used. Write the one shown now
code-lost = Have you lost your phone and your recovery codes? Ask the campus administrator for help.

passkey-title = Sign in with a passkey
passkey-lead = Your device asks for your finger, your face or its PIN. No password is needed.
passkey-ask = Use my passkey
passkey-use = Use a passkey
passkey-otherwise = Another way
passkey-missing = This page needs scripts and a browser that knows passkeys. You can go another way.
passkey-failed = Your device gave no passkey. Try again, or go another way.
passkey-too-late = It took too long. Press the button once more
passkey-wrong = This passkey does not open an account here. Try another one, or go another way
passkey-not-made = The passkey could not be stored. Try again
passkey-name = Name for this passkey
passkey-name-hint = So that you recognise it later: the device where you keep it.
passkey-new-lead = Your device will keep a key that only your finger, your face or its PIN can use.
passkey-make = Make the passkey

security-title = Second step at sign-in
security-lead = With a second step, nobody gets in with your password alone. You can use an app that shows codes, or a passkey. When you add one, sessions that began without it end.
security-asked-for = Your role needs a second step
security-asked-for-words = Until you add one you can learn, but not coordinate or administer.
security-show-it = You have one, but did not use it to sign in.
security-app = App that shows codes
security-app-off = Any app for one-time codes works, also without a connection.
security-app-on = It is in use: after your password you are asked for a code.
security-app-add = Add an app
security-app-again = Change the app
security-app-remove = Stop using it
security-passkeys = Passkeys
security-passkeys-words = A key kept by your phone, your computer or your password manager. It opens your account without a password.
security-passkey-add = Add a passkey
security-passkey-made = Made on { $moment }.
security-passkey-used = Last used on { $moment }.
security-passkey-remove = Remove
security-codes = Recovery codes
security-codes-left = { $n ->
    [one] You have 1 code left. Each one works once.
   *[other] You have { $n } codes left. Each one works once.
}
security-codes-new = Make new codes

app-title = Add an app that shows codes
app-lead = Scan the picture with the app, then write the code it shows.
app-qr = QR code for the app
app-typed = If you cannot scan it, type this key into the app:
app-send = Start using it
app-wrong = This is not the code of this key. Wait for the next one and write it; check that the clock of your phone is right

codes-title = Your recovery codes
codes-lead = If you lose your phone, one of these gets you in. They are shown this once.
codes-keep = Print this page or copy the codes to a safe place, not on the same phone. Each one works once.
codes-kept = I have kept them

sessions-title = Where you are signed in
sessions-lead = If you do not recognise a device, end its session and change your password.
sessions-device-unknown = Unknown device
sessions-this = This device
sessions-started = Signed in on { $moment }.
sessions-seen = Last used on { $moment }.
sessions-own = Own device.
sessions-shared = Shared computer.
sessions-end = Sign out there
sessions-end-others = Sign out everywhere else

password-change = Change your password
password-change-lead = Your other sessions end, and your service tokens stop working. This session stays open.
email-new = New e-mail address
email-change = Change your e-mail address
email-change-lead = We will send a link to the new address. It stays as it is until you open the link, within one hour.
email-change-ask = With this step you sign in with this address from now on, and messages go to it.
email-change-send = Use this address
email-change-dead = It was used already, or more than an hour has passed, or the address has another account.

profile-safety = Security of your account
profile-back = Back to my account

mail-address-subject = E-Campus: confirm your new address
mail-address-text =
    To use this address for your account, open this link and use the button:

    { $link }

    It works once, for one hour. If you did not ask for it, do nothing.
mail-taken-subject = E-Campus: you already have an account
mail-taken-text =
    Somebody, perhaps you, has just given this address. It already has an account, and nothing was changed.

    To sign in: { $sign-in }
    If you forgot your password: { $reset }
mail-notice-subject = E-Campus: notice about your account
mail-notice-text =
    { $what }

    If it was you, do nothing. If it was not, choose a new password now: { $link }
    and write to whoever administers the campus.
mail-notice-new-password = The password of your account was changed.
mail-notice-new-email = Your account now uses another e-mail address.
mail-notice-second-factor-added = A second step was added to your account.
mail-notice-second-factor-removed = A second step was taken away from your account.
mail-notice-recovery-code = Somebody signed in to your account with a recovery code.
mail-notice-new-device = Somebody signed in to your account on a device that had not been used before.
mail-notice-provider-linked = A ministry’s account was linked: it opens your campus account from now on.
mail-notice-provider-unlinked = A ministry’s account was unlinked: it no longer opens your campus account.
mail-erased-text =
    An administrator of the campus erased your account and what was in it. This cannot be undone.

    If you did not ask for it, write to whoever administers the campus.

people-title = People
people-search = Name, user name or e-mail address
people-search-send = Search
people-with-role = People with a role
people-found = People found
people-none = Nobody was found. Try part of the name.
people-head-name = Name
people-head-country = Country
people-head-state = Account
people-open = Open
people-closed = Closed
people-closed-tag = Account closed

person-since = Account since
person-yes = Yes
person-no = No
person-roles = Roles
person-no-role = No role: may learn.
person-role = Role
person-role-country = For
person-every-country = Every country
person-give-role = Give this role
person-take-role = Take this role away
person-role-hint = When a role changes, the person’s sessions end.
person-help = Help with signing in
person-send-link = Send a link for a new password
person-make-link = Make a link for a new password
person-reset-second-factor = Take the second step away
person-link = Link for a new password
person-link-words = This account has no e-mail address. Hand the link to its owner in person: it works once, for one hour, and is shown only now.
person-back = Back to the account
person-disable = Close the account
person-disable-words = Nobody will be able to sign in with it. What was learnt, and the certificates, stay.
person-enable = Open the account again
person-enable-words = Its owner will be able to sign in with the same password.
person-erase = Erase the account
person-erase-words = For somebody who asked for it and cannot sign in. Whoever can, does it in their own account.
person-erase-title = Erase somebody else’s account
person-erase-lead = It happens at once and cannot be undone. Do it only if the person asked you to and you are sure who they are.
person-erase-consequences = The account goes, and everything the person wrote. What stays, without their name: a line for each course completed (with country, institution and occupation), the marks and the options chosen. Their certificates stay too, with their name, unless the person asks to have them erased.
person-erase-certificates = Erase their certificates too
person-erase-certificates-hint = Then nobody can check them any more, also those already printed.
person-erase-send = Erase this account for good
person-last-administrator = The campus needs at least one administrator: give the role to somebody else first
person-oneself = This cannot be done with one’s own account: ask another administrator
role-trainer = Trainer
role-coordinator = Coordinator
role-administrator = Administrator
provider-continue = Continue with { $name }
provider-or = Or with your campus account:
provider-going = We are taking you to { $name }
provider-going-words = You sign in there and come back. The campus does not see your password of { $name }.
provider-refused = You did not come in with { $name }
provider-back = Go back
provider-untrusted = { $name } sent an answer that the campus cannot trust, so nobody was signed in. Try again; if it happens again, tell your coordinator or the campus administrator.
provider-unreachable = { $name } does not answer right now. Try again in a few minutes, or sign in another way.
provider-stale = This sign-in was not begun in this browser, took longer than 10 minutes, or was used already. Go back and begin again.
provider-denied = { $name } did not confirm that it is you, or you did not allow it. You can try again or sign in another way.
provider-unverified = There is an account with your e-mail address, but nobody has verified the address yet. If the account is yours, sign in with its password, verify the address, and come back. If it is not, tell the campus administrator.
provider-other-identity = The campus account with your e-mail address belongs to another account of { $name }. Ask your coordinator or the campus administrator for help.
provider-linked-elsewhere = This account of { $name } is already linked to a campus account. Sign in with it to see which.
provider-domain = The campus takes only accounts of { $name } with a verified e-mail address of the institution. Ask your coordinator for help.
provider-no-account = There is no campus account for you yet. Ask your coordinator for one, or create one and link it to { $name } under “My account”.
provider-closed = This campus account was closed. Ask your coordinator or the campus administrator.
provider-only-way-in = Your account has no password, so without { $name } you could not come in any more. Set a password first, with “I forgot my password”.
provider-linked-title = Other ways to sign in
provider-linked-lead = With a linked account you sign in without the password of the campus.
provider-linked-since = Linked since { $since }. Last used: { $used }.
provider-not-linked = Not linked.
provider-link = Link
provider-unlink = Unlink

newcomer = Complete your profile
newcomer-email = E-mail address

signed-out = You have signed out of the campus
signed-out-words = Your session at { $name } is still open. On a shared computer, sign out there too.
signed-out-there = Sign out of { $name }

notice-provider-linked = The account is linked. You can sign in with it from now on.
notice-provider-unlinked = The account is no longer linked.
