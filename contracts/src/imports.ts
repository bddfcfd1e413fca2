import { z } from 'zod';
import { currencySchema, instantSchema, pageOf, timeZoneSchema } from './http.ts';

/** What the rows of an imported file are. */
export const importKinds = [
  'people',
  'orders',
  'order-lines',
  'products',
  'events',
  'outside-segments',
  'id-mappings',
] as const;
export const importKindSchema = z.enum(importKinds);
export type ImportKind = z.infer<typeof importKindSchema>;

export const importStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type ImportState = z.infer<typeof importStateSchema>;

/** What a running import is doing: the whole file is checked before the first row is written. */
export const importPhaseSchema = z.enum(['waiting', 'checking', 'importing', 'finished']);
export type ImportPhase = z.infer<typeof importPhaseSchema>;

export const importFormatSchema = z.enum(['csv', 'ndjson', 'json', 'parquet', 'xlsx', 'product-feed']);
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** Why a row was not imported. Reasons given by the pipeline (`erased`, `no_identifier` …) appear beside these. */
export const importReasons = {
  columns_missing: { en: 'Fewer columns than the header', fr: "Moins de colonnes que l'en-tête" },
  columns_extra: { en: 'More columns than the header', fr: "Plus de colonnes que l'en-tête" },
  quotes_malformed: { en: 'Misplaced quotation mark', fr: 'Guillemet mal placé' },
  encoding: { en: 'Unreadable characters (wrong encoding)', fr: 'Caractères illisibles (mauvais encodage)' },
  not_json: { en: 'Not a JSON object', fr: "N'est pas un objet JSON" },
  nested_too_deep: { en: 'Nested too deep', fr: "Trop de niveaux d'imbrication" },
  too_large: { en: 'Row too large', fr: 'Ligne trop longue' },
  required_missing: { en: 'A required value is empty', fr: 'Une valeur obligatoire est vide' },
  no_identifier: { en: 'Nothing says whose row it is', fr: "Rien n'indique de qui il s'agit" },
  id_in_scientific_notation: {
    en: 'Identifier spoiled by a spreadsheet (1.2E+12)',
    fr: 'Identifiant abîmé par un tableur (1,2E+12)',
  },
  date_unreadable: { en: 'Not a date', fr: "N'est pas une date" },
  date_out_of_range: { en: 'Impossible date', fr: 'Date impossible' },
  number_unreadable: { en: 'Not a number', fr: "N'est pas un nombre" },
  number_out_of_range: { en: 'Impossible number', fr: 'Nombre impossible' },
  currency_unreadable: { en: 'Not a currency', fr: "N'est pas une devise" },
  order_not_placed: { en: 'Not an order yet (unpaid, draft)', fr: 'Pas encore une commande (impayée, brouillon)' },
  order_conflict: { en: 'Lines of one order disagree', fr: "Les lignes d'une commande se contredisent" },
  order_incomplete: { en: 'Another line of this order is rejected', fr: 'Une autre ligne de la commande est rejetée' },
  nobody: { en: 'No customer has this id', fr: 'Aucun client ne porte cet identifiant' },
  over: { en: 'Its end has passed', fr: 'La date de fin est passée' },
  too_many_lines: { en: 'Too many lines in one order', fr: 'Trop de lignes dans une commande' },
} as const satisfies Record<string, { en: string; fr: string }>;
export type ImportReason = keyof typeof importReasons;

/** What was left out of a row that was imported all the same. */
export const importNotices = {
  birthday_left_out: { en: 'Impossible date of birth left out', fr: 'Date de naissance impossible laissée de côté' },
  created_at_left_out: { en: 'Unreadable “customer since” left out', fr: '« Client depuis » illisible laissé de côté' },
  consent_unclear: { en: 'Unclear consent answer left out', fr: 'Réponse de consentement ambiguë laissée de côté' },
} as const satisfies Record<string, { en: string; fr: string }>;
export type ImportNotice = keyof typeof importNotices;

export const dateOrderSchema = z.enum(['ymd', 'dmy', 'mdy', 'excel', 'epoch-s', 'epoch-ms']);
export type DateOrder = z.infer<typeof dateOrderSchema>;

/** How one column's values are written. */
export const columnFormatSchema = z.object({
  decimal: z.enum([',', '.']).optional().meta({ description: 'Decimal mark of its numbers' }),
  date: dateOrderSchema.optional().meta({ description: 'How its dates are written' }),
  type: z.enum(['text', 'number', 'boolean']).optional().meta({ description: 'Type of a column kept as it is' }),
});
export type ColumnFormat = z.infer<typeof columnFormatSchema>;

