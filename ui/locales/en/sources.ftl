# Sources.
sources-none-chosen = Choose a source
sources-none-chosen-text = Its state, budget and what its pages gave are shown here.
source-demo = demo
source-demo-text = An imitation market on this computer. Its listings are invented and its prices move, so that you can see what the app does.
source-off = Switched off
source-idle = Not looked at yet
source-ok = Working
source-ok-when = Read { $when }
source-degraded = Gives less than usual
source-degraded-text = { $reason } The last good values are kept.
source-needs-you = Needs you
source-needs-you-text = { $name } wants a person: { $reason } Open it in the browser, sign in or confirm there, and it is read again.
source-resolve = Open { $name }
source-waiting = Waits, again { $when }
source-offline = No network since { $when }
source-offline-text = It is tried again as soon as the network is back. Nothing stored is lost.
source-budget-spent = Budget used up, again { $when }
source-budget-spent-text = Today’s requests are used up. Raise the budget, or let it rest until then.
source-enabled = Look here
source-remove = Remove
source-schedule = Requests
source-last-poll = Last look
source-last-success = Last success
source-next-poll = Next look
source-budget = { $used } of { $budget } requests used today
source-budget-short = { $used } of { $budget } requests
source-budget-label = Requests a day
budget-a-day = { $count } a day
source-fill = What its pages gave
source-fill-text = How many listings had each field in the last look, beside the usual share of the last 7 days.
fill-field = Field
fill-now = Now
fill-usual = Usual
add-dealer = Add a dealer
add-dealer-text = Any page that lists watches with schema.org data, as most shops do.
dealer-address = Address of the dealer’s page
dealer-added = { $name } is added and will be read with the next look.
dealer-removed = { $name } is removed. Its listings are kept.
import-title = Read a saved page or mail
import-text = Save a page in the browser, or an e-mail as a file, and drop it anywhere on this window.
import-choose = Choose a file
ebay-keys = eBay access
ebay-keys-text = With an eBay developer key, eBay is asked through its own interface: faster, and within its rules. Keys are kept in the system’s keyring.
ebay-client-id = Client ID
ebay-client-secret = Client secret
ebay-keys-save = Keep in keyring
ebay-keys-saved = The keys are in the system’s keyring.

# Mail as a source, and its quarantine.
mail-add = Add mail
mail-add-text = Saved-search e-mails of Chrono24, eBay, Kleinanzeigen and Facebook, from a mail account or a folder. Only mails of these markets are opened; nothing is marked as read.
mail-kind = Where the mails are
mail-kind-account = Account
mail-kind-folder = Folder
mail-host = Mail server (IMAP)
mail-port = Port
mail-user = User name
mail-password = Password
mail-password-hint = Use an app password where your provider has them. It is kept in the system’s keyring.
mail-folder = Folder of the account
mail-ca-file = Certificate file of your own server (optional)
mail-path = Folder on this computer
mail-path-hint = A folder of .eml or .mbox files, or a Maildir.
mail-test = Test
mail-tested = It can be read: { $count ->
    [one] 1 message
   *[other] { $count } messages
}.
mail-added = { $name } is added and is read now.
mail-looks = Looks
mail-password-new = New password
mail-password-save = Keep in keyring
mail-password-saved = The password is in the system’s keyring. The mail is read now.
mail-needs-you-text = { $reason }. Put it right, then look again.
mail-look-again = Look again
quarantine = Mails that could not be read
quarantine-text = From a market, or calling themselves so, but of an unknown form. After an update they may be readable.
quarantine-none = None. What cannot be read waits here.
quarantine-reread = Read again
quarantine-reread-all = Read all again
quarantine-delete = Delete
quarantine-deleted = The mail is deleted from here.
quarantine-still = It still cannot be read.
quarantine-read = { $listings ->
    [one] 1 listing was read.
   *[other] { $listings } listings were read.
}
