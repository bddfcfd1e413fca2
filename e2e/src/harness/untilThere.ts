import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that is no success. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The answer of a request; throws `Refused` with its text when it is no success. */
export async function ask(what: string, request: Promise<Response>): Promise<Response> {
  const response = await request;
  if (response.ok) return response;
  throw new Refused(response.status, `${what} answered ${response.status}: ${await response.text()}`);
}

/** The server does not run, or says that it cannot now: later it will. `fetch` throws a TypeError for both. */
const isAway = (error: unknown): boolean =>
  error instanceof Refused ? error.status === 503 : error instanceof TypeError && error.cause !== undefined;

/**
 * Asks again until there is an answer. A server that is away for a moment is waited for; any other failure, such as an
 * answer against its contract, is thrown at once.
 */
export async function untilThere<T>(what: string, timeoutMs: number, probe: () => Promise<T | null>): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) {
    try {
      const answer = await probe();
      if (answer !== null) return answer;
      last = undefined;
    } catch (error) {
      if (!isAway(error)) throw error;
      last = error;
    }
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause: last });
}
