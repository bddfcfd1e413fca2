import { expect, it } from 'vitest';
import { createBatchPace } from './batchPace.ts';

/** Small batches that take `busyMs` each, for ten seconds: how many, and the waits between them. */
function run(events: number, busyMs: number) {
  let time = 0;
  const pace = createBatchPace(() => time);
  const rests: number[] = [];
  while (time < 10_000) {
    time += busyMs;
    const rest = pace.restAfter(events);
    rests.push(rest);
    time += rest;
  }
  return rests;
}

it('lets the first small batches follow each other at once, then five a second', () => {
  const rests = run(30, 20);
  expect(rests.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
  expect(rests.length).toBeGreaterThan(55);
  expect(rests.length).toBeLessThan(65);
  expect(Math.max(...rests)).toBeLessThanOrEqual(200);
});

it('lets slow batches and large ones follow each other at once', () => {
  expect(Math.max(...run(30, 250))).toBe(0);
  expect(Math.max(...run(500, 20))).toBe(0);
});

it('has the whole allowance back after three seconds of quiet', () => {
  let time = 0;
  const pace = createBatchPace(() => time);
  for (let batch = 0; batch < 12; batch++) pace.restAfter(1);
  expect(pace.restAfter(1)).toBeGreaterThan(0);
  time += 3_000;
  for (let batch = 0; batch < 10; batch++) expect(pace.restAfter(1)).toBe(0);
  expect(pace.restAfter(1)).toBeGreaterThan(0);
});
