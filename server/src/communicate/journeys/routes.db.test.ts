import type { JourneyDefinitionInput } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { registerJourneyRoutes } from './routes.ts';

describe('the API of journeys', () => {
  const world = useJourneys();
  const opened = useApp(world.deps, { rooms: (app) => registerJourneyRoutes(app, world.journeys.deps) });
  let headers: Record<string, string>;
  beforeAll(async () => {
    headers = await createKeyHeaders(world.deps, world.shop.id, ['messages.read', 'messages.write', 'messages.send']);
  });
  const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await opened.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    return { status: answer.statusCode, json: answer.json() };
  };
  const broken = (nodes: JourneyDefinitionInput['nodes'], start = 'a') => ({
    name: 'Broken',
    definition: { trigger: { kind: 'api' }, start, nodes },
  });

  it('makes, starts, lets in, shows and stops one', async () => {
    const template = await world.template();
    const made = await call('POST', '/api/v1/journeys', { name: 'Carts', definition: cartJourney(template) });
    expect(made).toMatchObject({ status: 201, json: { version: 1 } });
    const at = `/api/v1/journeys/${made.json.id}`;
    expect((await call('POST', `${at}/start`)).json).toEqual({ state: 'live' });
    await world.happens({ type: 'track', userId: 'u1', event: 'Cart Updated', properties: { cart_id: 'k1' } });
    const read = await call('GET', at);
    expect(read).toMatchObject({
      status: 200,
      json: { state: 'live', people: { inside: 1, entered: 1 }, nodes: { wait_hour: { waiting: 1, passed: 0 } } },
    });
    expect(read.json.definition).toMatchObject({
      start: 'wait_hour',
      entry: { key: 'properties.cart_id', holdout: 0 },
    });
    const people = await call('GET', `${at}/nodes/wait_hour/people`);
    expect(people.json.items).toMatchObject([{ key: 'k1' }]);
    const { profile } = people.json.items[0];
    expect((await call('GET', `${at}/profiles/${profile}`)).json.runs).toMatchObject([{ node: 'wait_hour' }]);
    expect((await call('GET', `/api/v1/profiles/${profile}/journeys`)).json.items).toHaveLength(1);
    const imagined = await call('POST', `${at}/dry-run`, { profile, event: { cart_id: 'z' } });
    expect(imagined).toMatchObject({ status: 200, json: { enters: true, ended: 'finished' } });
    await call('POST', `${at}/enter`, { profile, key: 'by-hand' });
    await world.journeys.work();
    expect((await call('GET', at)).json.people.inside).toBe(2);
    expect((await call('PUT', at, { name: 'Carts', definition: cartJourney(template) })).json.version).toBe(2);
    for (const action of ['pause', 'resume', 'drain', 'archive']) {
      expect((await call('POST', `${at}/${action}`)).status).toBe(200);
    }
    expect((await call('GET', '/api/v1/journeys')).json.items).toMatchObject([{ state: 'archived' }]);
    expect((await call('GET', `${at}/versions/1`)).json.version).toBe(1);
    expect((await call('GET', '/api/v1/journeys/ready-made')).json.items).toHaveLength(12);
  });

  it('refuses graphs that do not hold together, and says where', async () => {
    const exit = { kind: 'exit' } as const;
    const loop = (next: string) => ({ kind: 'list', list: '1', change: 'add', next }) as const;
    const said = async (body: object) => {
      const { status, json } = await call('POST', '/api/v1/journeys', body);
      return [status, json.errors?.[0]?.field, json.errors?.[0]?.problem];
    };
    expect(await said(broken({ a: exit }, 'b'))).toEqual([
      400,
      '/definition/start',
      'The journey starts with “b”, and there is no such step.',
    ]);
    expect((await said(broken({ a: loop('gone') }))).slice(0, 2)).toEqual([400, '/definition/nodes/a/next']);
    expect((await said(broken({ a: exit, b: exit }))).slice(0, 2)).toEqual([400, '/definition/nodes/b']);
    expect((await said(broken({ a: loop('b'), b: loop('a') }))).slice(0, 2)).toEqual([400, '/definition/nodes/a']);
    let deep: unknown = { kind: 'all', of: [] };
    for (let level = 0; level < 500; level += 1) deep = { kind: 'not', of: deep };
    const hostile = { trigger: { kind: 'api' }, entry: { audience: deep }, start: 'a', nodes: { a: exit } };
    expect((await said({ name: 'Deep', definition: hostile }))[0]).toBe(400);
  });

  it('knows nothing of the journeys of another shop', async () => {
    expect((await call('GET', '/api/v1/journeys/999999')).status).toBe(404);
    expect((await call('POST', '/api/v1/journeys/999999/start')).status).toBe(404);
  });
});
