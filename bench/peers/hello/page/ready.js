// After the first frame that shows the page: what the bench waits for, in both windows.
requestAnimationFrame(() => requestAnimationFrame(() => { document.title = "ready"; }));
