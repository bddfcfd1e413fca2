import type { BrandKit, SavedBrandKit, TemplatePart } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { type Deps, Fault, type PgRow } from '../../../platform/index.ts';
import { findSite, kitFor, loadHouse } from '../load/house.ts';
import { listParts, removePart, saveKit, savePart } from '../sql/brand.pg.ts';

type StoreDeps = Pick<Deps, 'pg' | 'clock'>;
const writtenBy = (actor: Actor): string => `${actor.kind}:${actor.id}`;

/** The workspace's first, then each site's: as set, or as it would be. */
export async function readKits(deps: StoreDeps, workspace: number): Promise<SavedBrandKit[]> {
  const house = await loadHouse(deps, workspace);
  return [null, ...house.sites].map((site) => ({
    site: site === null ? null : String(site.id),
    siteName: site?.name ?? null,
    saved: house.kits.has(site?.id ?? 0),
    kit: kitFor(house, site),
  }));
}

/** `site` 'workspace' or the id of one. Throws `not_found`. */
export async function changeKit(
  deps: StoreDeps,
  { workspace, actor, site, kit }: { workspace: number; actor: Actor; site: string; kit: BrandKit },
): Promise<SavedBrandKit[]> {
  const house = await loadHouse(deps, workspace);
  const found = site === 'workspace' ? null : findSite(house, site);
  if (site !== 'workspace' && (found === null || String(found.id) !== site)) {
    throw new Fault('not_found', 'communicate.no_such_site', 'There is no such site in this workspace.');
  }
  await deps.pg.transaction(async (tx) => {
    await tx.run(saveKit, {
      workspace,
      site: found?.id ?? null,
      kit: { ...kit },
      actor: writtenBy(actor),
      at: deps.clock.now(),
    });
    const record = { workspaceId: workspace, actor, action: 'brand_kit.changed' };
    await recordAudit(tx, deps, { ...record, target: found === null ? 'workspace' : `site ${found.id}` });
  });
  return readKits(deps, workspace);
}

const toPart = (row: PgRow<typeof listParts.row>): TemplatePart => ({
  name: row.name,
  source: row.source,
  updatedBy: row.updated_by,
  updatedAt: row.updated_at.toISOString(),
});

export const readParts = async ({ pg }: StoreDeps, workspace: number): Promise<TemplatePart[]> =>
  (await pg.rows(listParts, { workspace })).map(toPart);

export async function changePart(
  deps: StoreDeps,
  { workspace, actor, name, source }: { workspace: number; actor: Actor; name: string; source: string },
): Promise<TemplatePart> {
  return deps.pg.transaction(async (tx) => {
    const at = deps.clock.now();
    const row = await tx.row(savePart, { workspace, name, source, actor: writtenBy(actor), at });
    if (row === null) throw new Error('insert … returning gave no row');
    const record = { workspaceId: workspace, actor, action: 'template_part.changed', target: `part ${name}` };
    await recordAudit(tx, deps, record);
    return toPart(row);
  });
}

export async function dropPart(
  deps: StoreDeps,
  { workspace, actor, name }: { workspace: number; actor: Actor; name: string },
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    if ((await tx.run(removePart, { workspace, name })) === 0) return;
    const record = { workspaceId: workspace, actor, action: 'template_part.removed', target: `part ${name}` };
    await recordAudit(tx, deps, record);
  });
}
