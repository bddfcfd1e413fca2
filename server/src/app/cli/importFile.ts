import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Import,
  type ImportKind,
  type ImportPreview,
  importPreviewSchema,
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

const formOf = (request: ImportRequest): FormData => {
  const form = new FormData();
  form.set('as', request.kind);
  if (Object.keys(request.mapping).length > 0) form.set('mapping', JSON.stringify(request.mapping));
  if (request.options !== undefined) form.set('options', JSON.stringify(request.options));
  if (request.source !== undefined) form.set('source', String(request.source));
  return form;
};

async function withFile(form: FormData, file: string): Promise<FormData> {
  const { size } = await stat(file).catch(() => {
    throw new Fault('not_found', 'cli.no_such_file', `There is no file ${file}.`);
  });
  if (size === 0) throw new Fault('invalid', 'cli.empty_file', `${file} is empty.`);
  form.set('file', await openAsBlob(file), basename(file));
  return form;
}

/** Uploads a file and tries it without writing anything. The upload is kept for the import. */
export async function tryFile(server: Server, request: ImportRequest): Promise<ImportPreview> {
  const body = await withFile(formOf(request), request.file);
  return server.call(importPreviewSchema, '/api/v1/imports/preview', { method: 'POST', body });
}

/** Starts the import of a file, or of an upload already tried, and waits until its rows can be queried. Throws when it fails. */
export async function importFile(
  server: Server,
  request: ImportRequest,
  output: Output,
  upload?: string,
): Promise<Import> {
  const form = formOf(request);
  if (upload === undefined) await withFile(form, request.file);
  else form.set('upload', upload);
  const { id } = await server.call(importStartedSchema, '/api/v1/imports', { method: 'POST', body: form });
  const done = await watchImport(server, id, output);
  if (done.state !== 'done') {
    const { code = `cli.import_${done.state}`, message = `The import was ${done.state}.` } = done.error ?? {};
    throw new Fault('invalid', code, message);
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
