import { readdir, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Deps } from '../../../platform/index.ts';
import { deleteOldRejects, listExpiredFiles, listKnownImports, markFileRemoved } from '../sql/imports.pg.ts';
import { removeOldUploads } from '../upload/storeUpload.ts';
import { importFolder, importPath } from '../upload/uploadFiles.ts';

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
  return (
    expired.length +
    (await removeStrays(deps, ago(keepUploadDays))) +
    (await removeOldUploads(deps.filesDir, ago(keepUploadDays)))
  );
}

/** Files whose import was never registered, because the process died in between. */
async function removeStrays(deps: Pick<Deps, 'pg' | 'filesDir'>, before: Date): Promise<number> {
  const folder = importFolder(deps.filesDir);
  const names = await readdir(folder).catch(() => []);
  const idOf = (name: string): string => basename(name, '.parts');
  const ids = [...new Set(names.map(idOf))].filter((name) => /^[0-9a-f-]{36}$/.test(name));
  const known = new Set((await deps.pg.rows(listKnownImports, { ids })).map(({ id }) => id));
  let removed = 0;
  for (const name of names) {
    const path = importPath(deps.filesDir, name);
    if (known.has(idOf(name)) || (await stat(path)).mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    removed++;
  }
  return removed;
}
