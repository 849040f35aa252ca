# Any page: read, pointed at, followed.
page-title = Read any page
page-text = Paste the address of a page that offers one watch. It is read now; you see what was understood before anything is kept.
page-add-text = A shop, a forum post, an auction: one page with one watch. You see what was read, and can point at the price.
page-address = Address of the page
page-read = Read
page-found = What { $host } says
page-not-found = Not found. Point at it below.
page-trouble = This page must be pointed at again: { $reason }. The last good price is kept.
page-field-title = Title
page-field-price = Price
page-field-seller = Seller
page-field-condition = Condition
page-field-location = Place
page-field-image = Photo
page-how-stated = the page states it
page-how-pointed = pointed at, { $marks ->
    [one] found by one mark
   *[other] found by { $marks } marks
  }
page-how-adapter = by the adapter file: { $by }
page-how-guess = a guess, please check it
page-follow = Follow this page
page-keep-rule = Keep this rule
page-undo = Undo pointing
page-currency = Currency of a price without a sign
page-currency-own = Currency: the page’s own
page-followed = { $name } is followed, and looked at together with your watchlists.
page-rule-kept = The new rule for { $name } is kept.
page-taken-back = Taken back.
page-wrong = Read wrong?
page-wrong-text = These are the page’s words. Choose what you point at, then click it.
page-point-at = What you point at
page-point-price = The price
page-point-title = The title
page-search = Search on the page
page-search-none = No line holds these words.
page-outline = The page’s words
page-image = Photo:
page-is-price = price
page-is-title = title
page-cut = The page goes on; its beginning is shown.
page-lost = Must be pointed at again
page-again = Point at it again
page-read-again = Read the page
palette-read-page = Read a page…
