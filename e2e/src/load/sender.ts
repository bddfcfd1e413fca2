import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';
import type { Call, Shopper } from './shoppers.ts';

/** What a careful client knows about what it sent. */
export interface Ledger {
  /** The door answered 200: must be there, once. */
  readonly acknowledged: Map<string, Call>;
  /** Sent, never answered 200, and given up: may be there, at most once. */
  readonly unsure: Map<string, Call>;
  /** Answers that a door in trouble must never give. */
  readonly wrongAnswers: string[];
}

export interface SenderOptions {
  readonly url: string;
  readonly writeKey: string;
  readonly shoppers: readonly Shopper[];
  readonly random: Random;
  readonly ledger: Ledger;
}

/** A client is a stranger to what happens behind the door: it gives a request this long. */
const patienceMs = 20_000;

async function deliver(options: SenderOptions, calls: readonly Call[]): Promise<number | 'no answer'> {
  const [only] = calls;
  const single = calls.length === 1 && only !== undefined;
  const path = single ? `/v1/${only.body.type}` : '/v1/batch';
  const body = single
    ? { ...only.body, sentAt: new Date().toISOString() }
    : { batch: calls.map((call) => call.body), sentAt: new Date().toISOString() };
  try {
    const response = await fetch(options.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${options.writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    });
    // The status is the promise; what happens to the rest of the answer changes nothing.
    await response.arrayBuffer().catch(() => undefined);
    return response.status;
  } catch {
    return 'no answer';
  }
}

/**
 * Sends one request after the other, as clients do: the same bytes again while there is no answer or the server says
 * that it cannot now, and now and then although it was answered, as after a lost answer. Once in a while it gives up, as
 * a closed tab does. Returns when told to stop, after its last
 * request was answered.
 */
export async function sendUntil(stop: AbortSignal, options: SenderOptions): Promise<void> {
  const { random, ledger } = options;
  while (!stop.aborted) {
    const size = random.chance(0.5) ? 1 : random.chance(0.05) ? random.int(200, 400) : random.int(2, 20);
    const calls = Array.from({ length: size }, () => random.pick(options.shoppers).next());
    await sendOnce(stop, options, calls);
    if (random.chance(0.05)) await sendOnce(stop, options, calls);
    if (ledger.wrongAnswers.length > 100) return;
    await sleep(random.int(2, 25));
  }
}

async function sendOnce(stop: AbortSignal, options: SenderOptions, calls: readonly Call[]): Promise<void> {
  const { random, ledger } = options;
  for (;;) {
    const answer = await deliver(options, calls);
    if (answer === 200) {
      for (const call of calls) ledger.acknowledged.set(call.messageId, call);
      return;
    }
    if (answer !== 'no answer' && answer !== 503 && answer !== 429) {
      ledger.wrongAnswers.push(`${calls.length} calls were answered ${answer}`);
      return;
    }
    // Asked to stop, it still wants the answer to what it has begun; only a closed tab does not.
    if (!stop.aborted && answer === 'no answer' && random.chance(0.005)) {
      for (const call of calls) if (!ledger.acknowledged.has(call.messageId)) ledger.unsure.set(call.messageId, call);
      return;
    }
    await sleep(random.int(20, 200));
  }
}
