import { createHash, randomBytes } from 'node:crypto';
import { type Deps, type PgParams, pgQuery } from '../src/platform/index.ts';

const insertWorkspace = pgQuery({
  name: 'test.insertWorkspace',
  params: { name: 'text', currency: 'text', country: 'text', timeZone: 'text', language: 'text' },
  row: { id: 'int4' },
  text: `insert into govern.workspace (name, base_currency, country, time_zone, language)
         values (:name, :currency, :country, :timeZone, :language) returning id`,
});

const insertSite = pgQuery({
  name: 'test.insertSite',
  params: { workspace: 'int4', name: 'text', domain: 'text?', country: 'text', currency: 'text', language: 'text' },
  row: { id: 'int4' },
  text: `insert into govern.site (workspace_id, name, domain, country, currency, language)
         values (:workspace, :name, :domain, :country, :currency, :language) returning id`,
});

const insertSource = pgQuery({
  name: 'test.insertSource',
  params: { workspace: 'int4', name: 'text', family: 'text', kind: 'text', site: 'int4?', priority: 'int4' },
  row: { id: 'int4' },
  text: `insert into collect.source (workspace_id, name, family, kind, site_id, priority)
         values (:workspace, :name, :family, :kind, :site, :priority) returning id`,
});

const insertWriteKey = pgQuery({
  name: 'test.insertWriteKey',
  params: { workspace: 'int4', source: 'int4', value: 'text' },
  row: {},
  text: `insert into govern.api_key (workspace_id, kind, name, value, prefix, source_id)
         values (:workspace, 'write', 'Write key', :value, left(:value, 8), :source)`,
});

const insertSecretKey = pgQuery({
  name: 'test.insertSecretKey',
  params: { workspace: 'int4', hash: 'bytea', prefix: 'text', scopes: 'text[]' },
  row: {},
  text: `insert into govern.api_key (workspace_id, kind, name, hash, prefix, scopes)
         values (:workspace, 'secret', 'Secret key', :hash, :prefix, :scopes)`,
});

const insertNamespaces = pgQuery({
  name: 'test.insertNamespaces',
  params: { workspace: 'int4', names: 'text[]', priorities: 'int4[]', limits: 'int4[]', shared: 'bool[]' },
  row: {},
  text: `insert into unify.namespace (workspace_id, name, priority, max_per_profile, shared)
         select :workspace, name, priority, max_per_profile, shared
         from unnest(:names, :priorities, :limits, :shared) as row (name, priority, max_per_profile, shared)`,
});

/** One identifier namespace of a test workspace: name, priority (lower is stronger), limit per profile, shared. */
export type TestNamespace = readonly [name: string, priority: number, maxPerProfile: number, shared: boolean];

const usualNamespaces: readonly TestNamespace[] = [
  ['user_id', 10, 1, false],
  ['loyalty_card', 20, 5, false],
  ['crm_id', 25, 5, false],
  ['email', 30, 5, false],
  ['phone', 40, 5, false],
  ['anonymous_id', 90, 1000, false],
];

export interface WorkspaceOverrides {
  readonly name?: string;
  readonly currency?: string;
  readonly country?: string;
  readonly timeZone?: string;
  readonly language?: string;
  readonly namespaces?: readonly TestNamespace[];
  /** Scopes of the secret key. */
  readonly scopes?: readonly string[];
}

export interface TestWorkspace {
  readonly id: number;
  readonly siteId: number;
  /** A browser source of family `web`. */
  readonly sourceId: number;
  readonly writeKey: string;
  readonly secretKey: string;
}

/** Everything but the names has a sensible default, so a test states only what it is about. */
export async function createSource(
  deps: Pick<Deps, 'pg'>,
  workspace: number,
  overrides: Partial<Omit<PgParams<typeof insertSource.params>, 'workspace'>> = {},
): Promise<{ id: number; writeKey: string }> {
  const source = await deps.pg.row(insertSource, {
    workspace,
    name: `Source ${randomBytes(4).toString('hex')}`,
    family: 'web',
    kind: 'browser',
    site: null,
    priority: 100,
    ...overrides,
  });
  if (source === null) throw new Error('the source was not inserted');
  const writeKey = `wk_${randomBytes(12).toString('hex')}`;
  await deps.pg.run(insertWriteKey, { workspace, source: source.id, value: writeKey });
  return { id: source.id, writeKey };
}

/** A workspace of its own for one test, with a site, a web source, keys and the usual identifier namespaces. */
export async function createWorkspace(
  deps: Pick<Deps, 'pg'>,
  overrides: WorkspaceOverrides = {},
): Promise<TestWorkspace> {
  const { pg } = deps;
  const { country = 'FR', currency = 'EUR', language = 'fr', timeZone = 'Europe/Paris' } = overrides;
  const created = await pg.row(insertWorkspace, {
    name: overrides.name ?? 'Test shop',
    country,
    currency,
    language,
    timeZone,
  });
  if (created === null) throw new Error('the workspace was not inserted');
  const workspace = created.id;
  const site = await pg.row(insertSite, { workspace, name: 'Main', domain: null, country, currency, language });
  const source = await createSource({ pg }, workspace, { name: 'Web', site: site?.id ?? null });
  const namespaces = overrides.namespaces ?? usualNamespaces;
  await pg.run(insertNamespaces, {
    workspace,
    names: namespaces.map(([name]) => name),
    priorities: namespaces.map(([, priority]) => priority),
    limits: namespaces.map(([, , limit]) => limit),
    shared: namespaces.map(([, , , shared]) => shared),
  });
  const secretKey = `sk_${randomBytes(24).toString('hex')}`;
  await pg.run(insertSecretKey, {
    workspace,
    hash: createHash('sha256').update(secretKey).digest(),
    prefix: secretKey.slice(0, 8),
    scopes: overrides.scopes ?? [],
  });
  return { id: workspace, siteId: site?.id ?? 0, sourceId: source.id, writeKey: source.writeKey, secretKey };
}
