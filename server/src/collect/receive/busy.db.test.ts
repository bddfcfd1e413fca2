import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { basic, openDoor } from '../../../test/door.ts';
import { openLine } from '../../../test/pgLine.ts';
import { openTestPostgres, useStores } from '../../../test/stores.ts';
import { openPostgres } from '../../platform/index.ts';

const deps = useStores();
const track = (fields: object = {}) => ({ type: 'track', event: 'Product Viewed', anonymousId: 'a1', ...fields });

describe('a browser of another site is told why and for how long', () => {
  const origin = 'https://shop.example';
  const headers = { origin, 'content-type': 'text/plain' };
  const readable = (answer: { headers: Headers }) => {
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  };

  it('when it sends too much, while its question before is still answered', async () => {
    const shop = await createWorkspace(deps);
    const door = await openDoor(deps, { limits: { perTenSeconds: 2 } });
    const send = () => door.post('/v1/t', track(), { ...headers, ...basic(shop.writeKey) });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject({ status: 429, json: { code: 'http.too_many' } });
    readable(refused);
    const asked = await fetch(`${door.url}/v1/t`, { method: 'OPTIONS', headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    await door.close();
  });

  it('when the server stops', async () => {
    const shop = await createWorkspace(deps);
    let asked: Promise<Response> | undefined;
    const door = await openDoor(deps, {
      whenStopping: async (url) => {
        asked = fetch(`${url}/v1/t`, { method: 'POST', headers: { ...headers, ...basic(shop.writeKey) }, body: '{}' });
        await asked;
      },
    });
    await door.close();
    const refused = await asked;
    expect(refused?.status).toBe(503);
    if (refused !== undefined) readable(refused);
  });

  it('but never about the routes of the console', async () => {
    const door = await openDoor(deps, { limits: { perTenSeconds: 0 } });
    const answer = await fetch(`${door.url}/api/v1/me`, { headers: { origin } });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    await door.close();
  });
});

describe('when a request cannot be kept', () => {
  it('because too much waits, the answer is 503 with Retry-After, also for a wrong key', async () => {
    const shop = await createWorkspace(deps);
    const door = await openDoor(deps, { limitEvents: 0 });
    for (const key of [shop.writeKey, 'wk_wrong']) {
      const answer = await door.post('/v1/t', track(), basic(key));
      expect(answer).toMatchObject({ status: 503, json: { code: 'collect.backlog_full' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await door.rows(shop)).toEqual([]);
    await door.close();
  });

  it('because PostgreSQL is gone, the answer is 503, never 401, and the same request is accepted when it is back', async () => {
    const postgres = await openTestPostgres();
    const line = await openLine(postgres.url);
    const pg = await openPostgres({ url: line.url, dataDir: '', log: deps.log, maxConnections: 4 });
    const shop = await createWorkspace({ pg });
    const { ch, jobs, clock, log, filesDir } = deps;
    const door = await openDoor({ pg, ch, jobs, clock, log, filesDir });
    const send = () => door.post('/v1/t', track(), basic(shop.writeKey));

    await line.cut();
    const keyUnknown = await send();
    expect(keyUnknown.status).toBe(503);
    expect(keyUnknown.headers.get('retry-after')).not.toBeNull();
    await line.mend();
    expect((await send()).status).toBe(200);

    await line.cut();
    expect(await send()).toMatchObject({ status: 503, json: { code: 'collect.inbox_unavailable' } });
    await line.mend();
    expect((await send()).status).toBe(200);
    expect(await door.rows(shop)).toHaveLength(2);

    await door.close();
    await pg.close();
    await line.cut();
    await postgres.close();
  });
});
