import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { ImportKind, ImportMapping, ImportOptions, ImportSettings } from '@vitrail/contracts';
import { type Deps, Fault, type Pg } from '../../../platform/index.ts';
import { requireFields } from '../mapping/checkMapping.ts';
import { cancelImport, ensureImportSource, findSource, insertImport, requeueImport } from '../sql/imports.pg.ts';
import { claimUpload, type Upload } from '../upload/storeUpload.ts';
import { importPath } from '../upload/uploadFiles.ts';
import { runJobName } from './jobNames.ts';
import { prepareImport } from './prepareImport.ts';

/** Whose rows an import without a stated source brings: one source per kind, named as the console shows it. */
const sources: Readonly<Record<ImportKind, { name: string; family: string }>> = {
  people: { name: 'Imported people', family: 'crm' },
  orders: { name: 'Imported orders', family: 'store' },
  'order-lines': { name: 'Imported orders', family: 'store' },
  products: { name: 'Imported products', family: 'store' },
  events: { name: 'Imported events', family: 'web' },
  'outside-segments': { name: 'Imported audiences of partners', family: 'ads' },
  'id-mappings': { name: 'Imported audiences of partners', family: 'ads' },
};

export interface StartRequest {
  readonly kind: ImportKind;
  readonly mapping: ImportMapping;
  readonly options: ImportOptions;
  readonly sourceId: number | null;
  /** Who asked: a user's or a key's id. */
  readonly by: string;
}

/** Makes an import of an uploaded file and queues it. A file that cannot be imported as asked is refused, and stays an upload. */
export async function startImport(
  deps: Pick<Deps, 'pg' | 'clock' | 'filesDir' | 'jobs'>,
  workspaceId: number,
  upload: Upload,
  request: StartRequest,
): Promise<{ id: string; settings: ImportSettings }> {
  const { kind, by } = request;
  const { settings, columns } = await prepareImport(deps, workspaceId, upload.path, request);
  if ((kind === 'outside-segments' || kind === 'id-mappings') && settings.provider === undefined)
    throw new Fault(
      'invalid',
      'imports.no_provider',
      'Say which data partner the file is from: options = {"provider": "<key>"}.',
    );
  if (settings.format !== 'product-feed')
    requireFields(
      settings.mapping,
      kind,
      columns.map(({ name }) => name),
    );
  const id = randomUUID();
  await claimUpload(deps.filesDir, upload, id);
  try {
    await deps.pg.transaction(async (tx) => {
      const source = await sourceFor(tx, workspaceId, request);
      await tx.run(insertImport, {
        id,
        workspace: workspaceId,
        source,
        fileName: upload.fileName,
        fileBytes: upload.bytes,
        fileHash: upload.hash,
        kind,
        settings: JSON.parse(JSON.stringify(settings)),
        by,
        at: deps.clock.now(),
      });
    });
  } catch (error) {
    await rm(importPath(deps.filesDir, id), { force: true });
    throw error;
  }
  await deps.jobs.send(runJobName, { id }, { key: id });
  return { id, settings };
}

async function sourceFor(tx: Pg, workspace: number, { kind, sourceId }: StartRequest): Promise<number> {
  if (sourceId !== null) {
    const found = await tx.row(findSource, { workspace, source: sourceId });
    if (found === null) throw new Fault('not_found', 'imports.source_unknown', 'There is no such source.');
    return found.id;
  }
  const made = await tx.row(ensureImportSource, { workspace, ...sources[kind] });
  if (made === null) throw new Error('insert … returning gave no row');
  return made.id;
}

/** Stops an import within a chunk. What is in stays in; `resumeImport` goes on from there. False when it had ended. */
export async function stopImport(deps: Pick<Deps, 'pg' | 'clock'>, workspaceId: number, id: string): Promise<boolean> {
  return (await deps.pg.run(cancelImport, { workspace: workspaceId, id, at: deps.clock.now() })) > 0;
}

/** Goes on with a cancelled or failed import at the exact row. False when it is neither, or its file is gone. */
export async function resumeImport(deps: Pick<Deps, 'pg' | 'jobs'>, workspaceId: number, id: string): Promise<boolean> {
  if ((await deps.pg.run(requeueImport, { workspace: workspaceId, id })) === 0) return false;
  // A key of its own: the job that was cancelled may not have noticed yet. Two jobs are harmless, one takes the lease.
  await deps.jobs.send(runJobName, { id }, { key: `${id}:${randomUUID()}` });
  return true;
}