/** `{column: field}`: see `importFields`. */
export const importMappingSchema = z.record(z.string().max(300), z.string().max(120));
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** How a file is read: all of it guessed, all of it editable. */
export const importSettingsSchema = z.object({
  format: importFormatSchema,
  gzip: z.boolean(),
  encoding: z.string().optional().meta({ description: 'utf-8, utf-16le, windows-1252 …' }),
  delimiter: z.string().length(1).optional(),
  header: z.boolean().optional().meta({ description: 'False when the first line is already data' }),
  sheet: z.string().optional().meta({ description: 'Worksheet of a workbook; the first one unless told' }),
  columns: z.array(z.string()).meta({ description: 'Columns in the order of the file' }),
  mapping: importMappingSchema,
  formats: z.record(z.string(), columnFormatSchema),
  timeZone: z.string().meta({ description: 'IANA zone of dates written without one' }),
  currency: z.string().meta({ description: 'Currency of amounts written without one' }),
  site: z.string().optional(),
  asOf: instantSchema
    .optional()
    .meta({ description: 'People only: when the file was made. States its rows as of then, even if stated before' }),
  fullFeed: z.boolean().optional().meta({ description: 'Products only: what the file leaves out is gone' }),
  provider: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'Outside segments and id mappings: key of the data partner the file is from' }),
});
export type ImportSettings = z.infer<typeof importSettingsSchema>;

/** What a person may override before or at the start; everything left out is guessed. */
export const importOptionsSchema = importSettingsSchema
  .pick({
    encoding: true,
    delimiter: true,
    header: true,
    sheet: true,
    site: true,
    asOf: true,
    fullFeed: true,
    provider: true,
  })
  .extend({
    mapping: importMappingSchema,
    formats: z.record(z.string(), columnFormatSchema),
    timeZone: timeZoneSchema,
    currency: currencySchema,
  })
  .partial();
export type ImportOptions = z.infer<typeof importOptionsSchema>;

const countsSchema = z.record(z.string(), z.number().int());

export const importSchema = z.object({
  id: z.uuid(),
  kind: importKindSchema,
  state: importStateSchema,
  phase: importPhaseSchema,
  fileName: z.string(),
  fileBytes: z.number(),
  source: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  rows: z.number().int().meta({ description: 'Rows read and done with' }),
  rowsTotal: z.number().int().nullable().meta({ description: 'Known once the file has been checked' }),
  accepted: z.number().int().meta({ description: 'Imported, including those already there' }),
  rejected: z.number().int(),
  duplicates: z.number().int().meta({ description: 'Of the accepted: already there, nothing changed' }),
  reasons: countsSchema.meta({ description: 'Rejected rows by reason' }),
  notices: countsSchema.meta({ description: 'Things left out of accepted rows, by reason' }),
  bytesRead: z.number(),
  rowsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  resumable: z.boolean(),
  settings: importSettingsSchema,
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type Import = z.infer<typeof importSchema>;

export const importPageSchema = pageOf(importSchema);

export const importQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * The multipart form of `POST /api/v1/imports` and `…/preview`: `file`, or `upload` as a preview returned it, so that a
 * large file travels once. `mapping` and `options` are JSON text.
 */
export const importFormSchema = z.object({
  file: z.string().optional().meta({ format: 'binary', description: 'The file itself' }),
  upload: z.uuid().optional().meta({ description: 'A file already sent to the preview' }),
  as: importKindSchema.optional().meta({ description: 'What the rows are. Required to start an import' }),
  mapping: z.string().optional().meta({ description: 'JSON {column: field}; columns left out are guessed' }),
  source: z.coerce
    .number()
    .int()
    .optional()
    .meta({ description: 'Source the rows are credited to; one per kind unless told' }),
  options: z.string().optional().meta({ description: 'JSON: encoding, delimiter, header, sheet, timeZone …' }),
});

export const importStartedSchema = z.object({ id: z.uuid() });

const recordSchema = z.record(z.string(), z.unknown());

export const importPreviewSchema = z.object({
  upload: z.uuid().meta({ description: 'Send it instead of the file to start the import; kept for a day' }),
  fileName: z.string(),
  fileBytes: z.number(),
  kind: importKindSchema.meta({ description: 'As asked, or guessed from the columns' }),
  settings: importSettingsSchema,
  columns: z.array(
    z.object({
      name: z.string(),
      field: z.string().nullable(),
      by: z.enum(['given', 'header', 'values']).nullable().meta({ description: 'What decided the field' }),
      samples: z.array(z.string()),
    }),
  ),
  sheets: z.array(z.string()),
  missing: z.array(z.string()).meta({ description: 'Required fields no column gives; the import cannot start yet' }),
  rows: z.number().int().meta({ description: 'Rows tried' }),
  complete: z.boolean().meta({ description: 'False when only the first rows were tried' }),
  valid: z.number().int(),
  rejected: z.number().int(),
  reasons: countsSchema,
  notices: countsSchema,
  sample: z.array(z.object({ row: z.number().int(), events: z.array(recordSchema) })),
  errors: z.array(z.object({ row: z.number().int(), reason: z.string(), detail: z.string(), record: recordSchema })),
  error: z.object({ code: z.string(), message: z.string() }).nullable().meta({ description: 'Why the file stops' }),
  sameFile: z
    .object({ importId: z.uuid(), state: importStateSchema, at: instantSchema })
    .nullable()
    .meta({ description: 'An earlier import of exactly this file' }),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;
