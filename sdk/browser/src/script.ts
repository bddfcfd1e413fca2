import { createVitrail } from './createVitrail.ts';

/**
 * The classic script. It turns the list that the snippet left under `window.vitrail` (or the name in the script's
 * `data-name`) into the client and makes the calls that wait in it, in their order.
 */
const name = document.currentScript?.dataset.name ?? 'vitrail';
const page: Record<string, unknown> = Object(window);
const stub = page[name];
const queue = Array.isArray(stub) ? stub : [];
if (!('loaded' in queue)) {
  const calls: unknown[] = queue.splice(0);
  const client = Object.assign(queue, createVitrail(), { loaded: true });
  page[name] = client;
  for (const call of calls) {
    if (!Array.isArray(call)) continue;
    const [method, ...given] = call;
    const work: unknown = Object(client)[method];
    if (typeof work === 'function') work(...given);
  }
}
