import { describe, expect, it } from 'vitest';
import { brevo, mail, sendgrid, useChannels } from '../../../test/channels/useChannels.ts';
import { poll } from '../../../test/poll.ts';
import { pgQuery } from '../../platform/index.ts';

const { deps, current, own, openDispatcher, openShop, openCompany } = useChannels();

const readStoredProviders = pgQuery({
  name: 'test.failures.readStoredProviders',
  params: { workspace: 'int4' },
  row: { row: 'text', credentials: 'bytea', health: 'text' },
  text: `select to_jsonb(provider)::text as row, credentials, health from communicate.provider where workspace_id = :workspace order by id`,
});

describe('providers that fail', () => {
  it('pass on to the next what they certainly did not take, and nothing else', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const first = await openCompany('api.sendgrid.com');
    const second = await openCompany('api.brevo.com');
    second.answer({ status: 201, body: '{"messageId":"b1"}' });
    await call('POST', '/api/v1/channels', sendgrid);
    await call('POST', '/api/v1/channels', brevo);
    first.answer({ status: 503 });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({
      provider: 'brevo',
      outcome: { kind: 'accepted' },
    });
    first.answer('hang up');
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({
      provider: 'sendgrid',
      outcome: { kind: 'uncertain' },
    });
    first.answer({ status: 400, body: '{"errors":[{"field":"personalizations.0.to.0.email"}]}' });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({
      provider: 'sendgrid',
      outcome: { kind: 'rejected' },
    });
    expect(second.seen).toHaveLength(1);
  });

  it('again and again are left alone, and tried by one message at a time until they are back', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const company = await openCompany('api.sendgrid.com');
    await call('POST', '/api/v1/channels', sendgrid);
    company.answer({ status: 500 });
    for (let count = 0; count < 5; count++) await own().dispatch([mail(workspace)]);
    const [held] = await own().dispatch([mail(workspace)]);
    expect(held).toMatchObject({ outcome: { kind: 'held', reason: 'provider_down' } });
    expect(company.seen).toHaveLength(5);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    company.answer({ status: 202 });
    const results = await own().dispatch([mail(workspace), mail(workspace), mail(workspace)]);
    expect(results.filter(({ outcome }) => outcome.kind === 'accepted')).toHaveLength(1);
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({ outcome: { kind: 'accepted' } });
    await own().stop();
    expect((await deps.pg.rows(readStoredProviders, { workspace }))[0]?.health).toBe('ok');
  });

  it('for wrong credentials are not asked again for every message', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const company = await openCompany('api.sendgrid.com');
    await call('POST', '/api/v1/channels', sendgrid);
    company.answer({ status: 401, body: '{}' });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({
      outcome: { kind: 'retry', reason: 'credentials' },
    });
    expect((await own().dispatch([mail(workspace)]))[0]).toMatchObject({ outcome: { kind: 'held' } });
    expect(company.seen).toHaveLength(1);
    // Noted beside the sending.
    await poll('the health', async () => {
      const { json } = await call('GET', '/api/v1/channels');
      return json.providers[0]?.health === 'credentials';
    });
  });
});
