import type { Channel } from '@vitrail/contracts';
import type { Deps, Json } from '../../platform/index.ts';
import { storableJson, storableText } from '../../platform/index.ts';
import type { MessageReferences } from './messageReference.ts';
import type { OutgoingMessage, SendOutcome } from './provider.ts';
import { storeInboxMessages, storeSandboxMessages } from './sql/storedMessages.pg.ts';

/** A provider that is a table of ours: takes many at once, and the same message twice without harm. */
export interface StoredProvider {
  readonly name: 'sandbox' | 'inbox';
  sendAll(messages: readonly OutgoingMessage[]): Promise<readonly SendOutcome[]>;
}

/** Contents are JSON but for `undefined`, which JSON leaves out. */
const jsonOf = (content: OutgoingMessage['content']): Json => storableJson(JSON.parse(JSON.stringify(content)));

/** Delivers nothing, and keeps every message as the person would have seen it. */
export const createSandbox = (deps: Pick<Deps, 'pg' | 'clock'>, references: MessageReferences): StoredProvider => ({
  name: 'sandbox',
  async sendAll(messages) {
    await deps.pg.run(storeSandboxMessages, {
      workspaces: messages.map(({ workspace }) => workspace),
      messages: messages.map(({ id }) => id),
      channels: messages.map(({ channel }): Channel => channel),
      addresses: messages.map(({ to }) => storableText(to).slice(0, 2_000)),
      contents: messages.map(({ content }) => jsonOf(content)),
      now: deps.clock.now(),
    });
    return messages.map((message) => ({ kind: 'accepted', providerMessageId: references.write(message) }));
  },
});

/** Keeps messages for the pages of the shop. */
export const createInbox = (deps: Pick<Deps, 'pg' | 'clock'>, references: MessageReferences): StoredProvider => ({
  name: 'inbox',
  async sendAll(messages) {
    await deps.pg.run(storeInboxMessages, {
      workspaces: messages.map(({ workspace }) => workspace),
      messages: messages.map(({ id }) => id),
      contents: messages.map(({ content }) => jsonOf(content)),
      now: deps.clock.now(),
    });
    return messages.map((message) => ({ kind: 'accepted', providerMessageId: references.write(message) }));
  },
});
