// Serves ui/dist on loopback with the app's content security policy and opens it in Chromium with
// `fake.js` in the app's place. Used by shots.mjs and scroll.mjs; nothing leaves this computer.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const DIST = new URL('../dist/', import.meta.url);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', woff2: 'font/woff2' };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: photo:; connect-src 'self' ipc: http://ipc.localhost";

export async function open() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname.replace(/^\/$/, '/index.html').slice(1);
    try {
      const body = await readFile(new URL(path, DIST));
      response.writeHead(200, { 'content-type': TYPES[path.split('.').pop()] ?? 'text/plain', 'content-security-policy': POLICY }).end(body);
    } catch { response.writeHead(404).end(); }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const fake = await readFile(new URL('fake.js', import.meta.url), 'utf8');
  const page = async (width, height, query, hash) => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', bypassCSP: false });
    const page = await context.newPage();
    page.problems = [];
    page.on('console', (line) => { if (['error', 'warning'].includes(line.type())) page.problems.push(line.text()); });
    page.on('pageerror', (error) => page.problems.push(String(error)));
    await page.addInitScript(fake);
    await page.goto(`${address}?${query}#/${hash}`);
    await page.waitForSelector('.page h1, .welcome', { timeout: 15000 });
    await page.waitForTimeout(350);
    return page;
  };
  return { page, close: async () => { await browser.close(); server.close(); } };
}
