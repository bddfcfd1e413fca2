import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Log } from '../log.ts';

type Handler = (payload: string) => void;

/** One connection that listens to every channel asked for, and comes back by itself when it is lost. */
export interface ChannelListener {
  listen(channel: string, handler: Handler): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export function createChannelListener(connection: ClientConfig, log: Log): ChannelListener {
  const handlers = new Map<string, Set<Handler>>();
  let client: Promise<Client> | null = null;
  let closed = false;

  async function connect(): Promise<Client> {
    const fresh = new Client({ ...connection, application_name: 'vitrail listen', keepAlive: true });
    // The loss itself is seen on 'end'.
    fresh.on('error', (error) => log.debug({ err: error }, 'the listening connection failed'));
    fresh.on('notification', ({ channel, payload }) => {
      for (const handler of handlers.get(channel) ?? []) handler(payload ?? '');
    });
    await fresh.connect();
    fresh.once('end', () => {
      client = null;
      if (!closed && handlers.size > 0) void reconnect();
    });
    try {
      for (const channel of handlers.keys()) await fresh.query(`listen ${quoteName(channel)}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    return fresh;
  }

  async function reconnect(): Promise<void> {
    for (let delay = 100; !closed && client === null && handlers.size > 0; delay = Math.min(delay * 2, 5_000)) {
      await sleep(delay, undefined, { ref: false });
      if (client !== null) return;
      const attempt = connect();
      client = attempt;
      try {
        await attempt;
        return;
      } catch (error) {
        client = null;
        log.debug({ err: error }, 'cannot listen yet');
      }
    }
  }

  async function current(): Promise<Client> {
    client ??= connect();
    try {
      return await client;
    } catch (error) {
      client = null;
      throw error;
    }
  }

  return {
    async listen(channel, handler) {
      const known = handlers.get(channel) ?? new Set();
      known.add(handler);
      handlers.set(channel, known);
      try {
        await (await current()).query(`listen ${quoteName(channel)}`);
      } catch (error) {
        known.delete(handler);
        if (known.size === 0) handlers.delete(channel);
        throw error;
      }
      return async () => {
        known.delete(handler);
        if (known.size > 0 || handlers.get(channel) !== known) return;
        handlers.delete(channel);
        try {
          await (await client)?.query(`unlisten ${quoteName(channel)}`);
        } catch (error) {
          // The connection is lost, and the next one will not listen to this channel.
          log.debug({ err: error }, 'stopped listening on a lost connection');
        }
      };
    },
    async close() {
      closed = true;
      handlers.clear();
      const open = client;
      client = null;
      await (await open?.catch(() => null))?.end();
    },
  };
}
