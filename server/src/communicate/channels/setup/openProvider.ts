import { type ProviderKindName, providerKindSchema } from '@vitrail/contracts';
import { objectOf, type PgRow } from '../../../platform/index.ts';
import { readJson } from '../http/httpProvider.ts';
import type { listProviders } from '../sql/providers.pg.ts';
import { unseal } from './sealCredentials.ts';

export type ProviderRow = PgRow<typeof listProviders.row>;

/** What the sealed secrets of a provider are bound to: moved to another workspace they do not open. */
export const boundTo = (workspace: number, kind: string): string => `provider ${workspace} ${kind}`;

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

export interface OpenedProvider {
  readonly kind: ProviderKindName;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Settings and secrets of a stored provider. Throws when the secrets were sealed by another installation. */
export function openProvider(secret: Buffer, workspace: number, row: ProviderRow): OpenedProvider {
  const kind = providerKindSchema.parse(row.kind);
  const secrets = texts(readJson(unseal(secret, boundTo(workspace, kind), row.credentials)));
  return { kind, settings: texts(objectOf(row.settings)), secrets };
}
