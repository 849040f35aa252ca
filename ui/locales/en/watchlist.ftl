# Watchlist, its editor, and the first-run page.
new-watchlist = New watchlist
watchlist-empty = Nothing is watched yet
watchlist-empty-text = A watchlist names what you hunt for and decides what is worth telling you.
watchlist-none-chosen = Choose a watchlist
watchlist-none-chosen-text = Its rules and what they match now are shown here.
watchlist-name = Name
watchlist-name-hint = A reference or a name
watchlist-query = Search words
watchlist-query-hint = What is asked of the markets
watchlist-interval = Look
watchlist-markets = Markets
watchlist-markets-all = All markets that are switched on.
watchlist-rules = Tell me
watchlist-rules-none = Without a rule, listings are collected and nothing is reported.
watchlist-watching = Watching
watchlist-saved = { $name } is saved.
watchlist-deleted = { $name } is deleted. Its listings and alerts are kept.
card-found = { $count ->
    [0] Nothing found yet
    [one] { $count } listing
   *[other] { $count } listings
}
card-matching = { $count ->
    [0] Nothing found yet
   *[other] { $matching } of { $count } match
}
card-best = lowest
card-best-landed = lowest landed
card-paused = Paused
interval-inherited = As in Settings, { $time }
every-hours = { $count ->
    [one] every hour
   *[other] every { $count } hours
}
every-minutes = every { $count } minutes
understood = Understood as
understood-take = Use this
welcome-question = What are you looking for?
welcome-hint = A reference or words
welcome-try = For example
welcome-markets = Where to look
welcome-demo = The demo market is an imitation that runs on this computer: invented listings with moving prices, to try the app with.
welcome-limit = Up to
welcome-limit-amount = Highest price
welcome-limit-none = any price
welcome-delivered = landed in
welcome-now = What matches now
welcome-done = Start watching
welcome-skip = Skip, look around first
