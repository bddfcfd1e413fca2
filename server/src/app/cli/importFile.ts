import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Import,
  type ImportKind,
  importSchema,
  importStartedSchema,
  pipelineStatusSchema,
} from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import type { Server } from './connect.ts';
import type { Output } from './output.ts';

export interface ImportRequest {
  readonly file: string;
  readonly kind: ImportKind;
  /** Column → field. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly source?: number | undefined;
}

const number = new Intl.NumberFormat('en');

const describeProgress = (progress: Import): string => {
  const share =
    progress.rowsTotal === null || progress.rowsTotal === 0 ? '' : ` of ${number.format(progress.rowsTotal)}`;
  const left = progress.secondsLeft === null ? '' : `, about ${Math.ceil(progress.secondsLeft)} s left`;
  return `${progress.fileName}: ${progress.phase}, ${number.format(progress.rows)}${share} rows, ${number.format(Math.round(progress.rowsPerSecond))} rows/s${left}`;
};

/** Uploads a file, starts its import and waits until its rows can be queried everywhere. Throws when the import fails. */
export async function importFile(server: Server, request: ImportRequest, output: Output): Promise<Import> {
  const { size } = await stat(request.file).catch(() => {
    throw new Fault('not_found', 'cli.no_such_file', `There is no file ${request.file}.`);
  });
  if (size === 0) throw new Fault('invalid', 'cli.empty_file', `${request.file} is empty.`);
  const form = new FormData();
  form.set('as', request.kind);
  if (Object.keys(request.mapping).length > 0) form.set('mapping', JSON.stringify(request.mapping));
  if (request.options !== undefined) form.set('options', JSON.stringify(request.options));
  if (request.source !== undefined) form.set('source', String(request.source));
  form.set('file', await openAsBlob(request.file), basename(request.file));
  const { id } = await server.call(importStartedSchema, '/api/v1/imports', { method: 'POST', body: form });
  const done = await watchImport(server, id, output);
  if (done.state !== 'done') {
    throw new Fault(
      'invalid',
      done.error?.code ?? `cli.import_${done.state}`,
      done.error?.message ?? `The import was ${done.state}.`,
    );
  }
  return done;
}

async function watchImport(server: Server, id: string, output: Output): Promise<Import> {
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 500)) {
    const progress = await server.call(importSchema, `/api/v1/imports/${id}`);
    if (progress.state === 'failed' || progress.state === 'cancelled') return progress;
    if (progress.state === 'done') {
      const { backlog } = await server.call(pipelineStatusSchema, '/api/v1/pipeline');
      if (backlog === 0) {
        output.endProgress();
        return progress;
      }
    }
    output.progress(describeProgress(progress));
    await pause(wait);
  }
}

/** One line that says what became of a file. */
export const summariseImport = (done: Import): string => {
  const reasons = Object.entries(done.reasons).map(([reason, count]) => `${reason} ${number.format(count)}`);
  const rejected =
    done.rejected === 0 ? 'none rejected' : `${number.format(done.rejected)} rejected (${reasons.join(', ')})`;
  return `${done.fileName}: ${number.format(done.rows)} rows, ${number.format(done.accepted)} accepted (${number.format(done.duplicates)} already there), ${rejected}`;
};
