import { Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { insertSite } from '../sql/sites.pg.ts';
import { insertWorkspace } from '../sql/workspaces.pg.ts';

export interface WorkspaceSettings {
  readonly name: string;
  readonly baseCurrency: string;
  readonly country: string;
  readonly timeZone: string;
  readonly language: string;
}

/** A workspace that was just made, with its first site. */
export interface NewWorkspace extends WorkspaceSettings {
  readonly id: number;
  readonly siteId: number;
}

/** What a room adds to every new workspace (namespaces, blocked values, sources), in the transaction that makes it. */
export type WorkspaceDefaults = (tx: Pg, workspace: NewWorkspace) => Promise<void>;

/** The lists that `app/` fills from the rooms. */
export interface Provisioning {
  readonly defaults: readonly WorkspaceDefaults[];
  /**
   * Id of the source that a write key given at start belongs to: the workspace's default web source, made when it is
   * missing. Safe to repeat.
   */
  readonly defaultSource: (
    tx: Pg,
    workspace: { readonly id: number; readonly siteId: number | null },
  ) => Promise<number>;
}

type WorkspaceRow = PgRow<typeof insertWorkspace.row>;

/** Makes a workspace with one site, then lets every room add its own. All or nothing: pass a transaction. */
export async function provisionWorkspace(
  tx: Pg,
  provisioning: Pick<Provisioning, 'defaults'>,
  settings: WorkspaceSettings,
): Promise<NewWorkspace> {
  const workspace: WorkspaceRow | null = await tx.row(insertWorkspace, settings);
  const site =
    workspace &&
    (await tx.row(insertSite, {
      workspace: workspace.id,
      name: settings.name,
      domain: null,
      country: settings.country,
      currency: settings.baseCurrency,
      language: settings.language,
    }));
  if (workspace === null || site === null)
    throw new Fault('unavailable', 'govern.workspace_not_made', 'The workspace could not be stored.');
  const made: NewWorkspace = { ...settings, id: workspace.id, siteId: site.id };
  for (const addDefaults of provisioning.defaults) await addDefaults(tx, made);
  return made;
}
