import { describe, expect, test } from 'vitest';
import { createSource, createWorkspace } from '../../test/builders.ts';
import { useApp } from '../../test/httpApp.ts';
import { useStores } from '../../test/stores.ts';
import { findErased, recordErased } from './erased/erasedIdentifiers.ts';
import { hashIdentifier } from './erased/hashIdentifier.ts';
import { loadSecrets } from './installation.ts';
import { createSecretKey, createWriteKey, revokeApiKey } from './keys/changeKeys.ts';
import { createKeys } from './keys/findKeys.ts';

const deps = useStores();
const opened = useApp(deps);
const actor = { kind: 'system', id: 'test' } as const;

describe('the installation secret', () => {
  test('is made once, also by processes that start together', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(deps.pg)));
    expect(new Set(loaded.map((secrets) => secrets.sessions)).size).toBe(1);
    expect(loaded[0]).toEqual(opened.govern.secrets);
    expect(loaded[0]?.sessions).not.toBe(loaded[0]?.erasure.toString('base64url'));
  });
});

describe('erased identifiers', () => {
  const namespace = 'email';

  test('are recognised again, by workspace and namespace, in any order and number', async () => {
    const [one, two] = [await createWorkspace(deps), await createWorkspace(deps)];
    const identifiers = [
      { workspaceId: one.id, namespace, value: 'kept@shop.example' },
      { workspaceId: one.id, namespace, value: 'ada@shop.example' },
      { workspaceId: two.id, namespace, value: 'ada@shop.example' },
      { workspaceId: one.id, namespace: 'user_id', value: 'ada@shop.example' },
      { workspaceId: one.id, namespace, value: 'ada@shop.example' },
    ];
    const parts = { ...deps, pg: deps.pg, secrets: opened.govern.secrets };
    expect(await findErased(parts, identifiers)).toEqual(new Set());
    const erased = [{ namespace, value: 'ada@shop.example' }];
    await recordErased(deps.pg, { clock: deps.clock, secrets: opened.govern.secrets }, one.id, erased);
    await recordErased(deps.pg, { clock: deps.clock, secrets: opened.govern.secrets }, one.id, erased);
    expect(await findErased(parts, identifiers)).toEqual(new Set([1, 4]));
    expect(await findErased(parts, [])).toEqual(new Set());
  });

  test('leave nothing that could be read or tested without the installation secret', () => {
    const identifier = { workspaceId: 1, namespace, value: 'ada@shop.example' };
    const hash = hashIdentifier(opened.govern.secrets, identifier);
    expect(hash).toHaveLength(32);
    expect(hashIdentifier({ erasure: Buffer.alloc(32) }, identifier).equals(hash)).toBe(false);
    expect(
      hashIdentifier(opened.govern.secrets, { ...identifier, namespace: 'emaila', value: 'da@shop.example' }).equals(
        hash,
      ),
    ).toBe(false);
  });
});

describe('API keys', () => {
  test('a write key leads to its source and site', async () => {
    const workspace = await createWorkspace(deps, { country: 'BE' });
    const keys = createKeys(deps);
    expect(await keys.findWriteKey(workspace.writeKey)).toMatchObject({
      workspaceId: workspace.id,
      sourceId: workspace.sourceId,
      siteId: workspace.siteId,
      siteCountry: 'BE',
    });
    expect(await keys.findWriteKey('wk_unknown')).toBeNull();
    expect(await keys.findWriteKey(workspace.secretKey)).toBeNull();
    expect(await keys.findSecretKey(workspace.writeKey)).toBeNull();
    const loose = await createSource(deps, workspace.id, { site: null });
    expect(await keys.findWriteKey(loose.writeKey)).toMatchObject({ siteId: null, siteCountry: null });
  });

  test('a key revoked elsewhere is refused within five seconds', async () => {
    const workspace = await createWorkspace(deps);
    const keys = createKeys(deps);
    const { key, secret } = await createSecretKey(deps.pg, deps, {
      workspaceId: workspace.id,
      name: 'For a while',
      actor,
      scopes: ['profiles.read'],
    });
    expect(await keys.findSecretKey(secret)).toMatchObject({ keyId: key.id, workspaceId: workspace.id });
    await revokeApiKey(deps.pg, deps, { workspaceId: workspace.id, keyId: key.id, actor });
    expect(await keys.findSecretKey(secret)).not.toBeNull();
    deps.clock.advance(5000);
    expect(await keys.findSecretKey(secret)).toBeNull();
  });

  test('a key made after it was tried in vain is found at once where it was made, and soon elsewhere', async () => {
    const workspace = await createWorkspace(deps);
    const [here, elsewhere] = [createKeys(deps), createKeys(deps)];
    const value = `wk_later_${workspace.id}`;
    expect(await here.findWriteKey(value)).toBeNull();
    expect(await elsewhere.findWriteKey(value)).toBeNull();
    const { sourceId, id: workspaceId } = workspace;
    await createWriteKey(deps.pg, deps, { workspaceId, sourceId, name: 'Later', actor, value });
    here.forget();
    expect(await here.findWriteKey(value)).toMatchObject({ sourceId });
    deps.clock.advance(5000);
    expect(await elsewhere.findWriteKey(value)).toMatchObject({ sourceId });
  });

  test('no key can be made for a source of another workspace', async () => {
    const [one, two] = [await createWorkspace(deps), await createWorkspace(deps)];
    await expect(
      createWriteKey(deps.pg, deps, { workspaceId: one.id, sourceId: two.sourceId, name: 'Wrong', actor }),
    ).rejects.toMatchObject({ kind: 'not_found', code: 'govern.no_such_source' });
  });
});
