import { rm } from 'node:fs/promises';
import type { Deps } from '../../../platform/index.ts';
import { deleteOldRejects, listExpiredFiles, markFileRemoved } from '../sql/imports.pg.ts';
import { removeOldUploads } from '../upload/storeUpload.ts';
import { importPath } from '../upload/uploadFiles.ts';

const day = 86_400_000;
/** A cancelled or failed import can be resumed for so long; then its file, which holds personal data, goes. */
const keepFileDays = 7;
const keepUploadDays = 1;
const keepRejectDays = 90;

/** Removes what is kept no longer. Safe to repeat. Returns how many files went. */
export async function cleanImports(deps: Pick<Deps, 'pg' | 'clock' | 'filesDir'>): Promise<number> {
  const ago = (days: number): Date => new Date(deps.clock.now().getTime() - days * day);
  const expired = await deps.pg.rows(listExpiredFiles, { before: ago(keepFileDays) });
  for (const { id } of expired) {
    await rm(importPath(deps.filesDir, id), { force: true });
    await deps.pg.run(markFileRemoved, { id, at: deps.clock.now() });
  }
  await deps.pg.run(deleteOldRejects, { before: ago(keepRejectDays) });
  return expired.length + (await removeOldUploads(deps.filesDir, ago(keepUploadDays)));
}
