import '@fastify/multipart';
import {
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
  importFormSchema,
  importMappingSchema,
  importOptionsSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault } from '../../platform/index.ts';
import { dropUpload, getUpload, storeUpload, type Upload } from './upload/storeUpload.ts';

export interface ImportForm {
  readonly upload: Upload;
  /** True when the file came with this request, so that a refusal removes it. */
  readonly fresh: boolean;
  readonly kind: ImportKind | null;
  readonly mapping: ImportMapping;
  readonly options: ImportOptions;
  readonly sourceId: number | null;
}

export interface UploadPlace {
  readonly filesDir: string;
  readonly maxBytes: number;
}

/** Everything around the file: names, fields, boundaries. */
const formOverhead = 2_000_000;

const invalid = (code: string, message: string, cause?: unknown) =>
  new Fault('invalid', `imports.${code}`, message, cause === undefined ? {} : { cause });

/** Receives the form of an import: the file goes straight to disk, whatever the order of the parts. */
export async function readForm(request: FastifyRequest, workspaceId: number, place: UploadPlace): Promise<ImportForm> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > place.maxBytes + formOverhead)
    throw new Fault(
      'too_large',
      'imports.file_too_large',
      `The file is larger than ${Math.floor(place.maxBytes / 1_048_576)} MiB. Split it, or compress it with gzip.`,
    );
  if (!request.isMultipart()) return formOf(request.body, null, workspaceId, place);
  let fresh: Upload | null = null;
  try {
    const fields: Record<string, string> = {};
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value;
        continue;
      }
      if (part.fieldname !== 'file' || fresh !== null) {
        part.file.resume();
        continue;
      }
      const file = { content: part.file, name: part.filename };
      fresh = await storeUpload(place.filesDir, workspaceId, file, place.maxBytes);
    }
    return await formOf(fields, fresh, workspaceId, place);
  } catch (error) {
    // What still comes is read and thrown away: else the connection stays blocked behind it, and the client's next
    // request on it waits in vain (measured: 73 s, then a reset).
    request.raw.unpipe();
    request.raw.resume();
    if (fresh !== null) await dropUpload(place.filesDir, fresh);
    throw error;
  }
}

async function formOf(
  body: unknown,
  fresh: Upload | null,
  workspaceId: number,
  { filesDir }: UploadPlace,
): Promise<ImportForm> {
  const form = importFormSchema.safeParse(withHyphens(body ?? {}));
  if (!form.success)
    throw invalid('bad_form', `The form cannot be read: ${z.prettifyError(form.error).replace(/\s+/g, ' ')}`);
  const { upload, as, mapping, options, source } = form.data;
  if (fresh === null && upload === undefined)
    throw invalid('no_file', 'No file came with the request: send it as the multipart field “file”.');
  return {
    mapping: readJson('mapping', mapping, importMappingSchema),
    options: readJson('options', options, importOptionsSchema),
    kind: as ?? null,
    sourceId: source ?? null,
    fresh: fresh !== null,
    upload: fresh ?? (await getUpload(filesDir, workspaceId, upload ?? '')),
  };
}

/** `outside_segments` is as good as `outside-segments`. */
const withHyphens = (body: object): object =>
  'as' in body && typeof body.as === 'string' ? { ...body, as: body.as.replaceAll('_', '-') } : body;

function readJson<S extends z.ZodType>(name: string, text: string | undefined, schema: S): z.output<S> {
  let value: unknown = {};
  try {
    if (text !== undefined && text.trim() !== '') value = JSON.parse(text);
  } catch (error) {
    throw invalid(`bad_${name}`, `“${name}” is not JSON. Send for example {"E-mail": "email"}.`, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(`bad_${name}`, `“${name}” cannot be used: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
}
