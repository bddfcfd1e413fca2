import { afterEach, describe, expect, it } from 'vitest';
import { type Company, companies, messageTo } from '../../../test/channels/companies.ts';
import { type Behaviour, type CompanyServer, openCompanyServer } from '../../../test/channels/companyServer.ts';
import { createHttpClient } from './http/callHttp.ts';
import { createLane } from './lane.ts';
import { createReferences } from './messageReference.ts';
import type { Provider, SendOutcome } from './provider.ts';
import { createApnsProvider } from './push/apns.ts';
import { buildProvider } from './setup/buildProvider.ts';

const references = createReferences(Buffer.alloc(32, 3));
const clock = { now: () => new Date() };
const limits = { perSecond: 10_000, concurrency: 10 };
/** Long for a loaded machine; short where nothing is to be heard at all. */
const [patienceMs, impatienceMs] = [10_000, 300];
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The adapter as it is built for a workspace, talking to our stand-in wherever it believes to talk. */
function openAdapter(company: Company, server: CompanyServer, timeoutMs: number): Provider {
  const deps = { clock, references, dkimKeyOf: async () => null, privateWebhooks: true };
  const { fields, kind } = company;
  if (kind === 'apns') {
    const field = (name: string): string => fields[name] ?? '';
    return createApnsProvider(
      {
        origin: server.origin,
        teamId: field('teamId'),
        keyId: field('keyId'),
        bundleId: field('bundleId'),
        privateKey: field('privateKey'),
      },
      limits,
      { ...deps, timeoutMs },
    );
  }
  const createHttp: typeof createHttpClient = (options) => {
    const http = createHttpClient({ ...options, timeoutMs, publicOnly: false });
    const redirect = (url: string): string => {
      const { pathname, search } = new URL(url);
      return `${server.origin}${pathname}${search}`;
    };
    return { call: (request) => http.call({ ...request, url: redirect(request.url) }), close: http.close };
  };
  const hookUrl = 'https://shop.example/m/hooks/x/y';
  return buildProvider({ kind, fields, limits, hookUrl }, { ...deps, createHttp });
}

async function open(company: Company, timeoutMs = patienceMs) {
  const server = await openCompanyServer(company.kind === 'apns' ? 'http2' : 'http');
  const provider = openAdapter(company, server, timeoutMs);
  closers.push(
    () => server.close(),
    () => provider.close(),
  );
  return { server, provider };
}

const idIs = (id: string | RegExp) => (typeof id === 'string' ? id : expect.stringMatching(id));

/** One table for everybody: what an answer must become, whoever gives it. */
const cases: readonly (readonly [
  string,
  (company: Company) => Behaviour,
  (company: Company) => Partial<SendOutcome>,
])[] = [
  [
    'takes the message',
    ({ accepted }) => accepted,
    ({ accepted }) => ({ kind: 'accepted', providerMessageId: idIs(accepted.id) }),
  ],
  [
    'does not know the address',
    ({ invalidAddress }) => invalidAddress,
    ({ kind }) =>
      kind === 'slack' ? { kind: 'retry', reason: 'credentials' } : { kind: 'rejected', reason: 'invalid_address' },
  ],
  ['does not know us', ({ badCredentials }) => badCredentials, () => ({ kind: 'retry', reason: 'credentials' })],
  [
    'asks for a pause of 7 seconds',
    () => ({ status: 429, headers: { 'retry-after': '7' }, body: '{}' }),
    () => ({ kind: 'retry', reason: 'rate_limited', afterMs: 7_000 }),
  ],
  ['has an error of its own', () => ({ status: 500, body: '{}' }), () => ({ kind: 'retry', reason: 'unavailable' })],
  ['is being looked after', () => ({ status: 503, body: '<html>' }), () => ({ kind: 'retry', reason: 'unavailable' })],
  ['is lost behind its gateway', () => ({ status: 504, body: '<html>' }), () => ({ kind: 'uncertain' })],
  ['hangs up with the message in hand', () => 'hang up', () => ({ kind: 'uncertain' })],
  ['falls silent with the message in hand', () => 'say nothing', () => ({ kind: 'uncertain' })],
  [
    'refuses what it is sent',
    () => ({ status: 400, body: '{"message":"no"}' }),
    () => ({ kind: 'rejected', reason: 'refused' }),
  ],
];

