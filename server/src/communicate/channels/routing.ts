import type { Channel } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { createLane, type Lane } from './lane.ts';
import type { MessageReferences } from './messageReference.ts';
import { type BuildDeps, buildProvider } from './setup/buildProvider.ts';
import type { HookLinks } from './setup/hookLinks.ts';
import { openProvider, type ProviderRow } from './setup/openProvider.ts';
import { listProviders, readSendingRules } from './sql/providers.pg.ts';
import { readWarmUp, type WarmUp } from './warmUp.ts';

/** A provider of a workspace, ready to take messages. */
export interface Route {
  readonly id: number;
  readonly lane: Lane;
  readonly warmUp: WarmUp | null;
}

/** How a workspace sends at the moment. */
export interface Sending {
  readonly timeZone: string;
  readonly braked: ReadonlySet<string>;
  /** By channel, the first to be tried first; a channel that is not there has no provider set up. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;
}

export interface RoutingDeps extends Pick<Deps, 'pg' | 'log'> {
  readonly build: BuildDeps;
  readonly references: MessageReferences;
  readonly credentials: Buffer;
  readonly hooks: HookLinks;
}

/** A change of settings, a pulled brake and a released one are heard of within this time. */
const freshMs = 2_000;

/** Keeps the providers of every workspace open, and follows their settings. */
export function createRouting(deps: RoutingDeps) {
  const known = new Map<number, { readAt: number; sending: Promise<Sending> }>();
  const open = new Map<string, { version: number; route: Route | null }>();

  function routeOf(workspace: number, row: ProviderRow): Route | null {
    const key = `${workspace}/${row.id}`;
    const version = row.updated_at.getTime();
    const kept = open.get(key);
    if (kept?.version === version) return kept.route;
    closeSoon(kept?.route);
    let route: Route | null = null;
    try {
      const { kind, settings, secrets } = openProvider(deps.credentials, workspace, row);
      const limits = { perSecond: row.per_second, concurrency: row.concurrency };
      const hookUrl = deps.hooks.write(kind, { workspace, provider: row.id });
      const provider = buildProvider({ kind, fields: { ...settings, ...secrets }, limits, hookUrl }, deps.build);
      const lane = createLane(provider, (error) =>
        deps.log.error({ err: error, workspace }, 'a provider failed oddly'),
      );
      route = { id: row.id, lane, warmUp: readWarmUp(row.warm_up) };
    } catch (error) {
      deps.log.error({ err: error, workspace, provider: row.id }, 'a provider cannot be used as it is set up');
    }
    open.set(key, { version, route });
    return route;
  }
  const closeSoon = (route: Route | null | undefined): void => {
    route?.lane.close().catch((error: unknown) => deps.log.warn({ err: error }, 'a provider did not close'));
  };

  async function read(workspace: number): Promise<Sending> {
    const [rows, rules] = await Promise.all([
      deps.pg.rows(listProviders, { workspace }),
      deps.pg.row(readSendingRules, { workspace }),
    ]);
    const routes = new Map<string, Route[]>();
    for (const row of rows) {
      const list = routes.get(row.channel) ?? [];
      routes.set(row.channel, list);
      const route = row.enabled ? routeOf(workspace, row) : null;
      if (route !== null) list.push(route);
    }
    const present = new Set(rows.filter(({ enabled }) => enabled).map(({ id }) => `${workspace}/${id}`));
    for (const [key, { route }] of open)
      if (key.startsWith(`${workspace}/`) && !present.has(key)) {
        closeSoon(route);
        open.delete(key);
      }
    return { timeZone: rules?.time_zone ?? 'UTC', braked: new Set(rules?.braked), routes };
  }

  return {
    /** Throws when the database cannot be asked. */
    sendingOf(workspace: number): Promise<Sending> {
      const now = performance.now();
      const kept = known.get(workspace);
      if (kept !== undefined && now - kept.readAt < freshMs) return kept.sending;
      const sending = read(workspace);
      known.set(workspace, { readAt: now, sending });
      sending.catch(() => known.delete(workspace));
      return sending;
    },
    /** Settings were changed in this process: the next message follows them. */
    forget: (workspace: number): void => {
      known.delete(workspace);
    },
    async close(): Promise<void> {
      await Promise.all([...open.values()].map(({ route }) => route?.lane.close()));
      open.clear();
      known.clear();
    },
  };
}

/** Channels as messages carry them; grouped by workspace, since settings are a workspace's. */
export const groupKey = (workspace: number, channel: Channel): string => `${workspace}/${channel}`;
