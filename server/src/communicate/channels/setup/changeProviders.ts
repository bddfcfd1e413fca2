import { type ProviderKindName, type providerInputSchema, providerKinds } from '@vitrail/contracts';
import type { z } from 'zod';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Deps, Fault, type Pg } from '../../../platform/index.ts';
import type { Dispatcher } from '../dispatcher.ts';
import { deleteProvider, findProvider, insertProvider, updateProvider } from '../sql/providers.pg.ts';
import { type BuildDeps, buildProvider } from './buildProvider.ts';
import type { HookLinks } from './hookLinks.ts';
import { boundTo, openProvider, type ProviderRow } from './openProvider.ts';
import { readFields } from './readFields.ts';
import { seal } from './sealCredentials.ts';

export interface SetUpDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly credentials: Buffer;
  readonly dispatcher: Dispatcher;
  readonly hooks: HookLinks;
  readonly build: BuildDeps;
}
export interface By {
  readonly workspace: number;
  readonly actor: Actor;
}
type Input = z.output<typeof providerInputSchema>;

export const noProvider = (): Fault =>
  new Fault('not_found', 'communicate.no_provider', 'There is no such provider in this workspace.');

export async function getRow(pg: Pg, workspace: number, id: number): Promise<ProviderRow> {
  const row = await pg.row(findProvider, { workspace, id });
  if (row === null) throw noProvider();
  return row;
}

type Fields = Readonly<Record<string, string>>;

/** Built once and thrown away: a key that cannot be read shows now, and not at the first message. */
async function tryOut(deps: SetUpDeps, kind: ProviderKindName, fields: Fields): Promise<void> {
  try {
    await buildProvider({ kind, fields, limits: providerKinds[kind].limits, hookUrl: null }, deps.build).close();
  } catch (error) {
    const title = providerKinds[kind].title;
    throw new Fault('invalid', 'communicate.provider_unusable', `${title} cannot be used with these settings.`, {
      cause: error,
    });
  }
}

async function prepare(deps: SetUpDeps, workspace: number, input: Input, kept: Fields) {
  const { settings, secrets } = readFields(input.kind, input.settings, kept);
  await tryOut(deps, input.kind, { ...settings, ...secrets });
  const usual = providerKinds[input.kind].limits;
  return {
    workspace,
    label: input.label,
    settings,
    credentials: seal(deps.credentials, boundTo(workspace, input.kind), JSON.stringify(secrets)),
    priority: input.priority,
    perSecond: input.perSecond ?? usual.perSecond,
    concurrency: input.concurrency ?? usual.concurrency,
    warmUp: input.warmUp,
    enabled: input.enabled,
    now: deps.clock.now(),
  };
}

const audit = (tx: Pg, deps: SetUpDeps, { workspace, actor }: By, action: string, id: number, kind: string) =>
  recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `provider ${id}`, details: { kind } });

export async function createProvider(deps: SetUpDeps, by: By, input: Input): Promise<number> {
  const values = await prepare(deps, by.workspace, input, {});
  const id = await deps.pg.transaction(async (tx) => {
    const { channel } = providerKinds[input.kind];
    const row = await tx.row(insertProvider, { ...values, kind: input.kind, channel });
    if (row === null) throw new Error('the provider was not inserted');
    await audit(tx, deps, by, 'provider.created', row.id, input.kind);
    return row.id;
  });
  deps.dispatcher.forget(by.workspace);
  return id;
}

export async function changeProvider(deps: SetUpDeps, by: By, id: number, input: Input): Promise<void> {
  const row = await getRow(deps.pg, by.workspace, id);
  if (row.kind !== input.kind)
    throw new Fault('invalid', 'communicate.provider_kind', 'A provider keeps its kind. Set up another one instead.');
  const kept = openProvider(deps.credentials, by.workspace, row).secrets;
  const values = await prepare(deps, by.workspace, input, kept);
  await deps.pg.transaction(async (tx) => {
    if ((await tx.run(updateProvider, { ...values, id })) === 0) throw noProvider();
    await audit(tx, deps, by, 'provider.changed', id, input.kind);
  });
  deps.dispatcher.forget(by.workspace);
}

export async function removeProvider(deps: SetUpDeps, by: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const row = await getRow(tx, by.workspace, id);
    await tx.run(deleteProvider, { workspace: by.workspace, id });
    await audit(tx, deps, by, 'provider.removed', id, row.kind);
  });
  deps.dispatcher.forget(by.workspace);
}
