# What several pages share.
brand = Watches.fyi
price-unknown = Price unknown
price-down = Down { $share }
price-up = Up { $share }
no-photo = No photo
loading = Loading
try-again = Try again
undo = Undo
close = Close
back = Back
save = Save
revert = Discard changes
delete = Delete
add = Add
never = never
until = to
open-in-browser = Open in browser
nothing-to-undo = Nothing to undo.
count-listings = { $count ->
    [one] { $count } listing
   *[other] { $count } listings
}
condition-incomplete = Incomplete
condition-poor = Poor
condition-fair = Fair
condition-good = Good
condition-very-good = Very good
condition-unworn = Unworn
condition-new = New
set-full = Full set
set-box = Box only
set-papers = Papers only
set-watch = Watch only
state-sold = Sold
state-ended = Ended
state-reserved = Reserved
kind-fixed = Fixed price
kind-auction = Auction
fault-title = This could not be loaded
fault-kept = Everything already stored is safe.
fault-offline = There is no network. What is stored is shown as it was last seen.
fault-disk-full = The disk is full, so nothing new can be stored. Free some space and try again.
fault-store-too-new = The data was written by a newer version of the app. Update the app, or restore an older backup.
fault-store-corrupt = The data file is damaged. It was left untouched; restore a backup in Settings.
fault-needs-you = The page asks for a person: sign in or confirm in the browser, then try again.
fault-busy = Another change is being stored. Try again in a moment.
fault-not-found = It is no longer there.
