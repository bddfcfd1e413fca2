import { keyScopes, reportPeopleSchema, savedReportSchema, trendSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { openReportShop, randomSample } from '../../../test/reportShop.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { registerReportRoutes } from './routes.ts';

const handOver = pgQuery({
  name: 'test.handOverReports',
  params: { workspace: 'int4', owner: 'text' },
  row: {},
  text: `update decide.report set owner = :owner where workspace_id = :workspace`,
});

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerReportRoutes(app, deps) });
let shop: TestWorkspace;
beforeAll(async () => {
  deps.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(deps, randomSample(9, { from: '2026-03-01', days: 40, people: 30 }));
});

async function send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, key = shop.secretKey) {
  const answer = await http.app.inject({
    method,
    url: `/api/v1/reports/${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(body !== undefined && { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, json: () => answer.json() };
}
const period = { from: '2026-03-10', to: '2026-04-05' };
const steps = [
  { match: { type: 'track', events: ['Product Viewed'] }, label: '=Viewed' },
  { match: { type: 'track', events: ['Product Added'] } },
];
const requests: readonly [string, object][] = [
  ['trend', { metric: { of: 'revenue' } }],
  ['funnel', { steps }],
  ['retention', {}],
  ['attribution', {}],
  ['paths', { start: { type: 'page' } }],
  ['values', {}],
];

describe('the routes of reports', () => {
  it.each(requests)('answer %s with its definition, data time, time zone and currency', async (kind, body) => {
    const { status, json } = await send('POST', kind, { ...period, ...body });
    expect(status).toBe(200);
    expect(json()).toMatchObject({
      ...period,
      definition: expect.stringMatching(/^[a-z.]+$/),
      at: '2026-04-15T10:00:00.000Z',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
    });
  });

  it('answer the dashboard for the last 30 days', async () => {
    const { status, json } = await send('GET', 'dashboard');
    expect(status).toBe(200);
    expect(json()).toMatchObject({ from: '2026-03-17', to: '2026-04-15', before: { from: '2026-02-15' } });
  });

  it.each([...requests.map(([kind, body]) => ['POST', kind, body] as const), ['GET', 'dashboard', undefined] as const])(
    'write %s %s as a table for Excel in French and in English',
    async (method, kind, body) => {
      const french = await send(method, `${kind}?format=csv&locale=fr`, body);
      expect(french.status).toBe(200);
      expect(french.headers['content-type']).toContain('text/csv');
      expect(french.headers['content-disposition']).toContain('.csv"');
      expect(french.text.startsWith('\ufeff')).toBe(true);
      const columns = (text: string, separator: string): number => text.split('\r\n')[0]?.split(separator).length ?? 0;
      const english = await send(method, `${kind}?format=csv`, body);
      expect(english.text.startsWith('\ufeff')).toBe(false);
      expect(columns(french.text, ';')).toBe(columns(english.text, ','));
      expect(columns(french.text, ';')).toBeGreaterThan(2);
    },
  );

  it('take no formula into a table', async () => {
    const { text } = await send('POST', 'funnel?format=csv', { ...period, steps });
    expect(text).toContain('1. =Viewed');
    expect(text).not.toMatch(/[,\n]=/);
  });

  it.each([
    ['trend', {}, 'metric'],
    ['trend', { metric: { of: 'profit' } }, 'metric'],
    ['trend', { metric: { of: 'orders' }, from: 'yesterday' }, 'from'],
    ['trend', { metric: { of: 'orders' }, surprise: 1 }, 'surprise'],
    ['trend', { metric: { of: 'orders' }, groups: 5_000 }, 'groups'],
    ['funnel', { steps: [steps[0]] }, 'steps'],
    ['funnel', { steps: Array.from({ length: 11 }, () => steps[0]) }, 'steps'],
    ['values', { edges: [5, 1] }, 'edges'],
    ['paths', { start: {}, depth: 6 }, 'depth'],
    ['attribution', { lookbackDays: 0 }, 'lookbackDays'],
  ])('refuse a bad %s and name what is wrong', async (kind, body, wrong) => {
    const { status, text } = await send('POST', kind, body);
    expect(status).toBe(400);
    expect(text).toContain(wrong);
  });

  it('refuse texts that would be SQL, by taking them as values', async () => {
    const nasty = "x') or 1=1 --";
    const { status, json } = await send('POST', 'trend', {
      ...period,
      metric: {
        of: 'events',
        match: { events: [nasty], where: [{ property: nasty, test: { type: 'any', op: 'exists' } }] },
      },
      breakdown: { property: "it's {p1:String}" },
      filters: [{ field: 'site', values: [nasty, "\\'"] }],
    });
    expect(status).toBe(200);
    expect(trendSchema.parse(json()).series[0]?.total).toBe(0);
  });

  it('show a workspace nothing of another', async () => {
    const other = await createWorkspace(deps, { scopes: ['analytics.read'] });
    for (const [kind, body] of requests) {
      const { text } = await send('POST', kind, { ...period, ...body }, other.secretKey);
      expect(text).not.toMatch(/"(people|revenue|total|size|starts|buyers)":[1-9]/);
    }
    const { json } = await send(
      'POST',
      'trend',
      { ...period, metric: { of: 'visitors' }, people: {} },
      other.secretKey,
    );
    expect(reportPeopleSchema.parse(json())).toEqual({ count: 0, items: [], next: null });
  });

  it('need the permission to read analytics', async () => {
    const other = await createWorkspace(deps, { scopes: keyScopes.filter((scope) => scope !== 'analytics.read') });
    expect((await send('POST', 'retention', {}, other.secretKey)).status).toBe(403);
    expect((await send('GET', 'dashboard', undefined, other.secretKey)).status).toBe(403);
  });
});

describe('saved reports', () => {
  const trend = { kind: 'trend', request: { metric: { of: 'revenue' }, interval: 'week' } };

  it('are kept, changed and removed by who made them', async () => {
    const created = await send('POST', 'saved', { name: 'Weekly revenue', days: 90, definition: trend });
    expect(created.status).toBe(201);
    const report = savedReportSchema.parse(created.json());
    expect(report).toMatchObject({ name: 'Weekly revenue', kind: 'trend', shared: false, mine: true, days: 90 });
    expect(report.definition).toMatchObject({
      kind: 'trend',
      request: { metric: { of: 'revenue' }, interval: 'week' },
    });
    const changed = await send('PUT', `saved/${report.id}`, {
      name: 'Funnel',
      shared: true,
      definition: { kind: 'funnel', request: { steps } },
    });
    expect(changed.json()).toMatchObject({ id: report.id, name: 'Funnel', kind: 'funnel', shared: true, days: null });
    expect((await send('GET', 'saved')).json()).toMatchObject({ items: [{ id: report.id }], next: null });
    expect((await send('DELETE', `saved/${report.id}`)).status).toBe(204);
    expect((await send('GET', `saved/${report.id}`)).status).toBe(404);
  });

  it('of somebody else are seen when shared, and changed by nobody else', async () => {
    const make = async (shared: boolean) =>
      savedReportSchema.parse((await send('POST', 'saved', { name: 'x', shared, definition: trend })).json()).id;
    const [hidden, shared] = [await make(false), await make(true)];
    await deps.pg.run(handOver, { workspace: shop.id, owner: 'somebody' });
    expect((await send('GET', `saved/${hidden}`)).status).toBe(404);
    expect((await send('GET', `saved/${shared}`)).json()).toMatchObject({ mine: false });
    expect((await send('PUT', `saved/${shared}`, { name: 'y', definition: trend })).json()).toMatchObject({
      code: 'decide.not_your_report',
    });
    expect((await send('DELETE', `saved/${shared}`)).status).toBe(403);
    expect((await send('DELETE', `saved/${hidden}`)).status).toBe(404);
  });

  it('need the permission to keep them', async () => {
    const viewer = await createWorkspace(deps, { scopes: ['analytics.read'] });
    expect((await send('POST', 'saved', { name: 'x', definition: trend }, viewer.secretKey)).status).toBe(403);
    expect((await send('GET', 'saved', undefined, viewer.secretKey)).json()).toEqual({ items: [], next: null });
  });

  it('hold nothing but a request', async () => {
    const { status } = await send('POST', 'saved', {
      name: 'x',
      definition: { kind: 'trend', request: { metric: {} } },
    });
    expect(status).toBe(400);
  });
});
