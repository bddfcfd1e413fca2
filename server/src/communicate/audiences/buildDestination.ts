import { type AdKind, adKindSchema, adKinds } from '@vitrail/contracts';
import { type Clock, Fault, objectOf, type PgRow } from '../../platform/index.ts';
import { createHttpClient } from '../channels/http/callHttp.ts';
import { serviceAccountSchema } from '../channels/http/googleToken.ts';
import { readJson } from '../channels/http/httpProvider.ts';
import { seal, unseal } from '../channels/setup/sealCredentials.ts';
import { createGoogle } from './companies/google.ts';
import { createMeta } from './companies/meta.ts';
import type { AdDestination } from './destination.ts';
import type { findAdAudience } from './sql/audiences.pg.ts';

type Fields = Readonly<Record<string, string>>;
export type AdAudienceRow = PgRow<typeof findAdAudience.row>;

export interface DestinationDeps {
  readonly clock: Clock;
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
  /** Tests put a stand-in for the companies' servers here. */
  readonly createHttp?: typeof createHttpClient;
}

const timeoutMs = 60_000;
const boundTo = (workspace: number, kind: AdKind): string => `ad audience ${workspace} ${kind}`;

const wrong = (field: string, what: string): Fault =>
  new Fault('invalid', 'communicate.ad_field', `${field}: ${what}`, { details: { field } });

/** Numbers become parts of addresses and requests: nothing else is let in. */
const shapes: Readonly<Record<string, RegExp>> = {
  audienceId: /^\d{1,20}$/,
  customerId: /^(\d{10}|\d{3}-\d{3}-\d{4})$/,
  loginCustomerId: /^(\d{10}|\d{3}-\d{3}-\d{4})$/,
  accessToken: /^[\x21-\x7e]{1,2000}$/,
};

/** Settings and secrets by the catalogue, complete and checked. A secret that is not given keeps the `kept` one. */
export function readAdFields(kind: AdKind, given: Fields, kept: Fields): { settings: Fields; secrets: Fields } {
  const { fields, title } = adKinds[kind];
  const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw wrong(unknown, `is no setting of ${title}.`);
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, secret, optional } of fields) {
    const value = (given[name] ?? '').trim() || (secret ? (kept[name] ?? '') : '');
    if (value === '') {
      if (!optional) throw wrong(name, 'is missing.');
      continue;
    }
    if (shapes[name]?.test(value) === false) throw wrong(name, 'has characters that do not belong there.');
    if (name === 'serviceAccount' && !serviceAccountSchema.safeParse(readJson(value)).success)
      throw wrong(name, 'must be the JSON file of a service account.');
    (secret ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}

export const sealAdSecrets = (secret: Buffer, workspace: number, kind: AdKind, secrets: Fields): Buffer =>
  seal(secret, boundTo(workspace, kind), JSON.stringify(secrets));

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** Settings and secrets as stored. Throws when the secrets were sealed by another installation. */
export function openAdFields(
  secret: Buffer,
  workspace: number,
  row: Pick<AdAudienceRow, 'kind' | 'settings' | 'credentials'>,
): { kind: AdKind; settings: Fields; secrets: Fields } {
  const kind = adKindSchema.parse(row.kind);
  const secrets = texts(readJson(unseal(secret, boundTo(workspace, kind), row.credentials)));
  return { kind, settings: texts(objectOf(row.settings)), secrets };
}

/** The audience at its company. Throws for secrets that cannot be opened. */
export function buildDestination(deps: DestinationDeps, workspace: number, row: AdAudienceRow): AdDestination {
  const { kind, settings, secrets } = openAdFields(deps.credentials, workspace, row);
  const http = (deps.createHttp ?? createHttpClient)({ connections: 1, timeoutMs, publicOnly: false });
  const audienceId = settings.audienceId ?? '';
  if (kind === 'meta') return createMeta({ audienceId, accessToken: secrets.accessToken ?? '' }, http);
  const { customerId = '', loginCustomerId = '' } = settings;
  const serviceAccount = serviceAccountSchema.parse(readJson(secrets.serviceAccount ?? ''));
  return createGoogle({ customerId, loginCustomerId, audienceId, serviceAccount }, { clock: deps.clock, http });
}
