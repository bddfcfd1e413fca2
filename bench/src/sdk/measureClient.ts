import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { BrowserClient } from './clients.ts';
import type { Sink } from './sink.ts';

export interface ClientFigures {
  readonly name: string;
  /** Gzipped bytes of the scripts that the first page loads. */
  readonly scriptBytes: number;
  /** Time in scripts until the client can be called, at a quarter of the processor's speed; median. */
  readonly scriptMs: number;
  /** Of 20 calls and leaving at once, how many were delivered; the worst of the rounds. */
  readonly leastOfBurst: number;
  readonly wholeBursts: number;
  /** Of 3 calls made while the door fails, how many came within 5 s of the next page without another call. */
  readonly kept: number;
  /** Until the last of them; null when not all came. */
  readonly keptMs: number | null;
  readonly preflights: number;
}

export const rounds = 10;
const burst = 20;
const outageMs = 4_500;
const patienceMs = 5_000;
/** What is cut off by leaving has come by then, or never will on this page. */
const settleMs = 1_500;

async function open(page: Page, sink: Sink): Promise<void> {
  await page.goto(sink.shop);
  await page.waitForFunction('typeof window.send === "function"', undefined, { timeout: 20_000 });
}

/** Script time of a fresh visitor's first page, from the browser's own account. */
async function measureScript(browser: Browser, sink: Sink): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await devtools.send('Performance.enable');
    await open(page, sink);
    const { metrics } = await devtools.send('Performance.getMetrics');
    times.push((metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000);
    await context.close();
  }
  return times.sort((a, b) => a - b)[2] ?? 0;
}

const came = (sink: Sink, round: number): number =>
  [...sink.accepted].filter((one) => one.startsWith(`mark-${round}-`)).length;

export async function measureClient(browser: Browser, sink: Sink, client: BrowserClient): Promise<ClientFigures> {
  sink.use(client);
  const first = await browser.newContext();
  const firstPage = await first.newPage();
  await open(firstPage, sink);
  await firstPage.waitForLoadState('networkidle');
  const { scriptBytes } = sink;
  await first.close();
  const scriptMs = await measureScript(browser, sink);

  // A visitor of its own for each round: what one page left must not be counted for the next.
  const delivered: number[] = [];
  sink.preflights = 0;
  for (let round = 1; round <= rounds; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await open(page, sink);
    await page.evaluate(
      `for (let i = 0; i < ${burst}; i++) send('mark-${round}-' + i + '-'); location.href = '/elsewhere';`,
    );
    await page.waitForURL('**/elsewhere');
    await pause(settleMs);
    delivered.push(came(sink, round));
    await context.close();
  }
  const { preflights } = sink;

  const context = await browser.newContext();
  const page = await context.newPage();
  await open(page, sink);
  await pause(500);
  sink.failing = true;
  await page.evaluate(`for (let i = 0; i < 3; i++) send('mark-99-' + i + '-');`);
  await pause(outageMs);
  sink.failing = false;
  await page.reload();
  const began = Date.now();
  while (came(sink, 99) < 3 && Date.now() - began < patienceMs) await pause(20);
  const kept = came(sink, 99);
  const keptMs = kept === 3 ? Date.now() - began : null;
  await context.close();
  return {
    name: client.name,
    scriptBytes,
    scriptMs,
    leastOfBurst: Math.min(...delivered),
    wholeBursts: delivered.filter((count) => count === burst).length,
    kept,
    keptMs,
    preflights,
  };
}
