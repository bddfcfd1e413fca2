import { setTimeout as wait } from 'node:timers/promises';
import { buildCatalogue } from '../catalogue/catalogue.ts';
import { uuid } from '../export/identifiers.ts';
import { buildPopulation } from '../people/population.ts';
import { exponential } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Crowd, drawVisit, type Visit } from './drawVisit.ts';

export interface VisitorsInput {
  /** The collector: `http://127.0.0.1:4400`. */
  readonly apiHost: string;
  readonly writeKey: string;
  /** Events a second, on average; 3 unless told. */
  readonly ratePerSecond?: number;
  /** Ends the play at once. */
  readonly signal: AbortSignal;
  /** Of the retailer that was generated, so that its customers come back. */
  readonly seed: number;
  /** How many customers that retailer has; 2,000 unless told. */
  readonly customers?: number;
  readonly now?: () => number;
  /** Told once when the collector stops answering as it should, and once when it does again. */
  readonly onChange?: (state: 'away' | 'back') => void;
}

/** How many calls were taken, and how many the collector refused for good. */
export interface VisitorsReport {
  readonly sent: number;
  readonly refused: number;
}

const newcomers = 500;
/** People look at a page for about so long. */
const secondsPerPage = 6;
/** At a higher rate people click faster instead. */
const mostVisits = 60;
const longestPause = 30_000;

/**
 * Visitors come and go until the signal: several visits at a time, each call sent when it happens, over HTTP, as the
 * browser client sends them. While the collector is away nothing is lost or piled up: the call at hand is tried again.
 */
export async function playVisitors(input: VisitorsInput): Promise<VisitorsReport> {
  const { signal, ratePerSecond = 3, customers = 2000, now = Date.now } = input;
  if (!(ratePerSecond > 0)) throw new RangeError('ratePerSecond must be above 0.');
  const crowd: Crowd = {
    population: buildPopulation(input.seed, customers + newcomers),
    known: customers,
    catalogue: buildCatalogue(),
  };
  // Every play is another day: the people are the retailer's, what they do today is new.
  const random = new Random(input.seed, streams.live, Math.floor(now() / 1000));
  const visits: { visit: Visit; next: number }[] = [];
  const places = Math.min(mostVisits, Math.max(1, Math.round(ratePerSecond * secondsPerPage)));
  const sender = new Sender(input, random, now);
  while (!signal.aborted) {
    const place = random.int(places);
    const current = visits[place] ?? { visit: drawVisit(crowd, now(), random), next: 0 };
    const call = current.visit.calls[current.next];
    if (call === undefined) {
      visits[place] = { visit: drawVisit(crowd, now(), random), next: 0 };
      continue;
    }
    visits[place] = { visit: current.visit, next: current.next + 1 };
    await sender.send(current.visit, call);
    await pause((exponential(random) * 1000) / ratePerSecond, signal);
  }
  return { sent: sender.sent, refused: sender.refused };
}

class Sender {
  sent = 0;
  refused = 0;
  private away = false;
  private readonly input: VisitorsInput;
  private readonly random: Random;
  private readonly now: () => number;

  constructor(input: VisitorsInput, random: Random, now: () => number) {
    this.input = input;
    this.random = random;
    this.now = now;
  }

  /** Sends one call, again and again while the collector is away; gives up only at the signal. */
  async send(visit: Visit, call: Readonly<Record<string, unknown>>): Promise<void> {
    const { signal } = this.input;
    const happened = this.now() + visit.skew;
    const messageId = `ajs-next-${happened}-${uuid(this.random)}`;
    for (let attempt = 0; !signal.aborted; attempt++) {
      const sentAt = new Date(this.now() + visit.skew).toISOString();
      const { receivedAt: _, originalTimestamp: __, ...rest } = call;
      const body = {
        ...rest,
        messageId,
        timestamp: new Date(happened).toISOString(),
        sentAt,
        writeKey: this.input.writeKey,
      };
      const answer = await this.post(visit.userAgent, String(call.type), body);
      if (answer === 'taken' || answer === 'refused') {
        if (answer === 'taken') this.sent++;
        else this.refused++;
        this.tell(answer === 'refused');
        return;
      }
      if (signal.aborted) return;
      this.tell(true);
      await pause(Math.min(longestPause, Math.max(answer, 500 * 2 ** Math.min(attempt, 6))), signal);
    }
  }

  /** Taken, refused for good, or how many milliseconds the collector asks to wait at least. */
  private async post(userAgent: string, type: string, body: unknown): Promise<'taken' | 'refused' | number> {
    const { apiHost, writeKey, signal } = this.input;
    try {
      const response = await fetch(`${apiHost}/v1/${type.slice(0, 1)}`, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain',
          authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
          'user-agent': userAgent,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      });
      await response.arrayBuffer();
      if (response.ok) return 'taken';
      if (response.status < 500 && response.status !== 429 && response.status !== 408) return 'refused';
      return Math.max(0, Number(response.headers.get('retry-after') ?? 0) * 1000) || 0;
    } catch (error) {
      // fetch fails with a TypeError when nobody answers, and with the signal's reason when it is cut short.
      if (
        error instanceof TypeError ||
        (error instanceof DOMException && /Abort|Timeout/.test(error.name)) ||
        signal.aborted
      )
        return 0;
      throw error;
    }
  }

  private tell(away: boolean): void {
    if (away === this.away) return;
    this.away = away;
    this.input.onChange?.(away ? 'away' : 'back');
  }
}

/** Sleeps, or wakes at once at the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
