# What the system shows outside the window: the tray's menu and tooltip, a site's title.
app-name = Watches.fyi
tray-open = Open
tray-inbox = { $unread ->
    [0] Inbox
   *[other] Inbox ({ $unread })
}
tray-poll-now = Poll now
tray-pause = Pause 1 hour
tray-resume = Resume
tray-quit = Quit
tooltip-unread = { $unread ->
    [one] 1 unread alert
   *[other] { $unread } unread alerts
}
tooltip-needs-you = A source needs you
tooltip-paused = Paused
tooltip-idle = Watching
site-window = { $name }: sign in, then close this window
