import type { Deps } from '../platform/index.ts';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { type Auth, createAuth } from './accounts/createAuth.ts';
import { loadSecrets, type Secrets } from './installation.ts';
import { createKeys, type Keys } from './keys/findKeys.ts';
import { createKeyUse, type KeyUse } from './keys/keyUse.ts';
import type { Provisioning } from './workspaces/provisionWorkspace.ts';

export interface GovernOptions {
  /** Origin of the console as people reach it (`https://cdp.shop.example`), or null to take each request's own. */
  readonly publicUrl: string | null;
  readonly provisioning: Provisioning;
  /** Tries at passwords and second factors, per address and minute. */
  readonly signInsPerMinute: number;
}

/** The govern room at work: made once in `app/`, after the migrations, passed to routes and to later rooms. */
export interface Govern {
  readonly secrets: Secrets;
  readonly keys: Keys;
  readonly keyUse: KeyUse;
  readonly accounts: Accounts;
  readonly auth: Auth;
  readonly provisioning: Provisioning;
  readonly publicUrl: string | null;
  stop(): Promise<void>;
}

export async function openGovern(deps: Pick<Deps, 'pg' | 'clock' | 'log'>, options: GovernOptions): Promise<Govern> {
  const secrets = await loadSecrets(deps.pg);
  const { publicUrl, provisioning, signInsPerMinute } = options;
  const auth = await createAuth({ pg: deps.pg, log: deps.log, secrets, publicUrl, signInsPerMinute });
  const keyUse = createKeyUse(deps);
  return {
    secrets,
    auth,
    keyUse,
    provisioning,
    publicUrl,
    keys: createKeys(deps),
    accounts: await createAccounts(auth, deps.clock),
    stop: () => keyUse.stop(),
  };
}
