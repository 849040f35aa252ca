// node shots.mjs [page…]: every page, light and dark, at five sizes (two of them 200 % zoom of a
// small window), with none, few and 100,000 rows, into /tmp/ui-shots; axe-core on each, and a look
// for controls whose words are cut. Ends with 1 if axe finds something serious or words are cut.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { open } from './harness.mjs';

const OUT = process.env.SHOTS ?? '/tmp/ui-shots';
mkdirSync(OUT, { recursive: true });
const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const only = process.argv.slice(2);
const pages = ['watchlist', 'listings', 'inbox', 'sources', 'settings', 'welcome'].filter((name) => !only.length || only.includes(name));
const sizes = process.env.QUICK ? [[1280, 800]] : [[400, 300], [640, 400], [800, 600], [1280, 800], [2560, 1440]];
const { page, close } = await open();
let serious = 0;
let cut = 0;
// Controls that are narrower than their words, by the words themselves.
const findCut = () => {
  const pen = document.createElement('canvas').getContext('2d');
  const short = (node) => {
    const style = getComputedStyle(node);
    pen.font = style.font;
    const room = node.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(node.selectedOptions[0]?.text ?? '').width > room + 1;
  };
  const seen = (node) => node.getClientRects().length > 0;
  const selects = [...document.querySelectorAll('select')].filter((node) => seen(node) && short(node)).map((node) => `select "${node.selectedOptions[0].text}"`);
  const others = [...document.querySelectorAll('button, label, dt, th, .section-title, .form-row')].filter((node) => seen(node) && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline').map((node) => `${node.tagName} "${node.textContent.slice(0, 40)}"`);
  const beyond = [...document.querySelectorAll('.page button, .page select, .page input, .page h1')].filter((node) => seen(node) && (node.getBoundingClientRect().right > innerWidth + 1)).map((node) => `beyond ${node.tagName} "${(node.textContent || node.placeholder || '').slice(0, 40)}"`);
  return [...selects, ...others, ...beyond];
};
for (const name of pages) {
  for (const theme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      for (const rows of process.env.QUICK ? [40] : width === 1280 ? [0, 40, 100000] : [40]) {
        const welcomed = name === 'welcome' ? 0 : 1;
        const shown = await page(width, height, `rows=${rows}&theme=${theme}&welcomed=${welcomed}`, name);
        await shown.screenshot({ path: `${OUT}/${name}-${theme}-${width}-${rows}.png` });
        const short = await shown.evaluate(findCut);
        cut += short.length;
        if (short.length) console.log(`${name} ${theme} ${width}: cut: ${short.slice(0, 6).join(', ')}`);
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
console.log(`axe: ${serious} serious findings, ${cut} controls with cut words`);
process.exit(serious || cut ? 1 : 0);
