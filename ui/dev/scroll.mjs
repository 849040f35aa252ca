// node scroll.mjs [rows]: scrolls the long list for 419 frames and counts the late ones (> 25 ms).
import { open } from './harness.mjs';

const rows = Number(process.argv[2] ?? 100000);
const { page, close } = await open();
const shown = await page(1280, 800, `rows=${rows}&theme=light&delay=1`, 'listings');
const result = await shown.evaluate(async () => {
  const list = document.querySelector('.list');
  const gaps = [];
  let before = performance.now();
  for (let frame = 0; frame < 419; frame += 1) {
    list.scrollTop += frame % 60 === 59 ? 40000 : 90;
    await new Promise((next) => requestAnimationFrame(next));
    const at = performance.now();
    gaps.push(at - before);
    before = at;
  }
  gaps.sort((a, b) => a - b);
  const place = (share) => Math.round(gaps[Math.floor(gaps.length * share)] * 10) / 10;
  return { frames: gaps.length, p50: place(0.5), p99: place(0.99), late: gaps.filter((gap) => gap > 25).length, drawn: document.querySelectorAll('.slot').length, problems: 0 };
});
console.log(JSON.stringify({ rows, ...result, problems: shown.problems }));
await close();
