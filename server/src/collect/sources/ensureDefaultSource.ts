import { Fault, type Pg } from '../../platform/index.ts';
import { ensureWebSource } from './sql/defaultSource.pg.ts';

/** Id of the source every workspace has from the start: its website. Made when missing; safe to repeat. */
export async function ensureDefaultSource(tx: Pg, workspace: { readonly id: number; readonly siteId: number | null }): Promise<number> {
  const source = await tx.row(ensureWebSource, { workspace: workspace.id, site: workspace.siteId });
  if (source === null) throw new Fault('unavailable', 'collect.source_not_made', 'The default source could not be stored.');
  return source.id;
}
