import { describe, expect, it } from 'vitest';
import { mail, sendgrid, useChannels } from '../../../test/channels/useChannels.ts';
import { pgQuery } from '../../platform/index.ts';

const { deps, current, own, openDispatcher, openShop, openCompany } = useChannels();

const insertBrake = pgQuery({
  name: 'test.insertBrake',
  params: { workspace: 'int4' },
  row: {},
  text: `insert into communicate.brake (workspace_id, channel, reason, counts, pulled_at)
         values (:workspace, 'email', 'bounces', '{}', now())`,
});

describe('limits of providers', () => {
  it('all switched off, hold messages back', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    await call('POST', '/api/v1/channels', { ...sendgrid, enabled: false });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({ outcome: { kind: 'held' } });
    expect(await own().ready(workspace, 'email')).toBe(false);
  });

  it('of messages a second are kept, and they give back what would wait too long', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const company = await openCompany('api.sendgrid.com');
    company.answer({ status: 202 });
    await call('POST', '/api/v1/channels', { ...sendgrid, perSecond: 10 });
    const started = performance.now();
    const results = await own().dispatch(Array.from({ length: 80 }, () => mail(workspace)));
    const accepted = results.filter(({ outcome }) => outcome.kind === 'accepted').length;
    const seconds = (performance.now() - started) / 1_000;
    expect(accepted / seconds).toBeLessThan(13);
    expect(accepted).toBeGreaterThan(30);
    for (const { outcome } of results)
      if (outcome.kind !== 'accepted') expect(outcome).toMatchObject({ kind: 'held', reason: 'paced' });
    expect(company.seen).toHaveLength(accepted);
  });

  it('while warming up: a share of marketing a day, and all that people wait for', async () => {
    current.dispatcher = openDispatcher();
    deps.clock.set('2026-11-21T10:00:00Z');
    const { workspace, call } = await openShop();
    const company = await openCompany('api.sendgrid.com');
    company.answer({ status: 202 });
    await call('POST', '/api/v1/channels', {
      ...sendgrid,
      warmUp: { startedOn: '2026-11-21', perDay: 10, growthPercent: 50 },
    });
    const send = async (count: number, kind: 'marketing' | 'transactional' = 'marketing') => {
      const results = await own().dispatch(Array.from({ length: count }, () => mail(workspace, { kind })));
      return results.filter(({ outcome }) => outcome.kind === 'accepted').length;
    };
    expect(await send(7)).toBe(7);
    expect(await send(7)).toBe(3);
    expect(await send(5, 'transactional')).toBe(5);
    expect((await call('GET', '/api/v1/channels')).json.providers[0].today).toEqual({ sent: 10, allowed: 10 });
    deps.clock.set('2026-11-22T10:00:00Z');
    expect(await send(20)).toBe(15);
    company.answer({ status: 400, body: '{}' });
    deps.clock.set('2026-11-23T10:00:00Z');
    await send(5);
    expect((await call('GET', '/api/v1/channels')).json.providers[0].today).toEqual({ sent: 0, allowed: 22 });
  });

  it('while the brake is pulled: no marketing', async () => {
    current.dispatcher = openDispatcher();
    const { workspace } = await openShop();
    await deps.pg.run(insertBrake, { workspace });
    const results = await own().dispatch([mail(workspace), mail(workspace, { kind: 'transactional' })]);
    expect(results).toMatchObject([{ outcome: { kind: 'held', reason: 'braked' } }, { outcome: { kind: 'accepted' } }]);
  });

  it('do not hold for a test, which is a real message', async () => {
    current.dispatcher = openDispatcher();
    const { call } = await openShop();
    const company = await openCompany('api.sendgrid.com');
    const { json } = await call('POST', '/api/v1/channels', sendgrid);
    company.answer({ status: 202 });
    expect((await call('POST', `/api/v1/channels/${json.id}/test`, { to: 'it@shop.example' })).json).toEqual({
      outcome: 'ok',
      detail: '',
    });
    company.answer({ status: 401 });
    expect((await call('POST', `/api/v1/channels/${json.id}/test`, { to: 'it@shop.example' })).json).toMatchObject({
      outcome: 'credentials',
    });
    const other = await openShop();
    expect((await other.call('POST', `/api/v1/channels/${json.id}/test`, { to: 'it@shop.example' })).status).toBe(404);
  });
});
