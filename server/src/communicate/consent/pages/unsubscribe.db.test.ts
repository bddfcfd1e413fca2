import { describe, expect, it } from 'vitest';
import { useConsentPages } from '../../../../test/consentPages.ts';
import { pgQuery } from '../../../platform/index.ts';
import { createLinks } from '../linkTokens.ts';

const { stores, links, current, shop, app, subject, pathOf, get, post, consents, why, queue } = useConsentPages();

const listMessages = pgQuery({
  name: 'test.pages.listMessages',
  params: { workspace: 'int4', profile: 'int8' },
  row: { id: 'int8', state: 'text', kind: 'text', origin: 'text', variables: 'jsonb' },
  text: `select id, state, kind, origin, variables from communicate.message
         where workspace_id = :workspace and profile_id = :profile order by id`,
});
const listFeedback = pgQuery({
  name: 'test.pages.listFeedback',
  params: { workspace: 'int4', message: 'int8' },
  row: { kind: 'text' },
  text: `select kind from communicate.feedback where workspace_id = :workspace and message_id = :message`,
});

describe('the unsubscribe page', () => {
  it('asks on GET and changes nothing, whoever opens it and how often', async () => {
    const url = pathOf(links.unsubscribe(subject()));
    for (const agent of ['Mozilla/5.0', 'Barracuda Sentinel', 'GoogleImageProxy']) {
      const answer = await get(url, { 'user-agent': agent, 'accept-language': 'fr' });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('Me désinscrire');
    }
    expect((await app().inject({ method: 'HEAD', url })).statusCode).toBeLessThan(500);
    expect(await why()).toBe('granted');
  });

  it('is sealed: no script, no frame, no store, and no way for names to become markup', async () => {
    const { headers, body } = await get(pathOf(links.unsubscribe(subject())));
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'/,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-language': 'fr',
    });
    expect(body).toContain('Maison &lt;Verre&gt;');
    expect(body).not.toMatch(/<script|<Verre>|<b>Zo/);
  });

  it('unsubscribes by its form, takes queued messages back and tells the timeline', async () => {
    const message = await queue();
    const before = current.rung;
    const answer = await post(pathOf(links.unsubscribe(subject({ message }))));
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Désinscription enregistrée');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(await why()).toBe('refused');
    expect((await stores.pg.rows(listMessages, { workspace: shop().id, profile: current.profile }))[0]?.state).toBe(
      'cancelled',
    );
    expect(await stores.pg.rows(listFeedback, { workspace: shop().id, message })).toEqual([{ kind: 'unsubscribed' }]);
    expect(current.rung).toBe(before + 1);
    expect((await get(pathOf(links.unsubscribe(subject())))).body).toContain('déjà enregistrée');
  });

  it.each([
    ['urlencoded', 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'multipart',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    [
      'from the page of a mail provider',
      'List-Unsubscribe=One-Click',
      { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
    ],
  ])('takes the one click of RFC 8058, %s, without a page or a cookie', async (_, payload, headers) => {
    const answer = await post(pathOf(links.unsubscribe(subject())), payload, headers);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toBe('Unsubscribed');
    expect(await why()).toBe('refused');
    const again = await post(pathOf(links.unsubscribe(subject())), payload, headers);
    expect(again.statusCode).toBe(200);
    expect((await consents()).ledger.items).toHaveLength(2);
  });

  it('answers every token that is not ours alike, and does nothing', async () => {
    const good = pathOf(links.unsubscribe(subject()));
    const token = good.slice('/m/u/'.length);
    const elsewhere = createLinks(Buffer.alloc(32, 10), 'https://shop().example');
    const bad = [
      `/m/u/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `/m/u/${token.slice(0, -4)}`,
      pathOf(elsewhere.unsubscribe(subject())),
      `/m/u/${pathOf(links.preferences(subject())).slice('/m/p/'.length)}`,
      pathOf(links.unsubscribe(subject({ profile: 987_654_321 }))),
      '/m/u/1',
    ];
    const answers = await Promise.all(bad.flatMap((url) => [get(url), post(url, 'List-Unsubscribe=One-Click')]));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await why()).toBe('granted');
  });
});
