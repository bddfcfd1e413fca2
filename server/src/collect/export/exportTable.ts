import type { ExportFormat, ExportName } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { type ExportRange, exportDroppedEvents, exportEvents } from './exportEvents.ts';
import { exportOrderLineTable, exportOrderTable, exportPriceTable, exportProductTable } from './exportTables.ts';

interface ExportRequest {
  readonly workspaceId: number;
  readonly format: ExportFormat;
  /** Of the tables that are exported by time. */
  readonly range: ExportRange & { readonly byReceived: boolean };
  /** Stops the work behind it, too. */
  readonly signal: AbortSignal;
}

/** One thing that can be exported: the HTTP route and the command line both read this. Other rooms add their own. */
export interface ExportTable {
  readonly name: ExportName;
  readonly summary: string;
  /** Which query parameters it understands: none, `from` and `to`, or these and `by`. */
  readonly range: 'none' | 'time' | 'events';
  /** It speaks about people, so exporting it takes `personal.read` as well. */
  readonly personal: boolean;
  open(request: ExportRequest): AsyncIterable<Uint8Array>;
}

/** What the collect room exports. Orders and lines are told from PostgreSQL, their record. */
export const createCollectExports = ({ pg, ch }: Pick<Deps, 'pg' | 'ch'>): readonly ExportTable[] => [
  {
    name: 'events',
    summary: 'Every event: raw records (NDJSON) or one column each (Parquet)',
    range: 'events',
    personal: true,
    open: ({ workspaceId, format, range, signal }) => exportEvents(ch, workspaceId, format, range, signal),
  },
  {
    name: 'dropped-events',
    summary: 'Records that were accepted at the door and not kept, with the reason, of the last 90 days',
    range: 'time',
    personal: true,
    open: ({ workspaceId, format, range, signal }) => exportDroppedEvents(ch, workspaceId, format, range, signal),
  },
  {
    name: 'orders',
    summary: 'Every order in its currency and in the base currency',
    range: 'none',
    personal: true,
    open: ({ workspaceId, format }) => exportOrderTable(pg, workspaceId, format),
  },
  {
    name: 'order-lines',
    summary: 'Every line of every order',
    range: 'none',
    personal: true,
    open: ({ workspaceId, format }) => exportOrderLineTable(pg, workspaceId, format),
  },
  {
    name: 'products',
    summary: 'Every product, also those gone from their feed',
    range: 'none',
    personal: false,
    open: ({ workspaceId, format }) => exportProductTable(pg, workspaceId, format),
  },
  {
    name: 'product-prices',
    summary: 'Every price by product, site and currency',
    range: 'none',
    personal: false,
    open: ({ workspaceId, format }) => exportPriceTable(pg, workspaceId, format),
  },
];