for (const company of companies)
  describe(`${company.kind}`, () => {
    it('writes the message as the company wants it, with our name of it', async () => {
      const { server, provider } = await open(company);
      server.answer(company.accepted);
      await provider.send(messageTo(company));
      const [request] = server.seen;
      expect(request?.path).toMatch(company.path);
      for (const text of company.sends) expect(request?.text).toMatch(text);
      // Encrypted, or a talk with nobody: there it cannot stand.
      const reference = references.write({ workspace: 7, id: 42 });
      if (company.kind !== 'vapid' && company.kind !== 'slack' && company.kind !== 'ovh')
        expect(request?.text).toContain(reference);
    });

    for (const [title, behaviour, expected] of cases)
      it(title, async () => {
        const what = behaviour(company);
        const { server, provider } = await open(company, what === 'say nothing' ? impatienceMs : patienceMs);
        server.answer(what);
        expect(await provider.send(messageTo(company))).toMatchObject(expected(company));
        expect(server.seen).toHaveLength(1);
      });

    it('takes its time, and is waited for', async () => {
      const { server, provider } = await open(company);
      server.answer(company.accepted, 250);
      expect(await provider.send(messageTo(company))).toMatchObject({ kind: 'accepted' });
    });

    it('is not there: nothing was sent, so it may be sent again', async () => {
      const { server, provider } = await open(company);
      await server.close();
      expect(await provider.send(messageTo(company))).toMatchObject({ kind: 'retry', reason: 'unavailable' });
    });

    it('is not asked to send what it cannot carry', async () => {
      const { server, provider } = await open(company);
      const content =
        company.content.kind === 'push'
          ? ({ kind: 'text', body: 'x' } as const)
          : ({ kind: 'push', title: 'x', body: 'x' } as const);
      expect(await provider.send(messageTo(company, { content }))).toMatchObject({
        kind: 'rejected',
        reason: 'refused',
      });
      expect(server.seen).toHaveLength(0);
    });

    describe('over time', () => {
      /** The lane of the provider, with a clock that stands until it is moved. */
      async function openLane() {
        const { server, provider } = await open(company);
        let now = 1_000_000;
        const lane = createLane(
          provider,
          (error) => {
            throw error;
          },
          () => now,
        );
        const send = async (): Promise<string> => {
          const outcome = await lane.send(messageTo(company));
          return outcome.kind === 'held' ? `held ${outcome.reason}` : outcome.kind;
        };
        return { server, send, wait: (ms: number) => (now += ms) };
      }

      it('keeps the pause it asked for, and goes on afterwards', async () => {
        const { server, send, wait } = await openLane();
        server.answer({ status: 429, headers: { 'retry-after': '7' }, body: '{}' });
        expect(await send()).toBe('retry');
        server.answer(company.accepted);
        wait(6_900);
        expect(await send()).toBe('held paced');
        expect(server.seen).toHaveLength(1);
        wait(200);
        expect(await send()).toBe('accepted');
      });

      it('is left alone when it fails again and again, and tried by one message when its time has come', async () => {
        const { server, send, wait } = await openLane();
        server.answer({ status: 500, body: '{}' });
        for (let count = 0; count < 5; count++) {
          expect(await send()).toBe('retry');
          wait(100);
        }
        expect(await send()).toBe('held provider_down');
        wait(2_100);
        // Still down: one message finds out, and the pause is longer than the first.
        expect(await send()).toBe('retry');
        wait(2_100);
        expect(await send()).toBe('held provider_down');
        expect(server.seen).toHaveLength(6);
        wait(2_100);
        server.answer(company.accepted);
        expect((await Promise.all([send(), send(), send()])).toSorted()).toEqual([
          'accepted',
          'held provider_down',
          'held provider_down',
        ]);
        expect(await send()).toBe('accepted');
      });

      it('is not asked again for a minute after it refused our credentials', async () => {
        const { server, send, wait } = await openLane();
        server.answer(company.badCredentials);
        expect(await send()).toBe('retry');
        server.answer(company.accepted);
        wait(59_000);
        expect(await send()).toBe('held provider_down');
        expect(server.seen).toHaveLength(1);
        wait(1_100);
        expect(await send()).toBe('accepted');
      });
    });
  });
