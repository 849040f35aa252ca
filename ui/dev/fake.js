// A stand-in for the app, put into the page before it starts: answers every command with invented
// listings. `?rows=0|40|100000&theme=dark&hard=1&welcomed=0&alerts=1200&short=1&muted=1` choose what is shown. No real seller,
// listing or photo is in it.
(() => {
  const wanted = new URLSearchParams(location.search);
  const ROWS = Number(wanted.get('rows') ?? 40);
  const HARD = wanted.get('hard') === '1';
  const ALERTS = Number(wanted.get('alerts') ?? 14);
  const SHORT = wanted.get('short') === '1';
  const now = Date.now();
  const at = (hoursAgo) => Math.round((now - hoursAgo * 3600e3) * 1000);
  const uuid = (n) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  const watches = [
    ['Rolex Submariner Date 126610LN', 'Rolex Submariner Date 41mm 126610LN 2023 Full Set UNWORN LC100', 11250, 2023],
    ['Omega Speedmaster Professional 310.30.42.50.01.002', 'Omega Speedmaster Moonwatch Sapphire Sandwich – Box & Papers', 6890, 2022],
    ['Tudor Black Bay 58 79030N', 'Tudor Black Bay Fifty-Eight 39mm schwarz, sehr guter Zustand', 2740, 2021],
    ['Cartier Santos WSSA0018', 'Cartier Santos de Cartier Large, quickswitch, service 2025', 6150, 2020],
    ['Grand Seiko Snowflake SBGA211', 'Grand Seiko Spring Drive Snowflake titanium 41mm', 4390, 2019],
    ['IWC Mark XX IW328201', 'IWC Pilot Mark XX black dial on bracelet', 4980, 2023],
    ['Nomos Tangente 38 164', 'NOMOS Glashütte Tangente 38 mit Originalverpackung und Garantiekarte', 1320, 2018],
    ['Jaeger-LeCoultre Reverso Q3858520', 'Jaeger LeCoultre Reverso Classic Medium Thin', 5640, 2017],
  ];
  const hue = ['#31475e', '#2b2d2f', '#38342e', '#e6e2da', '#dfe4e6', '#23282c', '#efece4', '#cfc6b6'];
  const photo = (n) => {
    const dark = [0, 1, 2, 5].includes(n % 8);
    const ink = dark ? '#e9e6df' : '#2a2a2a';
    const marks = Array.from({ length: 12 }, (_, i) => `<rect x='99' y='34' width='3' height='${i % 3 ? 9 : 15}' fill='${ink}' transform='rotate(${i * 30} 100 100)'/>`).join('');
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 200'><rect width='200' height='200' fill='${['#cdc8be', '#b9b4ab', '#d9d4ca', '#aaa79f'][n % 4]}'/><rect x='78' y='0' width='44' height='200' fill='#84817b'/><circle cx='100' cy='100' r='76' fill='#9a978f'/><circle cx='100' cy='100' r='70' fill='${hue[n % 8]}'/>${marks}<path d='M100 100L72 82M100 100L142 74' stroke='${ink}' stroke-width='5' stroke-linecap='round'/><circle cx='100' cy='100' r='4' fill='${ink}'/></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  };
  const money = (whole, currency = 'EUR') => ({ minor: currency === 'JPY' ? whole : Math.round(whole * 100), currency });
  const sources = [['chrono24', 'Chrono24'], ['ebay', 'eBay'], ['dealer:uhren-mueller.example', 'Uhren Müller'], ['demo-ebay', 'Demo eBay']];
  const sets = ['full_set', 'box_only', 'papers_only', 'watch_only', null];
  const conditions = ['very_good', 'unworn', 'good', 'new', 'fair', null];
  const row = (n) => {
    const [name, title, base, year] = watches[n % 8];
    const long = HARD && n % 5 === 1;
    const price = HARD && n % 7 === 3 ? money(128000000, 'JPY') : HARD && n % 9 === 4 ? null : money(Math.round(base * (0.92 + ((n * 37) % 23) / 100)) + (n % 6 === 5 ? 0.5 : 0));
    const moved = n % 3 === 0 && price ? { ...price, minor: Math.round(price.minor * (n % 2 ? 0.96 : 1.064)) } : price;
    const spark = price ? Array.from({ length: 10 }, (_, i) => Math.round(moved.minor + (price.minor - moved.minor) * Math.floor(i / 3) / 3)) : [];
    const [source, source_name] = sources[n % 4];
    return {
      id: uuid(n + 1), name, source, source_name, price, first_price: moved,
      title: long ? 'RAR Donaudampfschifffahrtsgesellschaftskapitänsuhr '.repeat(3) + title : title,
      landed: price && n % 4 !== 3 ? { ...price, minor: Math.round(price.minor * 1.021) } : null,
      year: n % 7 === 6 ? null : year, condition: conditions[n % 6], set: sets[n % 5],
      kind: n % 6 === 1 ? 'auction' : 'fixed', state: n % 17 === 9 ? 'sold' : 'active', ends_at: n % 6 === 1 ? at(-(2 + n % 40)) : null,
      country: ['DE', 'US', 'JP', 'CH'][n % 4], photo: n % 8 === 7 || (HARD && n % 2) ? null : photo(n),
      first_seen: at(3 + n * 1.7), last_seen: at(0.4), matches: n % 4 === 0, dismissed: false, spark,
    };
  };
  const rule = { id: uuid(9001), text: 'when ref_family = "126610" and landed <= 11000 EUR then toast', enabled: true, muted_until: wanted.get('muted') === '1' ? at(-100) : null };
  const trace = (ok) => [
    { text: 'ref_family = "126610"', span: [5, 26], outcome: 'match', actual: '126610' },
    { text: 'landed <= 11000 EUR', span: [31, 50], outcome: ok ? 'match' : 'no_match', actual: ok ? '10,842.50 EUR' : '11,486 EUR' },
  ];
  const list = (n, name, query, rules, best, paused = false) => ({
    id: uuid(8000 + n), name, query, sources: [], rules, interval_minutes: null, paused, created_at: at(900), listings: 40 - n * 9, matching: rules.length ? 5 - n : 0,
    best, last_polled: at(0.4), next_poll: at(-0.2),
  });
  const lists = ROWS === 0 ? [] : [
    list(0, 'Submariner Date', 'rolex 126610', [rule, { id: uuid(9002), text: 'when price drops by 5% vs first_seen and set has "papers" then toast urgency high cooldown 24h', enabled: true, muted_until: null }], row(0)),
    list(1, 'Speedmaster, sapphire', 'omega 310.30.42.50.01.002', [{ id: uuid(9003), text: 'when brand = "Omega" and landed <= 6500 EUR then toast', enabled: true, muted_until: null }], row(1)),
    list(2, 'Black Bay 58', 'tudor 79030', [{ id: uuid(9004), text: 'when ref = "79030N" and (year > 2019 or set has "papers") then toast', enabled: true, muted_until: null }], row(2)),
    list(3, 'Anything by Nomos', 'nomos glashütte', [], row(6), true),
  ];
  const landed = { goods: money(10450), premium: money(0), shipping: money(65), insurance: money(0), duty: money(0), vat: money(327.5), broker: money(0), payment: money(0), total: money(10842.5), notes: ['Shipping as stated by the seller.', 'Rates of 1 November 2026, exchange rate of 20 November 2026. An estimate.'] };
  const history = (r) => {
    const last = r.price?.minor ?? 1000000, currency = r.price?.currency ?? 'EUR';
    const seen = (hours, factor, state = 'active') => ({ at: at(hours), kind: 'ask', price: { minor: Math.round(last * factor / 100) * 100, currency }, shipping: null, state });
    if (SHORT) return [seen(20, 1.02), seen(7, 1), seen(0.4, 1, r.state)];
    return [seen(2100, 1.09), seen(1900, 1.09), seen(1500, 1.064), seen(980, 1.064), seen(700, 1.03), seen(520, 1.045), seen(300, 1.03), seen(60, 1.0), seen(0.4, 1.0, r.state)];
  };
  const detail = (id) => {
    const r = row(parseInt(id.slice(-12), 16) - 1);
    return {
      row: r, url: 'https://market.example/1', condition_text: 'Sehr gut', set_text: 'Mit Box und Papieren', seller: 'uhren-mueller', seller_rating: 99.4, location: 'Hamburg, Germany',
      description: 'Offered is a watch from my own collection, worn rarely and always kept in the safe.\nAll links are there. Last serviced in 2024 with a receipt.\nNo trades, please.',
      landed: r.price?.currency === 'EUR' ? landed : null, history: r.price ? history(r) : [], unobserved: [[at(1380), at(1110)], [at(470), at(400)]],
      verdicts: [
        { watchlist: uuid(8000), watchlist_name: 'Submariner Date', rule_text: rule.text, verdict: { rule: rule.id, outcome: 'match', trace: trace(true) }, limit: r.price?.currency === 'EUR' ? { ...r.price, minor: Math.round(r.price.minor * 1.02 / 10000) * 10000 } : null },
        { watchlist: uuid(8001), watchlist_name: 'Speedmaster, sapphire', rule_text: 'when brand = "Omega" and landed <= 6500 EUR then toast', verdict: { rule: uuid(9003), outcome: 'no_match', trace: [{ text: 'brand = "Omega"', span: [5, 20], outcome: 'no_match', actual: 'Rolex' }, { text: 'landed <= 6500 EUR', span: [25, 43], outcome: 'undecided', actual: null }] }, limit: null },
      ],
      identified_by: ['Reference 126610LN in the title, known to the catalogue', 'Brand and reference agree'], confidence: 0.97, warnings: HARD ? ['The page names two years, 2021 and 2023; neither was taken.'] : [],
    };
  };
  const reasons = ['Down 6 % to €10,450, lowest in 90 days, €157 under your limit landed', 'New: €6,890 asked, €390 over the median of 14 like it', 'The auction ends in 12 minutes at €2,310, with 7 bids', 'Sold for €6,150 after 41 days', 'Down 4 % to €4,390, second cut this month'];
  const alerts = Array.from({ length: ROWS === 0 ? 0 : ALERTS }, (_, n) => ({
    id: uuid(7000 + n), at: at(0.6 + n * 9), rule: rule.id, rule_text: rule.text, watchlist: uuid(8000), watchlist_name: 'Submariner Date', headline: row(n).name, reason: reasons[n % 5],
    urgency: n === 2 ? 'critical' : n === 4 ? 'high' : 'normal', old_price: row(n).first_price, new_price: row(n).price, trace: trace(true), listing: row(n), read: n > 2, archived: false, snoozed_until: null, delivery: n % 3 ? 'sent' : 'suppressed',
  }));
  const quarantine = [
    ['Neues Aussehen für Ihren Suchauftrag', 'Chrono24 <info@chrono24.com>', 'no address in it is a listing of Chrono24: an unknown template'],
    ['Your order is confirmed', 'eBay <ebay@ebay.com>', 'its subject speaks of an order, not of a search'],
  ].map(([subject, sender, why], n) => ({ id: uuid(9500 + n), source: 'mail:max@imap.example.org/INBOX', source_name: 'Mail of max', sender, subject, sent_at: at(3 + n), taken_at: at(2), why, bytes: 41_000, kept: n === 0, deleted: false }));
  const source = (key, name, kind, address, state, more = {}) => ({ key, name, kind, address, enabled: true, demo: key.startsWith('demo'), state, last_poll: at(0.4), last_success: at(0.4), next_poll: at(-0.3), daily_budget: 400, used_today: 127, ways: { taken: 'http', chosen: null, preferred: 'http', there: ['http', 'webview'] }, listings: 412, fill: [{ field: 'price', now: 0.99, median: 0.99 }, { field: 'reference', now: 0.82, median: 0.84 }, { field: 'condition', now: 0.31, median: 0.9 }, { field: 'photo', now: 1, median: 1 }], ...more });
  const allSources = [
    source('chrono24', 'Chrono24', 'market', 'https://www.chrono24.com', { state: 'needs_you', since: at(5), url: 'https://www.chrono24.com', reason: 'a page asks whether you are a person.' }),
    source('ebay', 'eBay', 'market', 'https://www.ebay.com', { state: 'ok' }, { listings: 903 }),
    source('dealer:uhren-mueller.example', 'Uhren Müller', 'dealer', 'https://uhren-mueller.example/uhren', { state: 'degraded', since: at(30), reason: 'Condition is missing on most listings since yesterday.' }, { used_today: 14, daily_budget: 100, listings: 38 }),
    source('demo-ebay', 'Demo eBay', 'market', 'http://127.0.0.1:4401', { state: 'ok' }, { listings: 120 }),
    source('demo-chrono24', 'Demo Chrono24', 'market', 'http://127.0.0.1:4402', { state: 'waiting', until: at(-0.5), reason: 'The host asked for patience.' }, { listings: 160 }),
    source('mail:max@imap.example.org/INBOX', 'Mail of max', 'mail', 'imaps://imap.example.org/INBOX', { state: 'needs_you', since: at(2), url: '', reason: 'the mail server refuses user name or password: Authentication failed.' }, { daily_budget: 0, used_today: 0, listings: 0, fill: [] }),
    source('file', 'Saved pages', 'file', '', { state: 'idle' }, { last_poll: null, last_success: null, next_poll: null, listings: 3, fill: [] }),
  ];
  let settings = { currency: 'EUR', country: 'DE', interval_minutes: 60, quiet_hours: { from: 1320, to: 420, zone: '' }, appearance: wanted.get('theme') ?? 'light', locale: '', autostart: true, close_to_tray: true, welcomed: wanted.get('welcomed') !== '0', page_quota_mb: 256, window_memory: '' };
  const callbacks = new Map();
  const emit = (kind, body) => callbacks.get(window.__watchesHandler)?.({ event: 'watches', id: 1, payload: body === undefined ? { kind } : { kind, body } });
  window.__emit = emit;
  const dismissed = new Set();
  const total = (f) => f.text === 'zzz' ? 0 : f.matching_only ? Math.ceil(ROWS / 4) : ROWS;
  const answers = {
    list_listings: ({ filter, offset, limit }) => ({ total: total(filter), rows: Array.from({ length: Math.max(0, Math.min(limit, total(filter) - offset)) }, (_, i) => row(offset + i)).map((r) => ({ ...r, dismissed: dismissed.has(r.id) })) }),
    get_listing: ({ id }) => detail(id),
    dismiss_listing: ({ id, dismissed: d }) => { if (d) dismissed.add(id); else dismissed.delete(id); setTimeout(() => emit('listings_changed')); return null; },
    open_listing: () => null,
    import_mail: () => ({ source_name: 'Chrono24', added: 3, updated: 0, listings: [uuid(3)], warnings: [] }),
    remember_window: () => null,
    list_quarantine: () => quarantine.filter((mail) => !mail.deleted),
    delete_quarantined: ({ id, deleted }) => { quarantine.find((mail) => mail.id === id).deleted = deleted; setTimeout(() => emit('sources_changed')); return null; },
    reread_mail: () => ({ read: 0, left: 1, listings: 0 }),
    test_mail_source: ({ password }) => { if (password === 'wrong') throw { code: 'needs_you', message: 'the mail server refuses user name or password: Authentication failed.' }; return { messages: 214 }; },
    add_mail_source: ({ place }) => { const s = source(`mail:${place.path ?? place.host}`, 'Mail', 'mail', place.path ?? place.host, { state: 'idle' }, { fill: [] }); allSources.push(s); setTimeout(() => emit('sources_changed')); return s; },
    set_mail_password: () => null, restore_mail_source: () => null,
    import_page: () => ({ source_name: 'Saved pages', added: 2, updated: 1, listings: [uuid(3)], warnings: [] }),
    list_watchlists: () => lists,
    save_watchlist: (s) => { const saved = { ...(lists.find((l) => l.id === s.id) ?? list(lists.length, s.name, s.query, [], null)), ...s, id: s.id ?? uuid(8000 + lists.length), rules: s.rules.map((r, i) => ({ id: r.id ?? uuid(9100 + i), muted_until: null, ...r, id: r.id ?? uuid(9100 + i) })) }; const i = lists.findIndex((l) => l.id === saved.id); if (i < 0) lists.push(saved); else lists[i] = saved; setTimeout(() => emit('watchlists_changed')); return saved; },
    delete_watchlist: ({ id }) => { const i = lists.findIndex((l) => l.id === id); window.__gone = lists.splice(i, 1)[0]; setTimeout(() => emit('watchlists_changed')); return null; },
    restore_watchlist: () => { lists.push(window.__gone); setTimeout(() => emit('watchlists_changed')); return null; },
    preview_rule: ({ text }) => { const bad = text.match(/(<=|>=|<|>) *\d+ (then|and)/); return bad ? { problem: { at: bad.index + 3, message: 'An amount needs a currency, such as 8500 EUR.' }, matching: 0, undecided: 0, considered: 0, rows: [], per_week: 0 } : { problem: null, matching: ROWS ? 5 : 0, undecided: 2, considered: ROWS, rows: ROWS ? [0, 8, 16, 24].map(row) : [], per_week: 1.4 }; },
    identify_wanted: ({ text }) => ({ brand: 'Rolex', family: 'Submariner', reference: '126610LN', reference_base: '126610', name: text.length > 2 ? 'Rolex Submariner Date 126610LN' : '', query: 'rolex 126610ln', suggested_rule: 'when ref = "126610LN" then toast', suggestions: ['Rolex Submariner Date 126610LV', 'Rolex Submariner 124060'] }),
    complete_rule_value: ({ field, prefix }) => ({ ref: ['126610LN', '126610LV', '79030N'], brand: ['Rolex', 'Omega', 'Tudor'] }[field] ?? []).filter((w) => w.toLowerCase().startsWith(prefix.toLowerCase())),
    list_alerts: ({ filter, offset, limit }) => {
      const kept = alerts.filter((a) => filter === 'archived' ? a.archived : filter === 'snoozed' ? a.snoozed_until : !a.archived && !a.snoozed_until && (filter !== 'unread' || !a.read));
      return { total: kept.length, unread: alerts.filter((a) => !a.read).length, rows: kept.slice(offset, offset + Math.min(limit, 500)) };
    },
    mark_alerts: ({ ids, mark }) => { for (const a of alerts) if (ids.includes(a.id)) { if (mark === 'read') a.read = true; else if (mark === 'unread') a.read = false; else if (mark === 'archived') a.archived = true; else if (mark === 'unarchived') a.archived = false; else if (mark === 'woken') a.snoozed_until = null; else a.snoozed_until = mark.snoozed_until; } setTimeout(() => emit('alerts_changed')); return null; },
    mute_rule: ({ rule: id, until }) => { for (const l of lists) for (const r of l.rules) if (r.id === id) r.muted_until = until; setTimeout(() => emit('watchlists_changed')); return null; },
    list_sources: () => allSources,
    change_source: (c) => { const s = allSources.find((x) => x.key === c.key); if (c.enabled !== null) s.enabled = c.enabled; if (c.daily_budget !== null) s.daily_budget = c.daily_budget; setTimeout(() => emit('sources_changed')); return null; },
    add_dealer: ({ url, name }) => { const s = source(`dealer:${new URL(url).host}`, name ?? new URL(url).host, 'dealer', url, { state: 'idle' }); allSources.push(s); setTimeout(() => emit('sources_changed')); return s; },
    remove_source: ({ key }) => { allSources.splice(allSources.findIndex((s) => s.key === key), 1); setTimeout(() => emit('sources_changed')); return null; }, resolve_needs_you: () => null, set_ebay_keys: () => null,
    read_page: ({ url, points }) => {
      const priced = points.some((p) => p.field === 'price');
      const line = (kind, ...pieces) => ({ kind, pieces: pieces.map(([node, text, price = false]) => ({ node, text, price })) });
      const title = { field: 'title', text: HARD ? 'RAR Donaudampfschifffahrtsgesellschaftskapitänsuhr '.repeat(3) : 'Rolex GMT-Master II 16710', how: { how: 'guess' } };
      return {
        url, host: 'keller.example', price: priced ? money(9500) : null, trouble: wanted.get('lost') ? 'another price stands beside it now: € 8,900' : null, readable: priced, source: null, cut: true,
        fields: [title, ...(priced ? [{ field: 'price', text: '€ 9,500', how: { how: 'pointed', marks: 6 } }] : []), { field: 'seller', text: 'Uhren Keller', how: { how: 'stated' } }, { field: 'image', text: 'https://keller.example/1.jpg', how: { how: 'stated' } }],
        outline: [line('text', [1, 'Free shipping over € 500', true]), line('heading', [2, 'Rolex GMT-Master II 16710']), line('text', [3, 'Full set with box and papers from 1999, serviced in 2024 by a watchmaker who knows what he does and says so on two pages of a letter that comes with the watch.']), line('item', [4, 'Asking price']), line('item', [5, '€ 9,500', true], [6, 'incl. VAT']), line('item', [7, 'Shipping']), line('item', [8, '€ 45', true]), line('image', [9, 'The dial from the front']), ...Array.from({ length: 40 }, (_, i) => line('text', [20 + i, `Line ${i} of what the page says below.`]))],
      };
    },
    follow_page: () => ({ source: allSources[1], listing: null, known: false }), take_back_page: () => null,
    get_settings: () => settings,
    save_settings: ({ settings: s }) => { settings = s; setTimeout(() => emit('settings_changed')); return null; },
    get_data_folder: () => ({ path: '/home/ada/.local/share/fyi.watches.app', bytes: 48200000, backups: [{ path: 'a', at: at(20), bytes: 47100000 }, { path: 'b', at: at(300), bytes: 31000000 }] }),
    open_data_folder: () => null, back_up_now: () => ({ path: 'c', at: at(0), bytes: 48200000 }), restore_backup: () => null,
    poll_now: () => new Promise((done) => { let n = 0; const step = setInterval(() => { n += 1; emit('poll_progressed', { done: n, total: 8, source_name: sources[n % 4][1] }); if (n === 8) { clearInterval(step); const report = { pages: 8, listings: 231, new: 4, changed: 9, alerts: 1, problems: [], cancelled: false }; emit('poll_finished', report); done(report); } }, 300); }),
    cancel_poll: () => null, pause_polling: () => null,
    get_status: () => ({ unread: alerts.filter((a) => !a.read && !a.archived).length, needs_you: allSources.filter((s) => s.state.state === 'needs_you').length, polling: null, paused_until: null, next_poll: at(-0.2), last_poll: at(0.4), watchlists: lists.length, listings: ROWS }),
  };
  let serial = 0;
  window.__calls = {};
  window.__TAURI_INTERNALS__ = {
    transformCallback(callback) { serial += 1; callbacks.set(serial, callback); return serial; },
    async invoke(name, { args, handler } = {}) {
      window.__calls[name] = (window.__calls[name] ?? 0) + 1;
      if (name === 'plugin:event|listen') { window.__watchesHandler = handler; return 1; }
      await new Promise((r) => setTimeout(r, Number(wanted.get('delay') ?? 2)));
      if (wanted.get('fail') === name) throw { code: 'offline', message: 'no network' };
      const answer = answers[name];
      if (!answer) throw { code: 'bad_request', message: `no command ${name}` };
      return answer(args);
    },
  };
})();
