import {
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
  type ImportPreview,
  type ImportSettings,
  importStateSchema,
} from '@vitrail/contracts';
import { type Deps, Fault, type JsonObject } from '../../../platform/index.ts';
import { missingFields } from '../mapping/checkMapping.ts';
import { openRows } from '../read/openRows.ts';
import type { RowSource } from '../read/rows.ts';
import { findSameFile } from '../sql/imports.pg.ts';
import { makeUnits } from '../units/makeUnits.ts';
import { readPartnerRows } from '../units/readPartnerRows.ts';
import { readFeedUnits, readProducts } from '../units/readProducts.ts';
import type { Reject } from '../units/unit.ts';
import type { Upload } from '../upload/storeUpload.ts';
import { scratchPath } from '../upload/uploadFiles.ts';
import { type Prepared, prepareImport } from './prepareImport.ts';
import { countProducts, countUnits, nothingDone, type Progress } from './progress.ts';

/** Rows tried by a dry run. Smaller files are tried whole. */
const mostRows = 50_000;
const shown = 20;
const sampleValues = 5;

interface Trial {
  progress: Progress;
  readonly sample: { row: number; events: JsonObject[] }[];
  readonly errors: Reject[];
  complete: boolean;
  error: { code: string; message: string } | null;
}

/** Guesses how to import an uploaded file and tries it without writing anything. */
export async function previewImport(
  deps: Pick<Deps, 'pg' | 'clock' | 'filesDir'>,
  workspaceId: number,
  upload: Upload,
  asked: { kind: ImportKind | null; mapping: ImportMapping; options: ImportOptions },
): Promise<ImportPreview> {
  const prepared = await prepareImport(deps, workspaceId, upload.path, asked);
  const { kind, settings } = prepared;
  const missing = settings.format === 'product-feed' ? [] : missingFields(settings.mapping, kind);
  const trial: Trial = { progress: nothingDone, sample: [], errors: [], complete: true, error: null };
  if (missing.length === 0) {
    try {
      await tryRows(deps, workspaceId, upload, prepared, trial);
    } catch (error) {
      // What ends the file early is part of the answer: the person sees it beside the rows before it.
      if (!(error instanceof Fault) || error.kind !== 'invalid') throw error;
      trial.error = { code: error.code, message: error.message };
    }
  } else trial.complete = false;
  const same = await deps.pg.row(findSameFile, { workspace: workspaceId, hash: upload.hash, kind });
  const { rows, accepted, rejected, reasons, notices } = trial.progress;
  return {
    upload: upload.id,
    fileName: upload.fileName,
    fileBytes: upload.bytes,
    kind,
    settings,
    columns: describeColumns(prepared),
    sheets: [...prepared.sheets],
    missing,
    rows,
    complete: trial.complete,
    valid: accepted,
    rejected,
    reasons,
    notices,
    sample: trial.sample,
    errors: trial.errors.map((reject) => ({ ...reject })),
    error: trial.error,
    sameFile: same && {
      importId: same.id,
      state: importStateSchema.parse(same.state),
      at: same.created_at.toISOString(),
    },
  };
}

function describeColumns({ columns, guessed, settings }: Prepared): ImportPreview['columns'] {
  return columns.map(({ name, values }) => ({
    name,
    field: settings.mapping[name] || null,
    by: guessed.get(name)?.by ?? (settings.mapping[name] === undefined ? null : 'given'),
    samples: [...new Set(values)].slice(0, sampleValues).map((value) => value.slice(0, 120)),
  }));
}

async function tryRows(
  deps: Pick<Deps, 'clock' | 'filesDir'>,
  workspaceId: number,
  upload: Upload,
  { kind, settings }: Prepared,
  trial: Trial,
): Promise<void> {
  if (kind === 'products') {
    await tryProducts(deps, upload, settings, trial);
    return;
  }
  if (kind === 'outside-segments' || kind === 'id-mappings') {
    const source = limited(await openRows(upload.path, settings, kind), () => {
      trial.complete = false;
    });
    // Whether anybody has these ids shows when they are imported: a trial asks nobody.
    for await (const { units } of readPartnerRows(source, settings, kind, deps.clock.now())) {
      const done = units.map(({ given, rejects }) => ({ product: given, rejects }));
      const { after, rejects } = countProducts(trial.progress, done, 0);
      trial.progress = after;
      trial.errors.push(...rejects.slice(0, shown - trial.errors.length));
      for (const { row, record, given } of units)
        if (given !== null && trial.sample.length < shown) trial.sample.push({ row, events: [record] });
    }
    return;
  }
  const source = limited(await openRows(upload.path, settings, kind), () => {
    trial.complete = false;
  });
  const units = makeUnits(source, {
    workspaceId,
    kind,
    settings,
    now: deps.clock.now().getTime(),
    fileBytes: Math.min(upload.bytes, mostRows * 200),
    folder: scratchPath(deps.filesDir, upload.id),
  });
  for await (const batch of units) {
    const { after, rejects } = countUnits(trial.progress, batch.units, null, source.columns);
    trial.progress = after;
    trial.errors.push(...rejects.slice(0, shown - trial.errors.length));
    for (const { events, rows } of batch.units) {
      if (events.length > 0 && trial.sample.length < shown)
        trial.sample.push({ row: rows[0]?.row ?? 0, events: [...events] });
    }
  }
}

async function tryProducts(
  deps: Pick<Deps, 'clock'>,
  upload: Upload,
  settings: ImportSettings,
  trial: Trial,
): Promise<void> {
  const at = deps.clock.now();
  const source =
    settings.format === 'product-feed'
      ? null
      : limited(await openRows(upload.path, settings, 'products'), () => {
          trial.complete = false;
        });
  const batches = source === null ? readFeedUnits(upload.path, settings, at) : readProducts(source, settings, at);
  for await (const { units } of batches) {
    const { after, rejects } = countProducts(trial.progress, units, 0);
    trial.progress = after;
    trial.errors.push(...rejects.slice(0, shown - trial.errors.length));
    for (const { product } of units) {
      if (product === null || trial.sample.length >= shown) continue;
      const record: JsonObject = JSON.parse(JSON.stringify(product));
      trial.sample.push({ row: trial.sample.length + 1, events: [record] });
    }
    if (after.rows < mostRows) continue;
    trial.complete = false;
    return;
  }
}

/** The first rows of a source; `onCut` is told when there are more. */
function limited(source: RowSource, onCut: () => void): RowSource {
  return {
    columns: source.columns,
    async *batches() {
      let left = mostRows;
      for await (const { rows, bytesRead } of source.batches()) {
        if (left <= 0) {
          onCut();
          return;
        }
        if (rows.length > left) onCut();
        yield { rows: rows.slice(0, left), bytesRead };
        if (rows.length > left) return;
        left -= rows.length;
      }
    },
  };
}
