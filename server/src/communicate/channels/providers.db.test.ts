import { describe, expect, it } from 'vitest';
import { mail, sendgrid, useChannels } from '../../../test/channels/useChannels.ts';
import { pgQuery } from '../../platform/index.ts';

const { deps, current, own, openDispatcher, openShop, openCompany } = useChannels();

const readStoredProviders = pgQuery({
  name: 'test.readStoredProviders',
  params: { workspace: 'int4' },
  row: { row: 'text', credentials: 'bytea', health: 'text' },
  text: `select to_jsonb(provider)::text as row, credentials, health from communicate.provider where workspace_id = :workspace order by id`,
});

describe('providers', () => {
  it('are set up, changed and removed, and never show or store a secret', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const { status, json } = await call('POST', '/api/v1/channels', sendgrid);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      kind: 'sendgrid',
      channel: 'email',
      secretsSet: ['apiKey'],
      settings: { region: 'global' },
    });
    expect(JSON.stringify(json)).not.toContain('SG.secret');
    const [stored] = await deps.pg.rows(readStoredProviders, { workspace });
    expect(stored?.row).not.toContain('SG.secret');
    expect(stored?.credentials.toString('latin1')).not.toContain('SG.secret');
    const company = await openCompany('api.sendgrid.com');
    company.answer({ status: 202 });
    const changed = await call('PUT', `/api/v1/channels/${json.id}`, {
      ...sendgrid,
      label: 'Ours',
      settings: { region: 'global' },
    });
    expect(changed.json).toMatchObject({ label: 'Ours', secretsSet: ['apiKey'] });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({
      provider: 'sendgrid',
      outcome: { kind: 'accepted' },
    });
    expect(company.seen[0]?.text).toContain('SG.secret-of-the-shop');
    expect((await call('DELETE', `/api/v1/channels/${json.id}`)).status).toBe(204);
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({ provider: 'sandbox' });
  });

  it.each([
    ['a missing secret', { ...sendgrid, settings: { region: 'global' } }],
    ['an unknown field', { ...sendgrid, settings: { ...sendgrid.settings, url: 'https://evil.example' } }],
    [
      'a region that is another host',
      { label: 'x', kind: 'ses', settings: { region: 'x.evil.example/', accessKeyId: 'a', secretAccessKey: 'b' } },
    ],
    ['a key that cannot be read', { label: 'x', kind: 'fcm', settings: { serviceAccount: '{}' } }],
  ])('are refused with %s', async (_name, payload) => {
    current.dispatcher = openDispatcher();
    const { call } = await openShop();
    expect((await call('POST', '/api/v1/channels', payload)).status).toBe(400);
  });
});
