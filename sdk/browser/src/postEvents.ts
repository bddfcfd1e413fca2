import { byteLength, judge, type Verdict } from './delivery.ts';

/** All requests of a page that outlive it may hold 64 KiB together. */
export const lastingBytes = 60_000;
const timeoutMs = 15_000;

/** A request that is given up after a time. */
export async function postWithin(ms: number, url: string, request: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), ms);
  try {
    return await fetch(url, { method: 'POST', signal: abort.signal, ...request });
  } finally {
    clearTimeout(late);
  }
}

export interface Post {
  /** Sends a body; a failure of the network is an order to send it again. */
  send(body: string): Promise<Verdict>;
  /** Bytes that a request may still hold and outlive the page. */
  left(): number;
}

/**
 * Text as text: a browser asks no other site first whether it may send that. Every request that fits outlives its page,
 * so that leaving cuts nothing off.
 */
export function createPost(url: string): Post {
  let used = 0;
  return {
    left: () => lastingBytes - used,
    async send(body) {
      const bytes = byteLength(body);
      const keepalive = used + bytes <= lastingBytes;
      if (keepalive) used += bytes;
      try {
        const answer = await postWithin(timeoutMs, url, { body, credentials: 'include', keepalive });
        return judge(answer.status, answer.headers.get('retry-after'), answer.status < 400 ? '' : await answer.text());
      } catch {
        return { kind: 'again', afterMs: null };
      } finally {
        if (keepalive) used -= bytes;
      }
    },
  };
}
