import { afterEach } from 'vitest';
import {
  createDispatcher,
  createHookLinks,
  createReferences,
  type Dispatcher,
  type OutgoingMessage,
  registerChannelRoutes,
  registerSandboxRoutes,
} from '../../src/communicate/channels/index.ts';
import { createSigner } from '../../src/communicate/consent/signTokens.ts';
import { createWorkspace } from '../builders.ts';
import { useApp } from '../httpApp.ts';
import { useStores } from '../stores.ts';
import { createCompanies } from './companyServer.ts';

const secret = Buffer.alloc(32, 9);
const references = createReferences(secret);
const hooks = createHookLinks(createSigner(secret), 'https://shop.example');
const credentials = Buffer.alloc(32, 4);
export const sendgrid = {
  label: 'SendGrid',
  kind: 'sendgrid',
  settings: { region: 'global', apiKey: 'SG.secret-of-the-shop' },
};
export const brevo = { label: 'Brevo', kind: 'brevo', priority: 20, settings: { apiKey: 'xkeysib' } };

let nextId = 1;
export const mail = (workspace: number, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: nextId++,
  workspace,
  channel: 'email',
  kind: 'marketing',
  to: 'anna@example.com',
  content: {
    kind: 'email',
    from: { name: 'Shop', address: 'a@shop.example' },
    subject: 'Bonjour',
    html: '<p>Bonjour</p>',
    text: 'Bonjour',
    language: 'fr',
  },
  ...more,
});

/** Providers of a workspace, their web interface, and stand-ins for the companies; each test has a dispatcher of its own. */
export function useChannels() {
  const deps = useStores();
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const { createHttp, ...companies } = createCompanies();
  const openDispatcher = (smtpUrl?: string): Dispatcher => {
    const dispatcher = createDispatcher({ ...deps, references, hooks, credentials, createHttp, smtpUrl });
    closers.push(() => dispatcher.stop());
    return dispatcher;
  };
  const current: { dispatcher: Dispatcher | null } = { dispatcher: null };
  const own = (): Dispatcher => {
    if (current.dispatcher === null) throw new Error('the test has no dispatcher');
    return current.dispatcher;
  };
  const opened = useApp(deps, {
    rooms: (rooms) => {
      // One web server for the file, a dispatcher of its own for each test.
      const dispatcher: Dispatcher = {
        dispatch: (messages) => own().dispatch(messages),
        takenBy: (workspace, channel) => own().takenBy(workspace, channel),
        ready: (workspace, channel) => own().ready(workspace, channel),
        forget: (workspace) => own().forget(workspace),
        stop: async () => undefined,
        get build() {
          return own().build;
        },
      };
      const build = { clock: deps.clock, references, dkimKeyOf: async () => null, privateWebhooks: true, createHttp };
      registerChannelRoutes(rooms, { pg: deps.pg, clock: deps.clock, credentials, hooks, dispatcher, build });
      registerSandboxRoutes(rooms, deps);
    },
  });

  async function openShop() {
    const { id: workspace, secretKey } = await createWorkspace(deps, {
      scopes: ['settings.write', 'messages.read', 'personal.read'],
    });
    const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
      const response = await opened.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${secretKey}` },
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: response.statusCode, json: response.body === '' ? null : response.json() };
    };
    return { workspace, call };
  }

  async function openCompany(host: string) {
    const company = await companies.open(host);
    closers.push(company.close);
    return company;
  }
  return { deps, closers, current, own, openDispatcher, openShop, openCompany };
}
