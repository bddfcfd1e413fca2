import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApi, withQuery } from './client.ts';
import { ApiError, isLasting, problemOf, retryAfterOf } from './problem.ts';

const now = new Date('2026-11-21T10:00:00Z');

/** A client whose server always answers the same; remembers what was asked. */
function apiAnswering(answer: () => Response | Promise<never>) {
  const asked: Request[] = [];
  let signedOut = 0;
  const api = createApi({
    fetch: async (input, init) => {
      asked.push(new Request(new URL(String(input), 'http://vitrail.test'), init));
      return answer();
    },
    now: () => now,
    workspace: () => 7,
    onSignedOut: () => {
      signedOut++;
    },
  });
  return { api, asked, signedOut: () => signedOut };
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('a call that succeeds', () => {
  it('says which workspace it is for and that it comes from the console', async () => {
    const { api, asked } = apiAnswering(() => json(200, { count: 3 }));
    const answer = await api.get('/api/v1/stats', z.object({ count: z.number() }), { query: { q: 'a b', empty: '' } });
    expect(answer).toEqual({ count: 3 });
    expect(asked[0]?.headers.get('x-vitrail-workspace')).toBe('7');
    expect(asked[0]?.headers.get('x-vitrail-request')).toBe('console');
    expect(asked[0]?.url).toBe('http://vitrail.test/api/v1/stats?q=a+b');
  });

  it('accepts an empty answer where nothing is expected', async () => {
    const { api } = apiAnswering(() => new Response(null, { status: 204 }));
    await expect(api.send('DELETE', '/api/v1/keys/1', z.null())).resolves.toBeNull();
  });
});

describe('a call that fails', () => {
  it('carries the code, the words and the details of the problem', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'govern.name_taken',
      detail: 'Taken.',
      name: 'Shop',
    };
    const { api } = apiAnswering(() => json(409, problem));
    const error = await failure(api.get('/x', z.unknown()));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 409,
      code: 'govern.name_taken',
      message: 'Taken.',
      details: { name: 'Shop' },
    });
  });

  it('tells the shell when the session is over', async () => {
    const { api, signedOut } = apiAnswering(() => json(401, { code: 'govern.signed_out', detail: 'Sign in.' }));
    await failure(api.get('/x', z.unknown()));
    expect(signedOut()).toBe(1);
  });

  it('says how long to wait', async () => {
    const { api } = apiAnswering(() => json(503, { code: 'platform.busy' }, { 'retry-after': '5' }));
    expect(await failure(api.get('/x', z.unknown()))).toMatchObject({ status: 503, retryAfter: 5 });
  });

  it('names an answer it cannot read by the field that is wrong', async () => {
    const { api } = apiAnswering(() => json(200, { items: [{ id: 1 }] }));
    const error = await failure(api.get('/x', z.object({ items: z.array(z.object({ id: z.string() })) })));
    expect(error).toMatchObject({ code: 'console.unreadable', details: { at: 'items.0.id' } });
  });

  it('keeps its code when the body is no JSON, as from a proxy', async () => {
    const { api } = apiAnswering(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(await failure(api.get('/x', z.unknown()))).toMatchObject({ status: 502, code: 'http.502' });
  });

  it('is offline when no answer came, and still an abort when it was cancelled', async () => {
    const gone = apiAnswering(() => Promise.reject(new TypeError('fetch failed')));
    expect(await failure(gone.api.get('/x', z.unknown()))).toMatchObject({ status: 0, code: 'console.offline' });
    const cancelled = apiAnswering(() => Promise.reject(new DOMException('aborted', 'AbortError')));
    expect(await failure(cancelled.api.get('/x', z.unknown()))).toMatchObject({ name: 'AbortError' });
  });
});

describe('the small parts', () => {
  it('reads Retry-After as seconds or as a date', () => {
    expect(retryAfterOf('12', now)).toBe(12);
    expect(retryAfterOf('Sat, 21 Nov 2026 10:00:30 GMT', now)).toBe(30);
    expect(retryAfterOf('soon', now)).toBeNull();
    expect(retryAfterOf(null, now)).toBeNull();
  });

  it('repeats only what may pass later', () => {
    expect([400, 403, 404, 409].every((status) => isLasting(problemOf(status, {}, null)))).toBe(true);
    expect(isLasting(new ApiError(200, 'console.unreadable', ''))).toBe(true);
    expect([0, 408, 429, 500, 503].some((status) => isLasting(problemOf(status, {}, null)))).toBe(false);
  });

  it('leaves empty values out of the address', () => {
    expect(withQuery('/p', { a: 1, b: undefined, c: null, d: '', e: false })).toBe('/p?a=1&e=false');
  });
});
