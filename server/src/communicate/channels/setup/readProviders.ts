import { type ChannelList, channels, type Provider, providerHealthSchema, providerKinds } from '@vitrail/contracts';
import { listProviders, readSendingRules, readWarmUpDays } from '../sql/providers.pg.ts';
import { allowedOn, dayIn, readWarmUp } from '../warmUp.ts';
import { getRow, type SetUpDeps } from './changeProviders.ts';
import { openProvider, type ProviderRow } from './openProvider.ts';

interface Today {
  readonly day: string;
  readonly sent: ReadonlyMap<number, number>;
}

async function readToday(deps: SetUpDeps, workspace: number): Promise<Today> {
  const rules = await deps.pg.row(readSendingRules, { workspace });
  const day = dayIn(rules?.time_zone ?? 'UTC', deps.clock.now());
  const rows = await deps.pg.rows(readWarmUpDays, { workspace, day });
  return { day, sent: new Map(rows.map(({ provider_id, sent }) => [provider_id, sent])) };
}

/** As it is shown: without its secrets. */
function show(deps: SetUpDeps, workspace: number, row: ProviderRow, { day, sent }: Today): Provider {
  const { kind, settings, secrets } = openProvider(deps.credentials, workspace, row);
  const warmUp = readWarmUp(row.warm_up);
  const { channel, hooks } = providerKinds[kind];
  return {
    id: String(row.id),
    label: row.label,
    kind,
    channel,
    settings: { ...settings },
    secretsSet: Object.keys(secrets),
    priority: row.priority,
    perSecond: row.per_second,
    concurrency: row.concurrency,
    warmUp,
    today: warmUp === null ? null : { sent: sent.get(row.id) ?? 0, allowed: allowedOn(warmUp, day) },
    enabled: row.enabled,
    health: providerHealthSchema.safeParse(row.health).data ?? 'untried',
    healthDetail: row.health_detail,
    healthAt: row.health_at?.toISOString() ?? null,
    hookUrl: hooks ? deps.hooks.write(kind, { workspace, provider: row.id }) : null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function getProvider(deps: SetUpDeps, workspace: number, id: number): Promise<Provider> {
  return show(deps, workspace, await getRow(deps.pg, workspace, id), await readToday(deps, workspace));
}

/** Every channel with what takes its messages at present, and all providers. */
export async function listChannels(deps: SetUpDeps, workspace: number): Promise<ChannelList> {
  const rows = await deps.pg.rows(listProviders, { workspace });
  const today = await readToday(deps, workspace);
  const states = channels.map(async (channel) => ({
    channel,
    takenBy: await deps.dispatcher.takenBy(workspace, channel),
  }));
  return {
    channels: await Promise.all(states),
    providers: rows.map((row) => show(deps, workspace, row, today)),
    mailHookUrl: deps.hooks.write('mail', { workspace, provider: 0 }),
  };
}
