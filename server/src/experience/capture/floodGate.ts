import { Fault } from '../../platform/index.ts';

/** From one address in so long; a household or a small office never sends so many. */
const most = 30;
const windowMs = 10 * 60_000;
/** A page that asks again what its answer brought is no flood, but not free either. */
const repeatCost = 0.1;
/** Addresses held at once: beyond, the oldest are forgotten. */
const mostHeld = 10_000;

/** Counts answers by address of the sender, in this process. Throws `too_many` with the seconds to wait. */
export function createFloodGate(now: () => number = () => performance.now()) {
  const held = new Map<string, { readonly since: number; readonly known: Set<string>; count: number }>();
  return (address: string, messageId: string): void => {
    const at = now();
    const before = held.get(address);
    const isOpen = before !== undefined && at - before.since < windowMs;
    const entry = isOpen ? before : { since: at, known: new Set<string>(), count: 0 };
    entry.count += entry.known.has(messageId) ? repeatCost : 1;
    held.delete(address);
    held.set(address, entry);
    const [oldest] = held.keys();
    if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
    if (entry.count > most)
      throw new Fault('too_many', 'experience.too_many_answers', 'Too many answers from here. Wait a little.', {
        details: { retryAfter: Math.max(1, Math.ceil((entry.since + windowMs - at) / 1_000)) },
      });
    entry.known.add(messageId);
  };
}
