import type { Channel } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { createSmtpProvider, type SmtpDeps } from './email/smtp.ts';
import { readSmtpUrl } from './email/smtpUrl.ts';
import { createLane, type Lane } from './lane.ts';
import type { MessageReferences } from './messageReference.ts';
import type { Dispatched, OutgoingMessage, SendOutcome } from './provider.ts';
import { createProviderHealth } from './providerHealth.ts';
import { createRouting, groupKey, type Sending } from './routing.ts';
import { createRouteSender } from './sendByRoutes.ts';
import type { BuildDeps } from './setup/buildProvider.ts';
import { createDkimKeys } from './setup/dkimKeys.ts';
import type { HookLinks } from './setup/hookLinks.ts';
import { createInbox, createSandbox, type StoredProvider } from './storedProviders.ts';
import { createWarmUpPlaces } from './warmUpPlaces.ts';

export interface DispatcherDeps extends Pick<Deps, 'pg' | 'clock' | 'log'> {
  readonly references: MessageReferences;
  readonly hooks: HookLinks;
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
  /** `VITRAIL_SMTP_URL`: takes e-mail of workspaces that set up no provider for it. */
  readonly smtpUrl?: string | undefined;
  readonly privateWebhooks?: boolean;
  readonly createHttp?: BuildDeps['createHttp'];
}

/** What takes the messages of a channel. */
export type TakenBy = 'providers' | 'server' | 'sandbox' | 'store' | 'nobody';

export interface Dispatcher {
  /**
   * Hands messages over and says what became of each, in the order given. Never throws. A message that was not certainly
   * refused is never handed to a second provider.
   */
  dispatch(messages: readonly OutgoingMessage[]): Promise<readonly Dispatched[]>;
  takenBy(workspace: number, channel: Channel): Promise<TakenBy>;
  /** False when every provider of the channel is switched off. */
  ready(workspace: number, channel: Channel): Promise<boolean>;
  /** What adapters are built with, for trying one out. */
  readonly build: BuildDeps;
  /** Settings of a workspace were changed in this process. */
  forget(workspace: number): void;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

const brakedForMs = 300_000;
const switchedOffForMs = 60_000;

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { references } = deps;
  const dkimKeyOf: SmtpDeps['dkimKeyOf'] = createDkimKeys(deps);
  const build: BuildDeps = {
    clock: deps.clock,
    references,
    dkimKeyOf,
    privateWebhooks: deps.privateWebhooks ?? false,
    ...(deps.createHttp === undefined ? {} : { createHttp: deps.createHttp }),
  };
  const routing = createRouting({ ...deps, build });
  const health = createProviderHealth(deps);
  const sendByRoutes = createRouteSender({ places: createWarmUpPlaces(deps), health });
  const sandbox = createSandbox(deps, references);
  const inbox = createInbox(deps, references);
  const server: Lane | null =
    deps.smtpUrl === undefined
      ? null
      : createLane(createSmtpProvider(readSmtpUrl(deps.smtpUrl), build), (error) =>
          deps.log.error({ err: error }, 'the mail server failed oddly'),
        );

  async function sendStored(group: readonly OutgoingMessage[], store: StoredProvider): Promise<Dispatched[]> {
    const outcomes = await store.sendAll(group).catch((error: unknown) => {
      deps.log.error({ err: error }, `messages could not be stored in the ${store.name}`);
      return [];
    });
    // Storing twice is storing once, so a failure may be tried again.
    const failed: SendOutcome = { kind: 'retry', reason: 'unavailable', detail: 'The message could not be stored.' };
    return group.map(({ id }, index) => ({ id, provider: store.name, outcome: outcomes[index] ?? failed }));
  }

  async function sendGroup(
    group: readonly OutgoingMessage[],
    workspace: number,
    channel: Channel,
  ): Promise<Dispatched[]> {
    const sending = await routing.sendingOf(workspace).catch((error: unknown) => {
      deps.log.error({ err: error, workspace }, 'the settings of channels could not be read');
      return null;
    });
    if (sending === null) return group.map(({ id }) => ({ id, provider: '', outcome: unknownSettings }));
    const braked = sending.braked.has(channel);
    const free = braked ? group.filter(({ kind }) => kind !== 'marketing') : group;
    const sent = free.length === 0 ? [] : await sendFree(free, sending, channel);
    const heldBack = group.filter((message) => !free.includes(message));
    return [...sent, ...heldBack.map(({ id }) => ({ id, provider: '', outcome: brakedOutcome }))];
  }

  async function sendFree(
    group: readonly OutgoingMessage[],
    sending: Sending,
    channel: Channel,
  ): Promise<Dispatched[]> {
    const routes = sending.routes.get(channel);
    if (routes !== undefined && routes.length > 0) return sendByRoutes(group, routes, sending);
    if (routes !== undefined) return group.map(({ id }) => ({ id, provider: '', outcome: switchedOff }));
    if (channel === 'inbox') return sendStored(group, inbox);
    if (channel === 'email' && server !== null)
      return Promise.all(
        group.map(async (message) => ({
          id: message.id,
          provider: server.provider.name,
          outcome: await server.send(message),
        })),
      );
    return sendStored(group, sandbox);
  }

  async function takenBy(workspace: number, channel: Channel): Promise<TakenBy> {
    const routes = (await routing.sendingOf(workspace)).routes.get(channel);
    if (routes !== undefined) return routes.length > 0 ? 'providers' : 'nobody';
    if (channel === 'inbox') return 'store';
    return channel === 'email' && server !== null ? 'server' : 'sandbox';
  }

  return {
    async dispatch(messages) {
      const groups = new Map<string, OutgoingMessage[]>();
      for (const message of messages) {
        const key = groupKey(message.workspace, message.channel);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [message]);
        else group.push(message);
      }
      const ends = await Promise.all(
        [...groups.values()].map((group) => {
          const [first] = group;
          return first === undefined ? [] : sendGroup(group, first.workspace, first.channel);
        }),
      );
      const byId = new Map(ends.flat().map((end) => [end.id, end]));
      return messages.map(({ id }) => byId.get(id) ?? { id, provider: '', outcome: unknownSettings });
    },
    takenBy,
    build,
    ready: async (workspace, channel) => (await takenBy(workspace, channel)) !== 'nobody',
    forget: (workspace) => routing.forget(workspace),
    async stop() {
      await Promise.all([server?.close(), routing.close()]);
      await health.settled();
    },
  };
}

const unknownSettings: SendOutcome = {
  kind: 'held',
  reason: 'provider_down',
  detail: 'The settings of the channel could not be read.',
  afterMs: 5_000,
};
const switchedOff: SendOutcome = {
  kind: 'held',
  reason: 'provider_down',
  detail: 'All providers of the channel are switched off.',
  afterMs: switchedOffForMs,
};
const brakedOutcome: SendOutcome = {
  kind: 'held',
  reason: 'braked',
  detail: 'Marketing on this channel is stopped: too many messages bounced or were complained of.',
  afterMs: brakedForMs,
};
