import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Figure, figure, table, writeResults } from '../results.ts';

const usage = `npm run bench:flicker -- [--dry]

What a changed headline costs a page at a quarter of the processor's speed, with a server that takes 50 and 150 ms: ours on a
first page and on the next one, against the two usual methods (a script that fetches and applies; hiding the page meanwhile).

  --dry           print only: leave RESULTS.md as it is
`;
const { values } = parseArgs({ options: { dry: { type: 'boolean', default: false }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

const before = 'Nos lampes';
const after = 'Des lampes pour vous';
const rounds = 9;
const scripts = new Map(
  ['vitrail', 'experiences', 'early'].map((name) => [
    `/sdk/${name}.js`,
    readFileSync(createRequire(import.meta.url).resolve(`@vitrail/browser/${name}.js`)),
  ]),
);
/** The usual methods, written out: fetch what is to change, change it; the second has hidden the page until then. */
const applier = `fetch('/api/payload').then((answer) => answer.json()).then(({ selector, value }) => {
  const apply = () => { const found = document.querySelector(selector); if (found) found.textContent = value; window.show?.(); };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', apply); else apply();
});`;
const ours = `<script data-hold="h1">${scripts.get('/sdk/early.js')}</script>
  <script src="/sdk/vitrail.js" async onload="vitrail.load('wk_bench', { host: location.origin, consent: 'not-required' });
    vitrail.consent({ analytics: true, personalisation: true });"></script>
  <script src="/sdk/experiences.js" async data-key="wk_bench" data-host="" data-timeout="2000"></script>`;
const methods = {
  none: '',
  ours: `<script>window.vitrail = window.vitrail || [];</script>${ours}`,
  script: '<script async src="/applier.js"></script>',
  hiding: `<style>.wait body { opacity: 0 !important }</style><script>
    document.documentElement.className = 'wait';
    window.show = () => { document.documentElement.className = ''; };
    setTimeout(show, 4000);</script><script async src="/applier.js"></script>`,
} as const;
type Method = keyof typeof methods;

/** What was on the screen, frame by frame. */
const watch = `window.frames_ = []; window.shift_ = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift_ += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const found = document.querySelector('h1');
    if (found) frames_.push([performance.now(), found.textContent, getComputedStyle(found).visibility === 'visible'
      && getComputedStyle(document.body).opacity !== '0']);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;
const paragraphs = Array.from(
  { length: 60 },
  (_, at) => `<p>Lampe ${at}, en laiton, à poser près d’un fauteuil.</p>`,
).join('');
const html = (method: Method): string => `<!doctype html><html lang="fr"><head><title>Boutique</title>
  <script>${watch}</script>${methods[method]}</head><body><h1>${before}</h1>${paragraphs}</body></html>`;

let delayMs = 0;
const decision = {
  decisions: [
    {
      key: 'headline',
      variant: 'a',
      version: 1,
      trigger: { on: 'load' },
      payload: { kind: 'change', changes: [{ action: 'text', selector: 'h1', value: after }] },
    },
  ],
  ttl: 60,
};
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
  if (pathname === '/') {
    const asked = searchParams.get('method');
    const method = (['none', 'ours', 'script', 'hiding'] as const).find((each) => each === asked) ?? 'none';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html(method));
    return;
  }
  request.resume();
  await pause(delayMs);
  const script = pathname === '/applier.js' ? applier : scripts.get(pathname);
  if (script !== undefined) {
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' }).end(script);
    return;
  }
  const answer = pathname === '/v1/decide' ? decision : { selector: 'h1', value: after, success: true };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const shop = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

interface Seen {
  /** First contentful paint, ms. */
  readonly paint: number;
  /** For how long the headline stood there as the shop wrote it, although another was due. */
  readonly original: number;
  /** Until the headline could be read at all. */
  readonly readable: number;
  readonly shift: number;
}

async function look(page: Page, method: Method): Promise<Seen> {
  await page.goto(`${shop}/?method=${method}`);
  const due = method === 'none' ? before : after;
  await page.waitForFunction(`frames_.some(([, text, visible]) => visible && text === '${due}')`, undefined, {
    timeout: 20_000,
  });
  await page.waitForTimeout(200);
  return page.evaluate<Seen>(`(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const seen = frames_.filter(([, , visible]) => visible);
    const done = seen.find(([, text]) => text === '${due}')[0];
    const wrong = seen.find(([at, text]) => text !== '${due}' && at < done);
    return { paint, original: wrong ? done - Math.max(wrong[0], paint) : 0, readable: seen[0][0], shift: shift_ };
  })()`);
}

const middle = (all: number[]): number => all.sort((one, other) => one - other)[all.length >> 1] ?? 0;
const summary = (all: readonly Seen[]): Seen => ({
  paint: middle(all.map(({ paint }) => paint)),
  original: middle(all.map(({ original }) => original)),
  readable: middle(all.map(({ readable }) => readable)),
  shift: Math.max(...all.map(({ shift }) => shift)),
});

async function measure(browser: Browser, method: Method): Promise<{ first: Seen; next: Seen }> {
  const [first, next]: [Seen[], Seen[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    first.push(await look(page, method));
    next.push(await look(page, method));
    await context.close();
  }
  return { first: summary(first), next: summary(next) };
}

const load = loadavg()[0] ?? 0;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const figures: Figure[] = [];
const names = {
  none: 'no experience',
  ours: 'ours',
  script: 'fetch and apply',
  hiding: 'page hidden meanwhile',
} as const;
for (const delay of [50, 150]) {
  delayMs = delay;
  for (const method of ['none', 'ours', 'script', 'hiding'] as const) {
    const { first, next } = await measure(browser, method);
    const own = method === 'ours';
    for (const [which, seen] of [
      ['first page', first],
      ['next page', next],
    ] as const) {
      const name = (what: string): string => `Flicker, server ${delay} ms, ${names[method]}, ${which}: ${what}`;
      figures.push(figure(load, name('first paint'), seen.paint, 'ms', 'less', null));
      figures.push(figure(load, name('headline can be read'), seen.readable, 'ms', 'less', null));
      if (method === 'none') continue;
      const most = which === 'first page' ? 50 : 0;
      figures.push(figure(load, name('original seen'), seen.original, 'ms', 'less', own ? most : null));
      figures.push(figure(load, name('layout shift'), seen.shift * 1_000, '‰', 'less', own ? 20 : null));
    }
  }
}
await browser.close();
server.close();
process.stdout.write(`${table(figures)}\n`);
if (!values.dry) writeResults(fileURLToPath(new URL('../../RESULTS.md', import.meta.url)), figures);
process.exit(0);
