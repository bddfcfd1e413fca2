import type { Currency, SiteCode } from './market.ts';

/** What a file holds, in the words of the import door; `truth` is for tests and is never imported. */
export type FileKind = 'people' | 'order-lines' | 'products' | 'events' | 'truth';

export interface GeneratedFile {
  /** Path under the folder, with forward slashes. */
  readonly name: string;
  readonly kind: FileKind;
  readonly rows: number;
  /** The system that would have exported it, and its family. */
  readonly source: { readonly name: string; readonly family: 'web' | 'store' | 'crm' | 'messages' | 'support' } | null;
  readonly format: 'csv' | 'tsv' | 'ndjson' | 'xml';
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly gzip: boolean;
  readonly delimiter: string | null;
  /** Column → field of the import door; null where the file says it itself. */
  readonly mapping: Readonly<Record<string, string>> | null;
  /** For dates without a zone. */
  readonly timeZone: string | null;
  /** The one site that the file is about. */
  readonly site: SiteCode | null;
  readonly currency: Currency | null;
}

/** What was generated, also written as `manifest.json`. The same input always gives the same manifest and the same files. */
export interface Manifest {
  readonly brand: string;
  readonly seed: number;
  readonly customers: number;
  readonly months: number;
  /** ISO instants: nothing happens outside. */
  readonly from: string;
  readonly today: string;
  readonly files: readonly GeneratedFile[];
  readonly totals: Totals;
}

export interface Totals {
  readonly people: number;
  /** Visitors who never say who they are. */
  readonly strangers: number;
  readonly visits: number;
  /** Lines of the web log, and distinct calls: a few were sent twice. */
  readonly eventLines: number;
  readonly events: number;
  readonly orders: { readonly web: number; readonly store: number; readonly attributable: number };
  /** Orders' totals and what was given back, in the main unit of each currency. */
  readonly revenue: Readonly<Partial<Record<Currency, { readonly total: number; readonly refunded: number }>>>;
}
