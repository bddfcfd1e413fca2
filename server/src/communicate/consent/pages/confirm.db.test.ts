import { describe, expect, it } from 'vitest';
import { useConsentPages } from '../../../../test/consentPages.ts';
import { pgQuery } from '../../../platform/index.ts';

const { stores, links, current, shop, addressOf, subject, pathOf, get, post, api, consents, why } = useConsentPages();

const listMessages = pgQuery({
  name: 'test.confirm.listMessages',
  params: { workspace: 'int4', profile: 'int8' },
  row: { id: 'int8', state: 'text', kind: 'text', origin: 'text', variables: 'jsonb' },
  text: `select id, state, kind, origin, variables from communicate.message
         where workspace_id = :workspace and profile_id = :profile order by id`,
});

describe('a double opt-in', () => {
  const identifier = () => `email:${addressOf()}`;
  const askThem = async () => {
    await post(pathOf(links.unsubscribe(subject())));
    stores.clock.advance(60_000);
    const answer = await api('POST', 'consents', {
      identifier: identifier(),
      purpose: 'marketing',
      channel: 'email',
      state: 'pending',
    });
    return answer.json().items[0];
  };
  const linkOf = async (): Promise<string> => {
    const messages = await stores.pg.rows(listMessages, { workspace: shop().id, profile: current.profile });
    const variables = messages.at(-1)?.variables;
    const url =
      typeof variables === 'object' && variables !== null && 'confirm_url' in variables ? variables.confirm_url : '';
    return pathOf(String(url));
  };

  it('allows nothing until the person presses the button, and programs that open links press none', async () => {
    expect(await askThem()).toMatchObject({ state: 'pending', recorded: true, problem: null });
    expect(await why()).toBe('not_confirmed');
    const messages = await stores.pg.rows(listMessages, { workspace: shop().id, profile: current.profile });
    expect(messages).toMatchObject([{ kind: 'transactional', origin: 'consent', state: 'queued' }]);
    const url = await linkOf();
    expect((await get(url)).body).toContain('Oui, je m’inscris');
    expect(await why()).toBe('not_confirmed');
    expect((await post(url)).body).toContain('Inscription confirmée');
    expect(await why()).toBe('granted');
    expect((await post(url)).body).toContain('Inscription confirmée');
    expect((await consents()).ledger.items[0]).toMatchObject({ source: 'double_opt_in', proof: { page: '/m/d' } });
  });

  it('asks once when the form is sent twice', async () => {
    const first = await askThem();
    const again = (
      await api('POST', 'consents', {
        identifier: identifier(),
        purpose: 'marketing',
        channel: 'email',
        state: 'pending',
      })
    ).json();
    expect(again.items[0]).toMatchObject({ id: first.id, recorded: false });
    expect(await stores.pg.rows(listMessages, { workspace: shop().id, profile: current.profile })).toHaveLength(1);
  });

  it('is over once the person refused, and after two weeks', async () => {
    await askThem();
    const url = await linkOf();
    stores.clock.advance(15 * 86_400_000);
    expect((await post(url)).body).toContain('Ce lien a expiré');
    stores.clock.advance(60_000);
    await api('POST', 'consents', {
      identifier: identifier(),
      purpose: 'marketing',
      channel: 'email',
      state: 'denied',
    });
    expect((await post(url)).body).toContain('Cette question a déjà sa réponse');
    expect(await why()).toBe('refused');
  });

  it('does not ask who allows it already', async () => {
    const answer = await api('POST', 'consents', {
      identifier: identifier(),
      purpose: 'marketing',
      channel: 'email',
      state: 'pending',
    });
    expect(answer.json().items[0]).toMatchObject({ state: 'granted', recorded: false });
    expect(await stores.pg.rows(listMessages, { workspace: shop().id, profile: current.profile })).toEqual([]);
  });
});
