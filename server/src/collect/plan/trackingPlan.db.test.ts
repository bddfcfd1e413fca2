import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { loadPlan, recordViolations, registerTrackingPlanRoutes } from './index.ts';

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerTrackingPlanRoutes(app, deps) });

const workspace = () => createWorkspace(deps, { scopes: ['data.read', 'plan.write'] });
const call = async (
  { secretKey }: TestWorkspace,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const response = await http.app.inject({
    method,
    url: `/api/v1/tracking-plan${path}`,
    headers: { authorization: `Bearer ${secretKey}` },
    ...(payload && { payload }),
  });
  return { status: response.statusCode, body: response.body === '' ? null : response.json() };
};
const order = { type: 'object', required: ['total'], properties: { total: { type: 'number', minimum: 0 } } };
const orderPath = `/${encodeURIComponent('Order Completed')}`;

describe('the tracking plan', () => {
  it('is kept, replaced, listed and taken away', async () => {
    const made = await workspace();
    const created = await call(made, 'PUT', orderPath, { schema: order, description: 'Paid' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ event: 'Order Completed', mode: 'report', schema: order, violations: 0 });
    expect((await call(made, 'PUT', orderPath, { schema: order, mode: 'block' })).status).toBe(200);
    expect((await call(made, 'GET', '')).body).toMatchObject({
      items: [{ event: 'Order Completed', mode: 'block', description: '' }],
      next: null,
    });
    expect((await call(made, 'DELETE', orderPath)).status).toBe(204);
    expect((await call(made, 'DELETE', orderPath)).body).toMatchObject({
      status: 404,
      code: 'collect.event_not_planned',
    });
    expect((await call(made, 'GET', '')).body.items).toEqual([]);
  });

  it('says why a schema is refused', async () => {
    const made = await workspace();
    const refused = await call(made, 'PUT', '/X', { schema: { $ref: 'https://evil.example/x' } });
    expect(refused.body).toMatchObject({ status: 400, code: 'collect.plan_refused', reason: 'remote_reference' });
    const nul = await call(made, 'PUT', '/X', { schema: { enum: ['\u0000'] } });
    expect(nul.body).toMatchObject({ status: 400, reason: 'malformed' });
  });

  it('reaches the pipeline: allow passes, report tells, block drops, and a change is followed', async () => {
    const made = await workspace();
    const verdict = async () => (await loadPlan(deps.pg, made.id)).check('Order Completed', { total: -1 });
    expect(await verdict()).toEqual({ ok: true });
    const violations = [{ rule: '/total minimum' }];
    await call(made, 'PUT', orderPath, { schema: order });
    expect(await verdict()).toEqual({ ok: false, block: false, violations });
    await call(made, 'PUT', orderPath, { schema: order, mode: 'block' });
    expect(await verdict()).toEqual({ ok: false, block: true, violations });
    await call(made, 'PUT', orderPath, { schema: order, mode: 'allow' });
    expect(await verdict()).toEqual({ ok: true });
    await call(made, 'PUT', orderPath, { schema: {}, mode: 'block' });
    expect(await verdict()).toEqual({ ok: true });
    await call(made, 'DELETE', orderPath);
    expect(await verdict()).toEqual({ ok: true });
  });

  it('stays in memory while nothing changes, and never mixes workspaces', async () => {
    const made = await workspace();
    const other = await workspace();
    await call(made, 'PUT', orderPath, { schema: order, mode: 'block' });
    const plan = await loadPlan(deps.pg, made.id);
    expect(await loadPlan(deps.pg, made.id)).toBe(plan);
    expect((await loadPlan(deps.pg, other.id)).check('Order Completed', {})).toEqual({ ok: true });
    expect((await call(other, 'GET', '')).body.items).toEqual([]);
    expect((await call(other, 'DELETE', orderPath)).status).toBe(404);
  });

  it('counts violations by event and rule, and starts anew with a new schema', async () => {
    const made = await workspace();
    await call(made, 'PUT', orderPath, { schema: order });
    const broken = (rule: string, messageId: string, event = 'Order Completed') => ({ event, rule, messageId });
    await recordViolations(deps.pg, made.id, [
      broken('/total minimum', 'm1'),
      broken('/total minimum', 'm2'),
      broken('/total required', 'm3'),
    ]);
    await recordViolations(deps.pg, made.id, [broken('/total minimum', 'm4'), broken('/x type', 'm5', 'Other')]);
    await recordViolations(deps.pg, made.id, []);
    expect((await call(made, 'GET', '')).body.items).toMatchObject([{ violations: 4 }]);
    const listed = await call(made, 'GET', '/violations?event=Order%20Completed');
    expect(listed.body.items).toMatchObject([
      { rule: '/total minimum', count: 3, lastMessageId: 'm4' },
      { rule: '/total required', count: 1, lastMessageId: 'm3' },
    ]);
    const paged = await call(made, 'GET', '/violations?limit=2');
    const rest = await call(made, 'GET', `/violations?limit=2&cursor=${paged.body.next}`);
    expect(rest.body.items).toMatchObject([{ event: 'Other' }]);

    await call(made, 'PUT', orderPath, { schema: order, mode: 'block' });
    expect((await call(made, 'GET', '')).body.items).toMatchObject([{ violations: 4 }]);
    await call(made, 'PUT', orderPath, { schema: { ...order, required: [] } });
    expect((await call(made, 'GET', '')).body.items).toMatchObject([{ violations: 0 }]);
    expect((await call(made, 'GET', '/violations')).body.items).toMatchObject([{ event: 'Other' }]);
  });

  it('gives its types as TypeScript', async () => {
    const made = await workspace();
    await call(made, 'PUT', orderPath, { schema: order });
    const response = await http.app.inject({
      url: '/api/v1/tracking-plan/types.ts',
      headers: { authorization: `Bearer ${made.secretKey}` },
    });
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toContain('"Order Completed": {\n    total: number;');
  });

  it('proposes a schema from received events', async () => {
    const made = await workspace();
    const rows = Array.from({ length: 30 }, (_, index) =>
      JSON.stringify({
        workspace_id: made.id,
        type: 'track',
        event: 'Order Completed',
        received_at: 1_790_000_000_000 + index,
        timestamp: 1_790_000_000_000,
        message_id: `m${index}`,
        properties: JSON.stringify({ total: index + 0.5, order_id: `O${index}` }),
      }),
    );
    await deps.ch.insert('events', Buffer.from(rows.join('\n')), { token: `plan-${made.id}` });
    const proposal = await call(made, 'POST', '/infer', { event: 'Order Completed' });
    expect(proposal.body).toEqual({
      event: 'Order Completed',
      examples: 30,
      schema: {
        type: 'object',
        properties: { order_id: { type: 'string' }, total: { type: 'number' } },
        required: ['order_id', 'total'],
      },
    });
    expect((await call(made, 'POST', '/infer', { event: 'Unknown' })).body).toMatchObject({ examples: 0 });
  });

  it('is not changed by who may only read it', async () => {
    const reader = await createWorkspace(deps, { scopes: ['data.read'] });
    expect((await call(reader, 'PUT', orderPath, { schema: order })).status).toBe(403);
  });
});
