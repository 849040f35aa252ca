// node shots.mjs [page…]: every page, light and dark, at three sizes, with none, few and 100,000
// rows, into /tmp/ui-shots; axe-core on each. Ends with 1 if axe finds something serious.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { open } from './harness.mjs';

const OUT = process.env.SHOTS ?? '/tmp/ui-shots';
mkdirSync(OUT, { recursive: true });
const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const only = process.argv.slice(2);
const pages = ['watchlist', 'listings', 'inbox', 'sources', 'settings', 'welcome'].filter((name) => !only.length || only.includes(name));
const sizes = process.env.QUICK ? [[1280, 800]] : [[800, 600], [1280, 800], [2560, 1440]];
const { page, close } = await open();
let serious = 0;
for (const name of pages) {
  for (const theme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      for (const rows of process.env.QUICK ? [40] : width === 1280 ? [0, 40, 100000] : [40]) {
        const welcomed = name === 'welcome' ? 0 : 1;
        const shown = await page(width, height, `rows=${rows}&theme=${theme}&welcomed=${welcomed}`, name);
        await shown.screenshot({ path: `${OUT}/${name}-${theme}-${width}-${rows}.png` });
        if (width === 1280) {
          await shown.evaluate(axe);
          const found = await shown.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
          for (const violation of found.violations) {
            const bad = ['serious', 'critical'].includes(violation.impact);
            serious += bad ? 1 : 0;
            console.log(`${name} ${theme} ${rows}: ${violation.impact} ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? node.html.slice(0, 120)}`).join(' | ')}`);
          }
        }
        if (shown.problems.length) console.log(`${name} ${theme} ${width} ${rows}:`, ...new Set(shown.problems));
        await shown.context().close();
      }
    }
  }
}
await close();
console.log(`axe: ${serious} serious findings`);
process.exit(serious ? 1 : 0);
