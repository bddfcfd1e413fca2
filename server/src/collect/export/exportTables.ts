import type { ExportFormat } from '@vitrail/contracts';
import type { Pg, PgRow } from '../../platform/index.ts';
import type { ExportColumn } from './exportColumns.ts';
import { exportRows, readPages } from './exportRows.ts';
import { exportOrderLines, exportOrders, exportPrices, exportProducts } from './sql/exportTables.pg.ts';

const limit = 2_000;

/** A column whose name is that of the row's property, for what needs no change on its way out. */
const text = <K extends string>(name: K): ExportColumn<Readonly<Record<K, string | null>>> => ({
  name,
  type: 'text',
  read: (row) => row[name],
});
const integer = <K extends string>(name: K): ExportColumn<Readonly<Record<K, number | null>>> => ({
  name,
  type: 'integer',
  read: (row) => row[name],
});
const money = <K extends string>(name: K): ExportColumn<Readonly<Record<K, string | null>>> => ({
  name,
  type: 'money',
  read: (row) => row[name],
});
const instant = <K extends string>(name: K): ExportColumn<Readonly<Record<K, Date | null>>> => ({
  name,
  type: 'instant',
  read: (row) => row[name],
});

type ProductRow = PgRow<(typeof exportProducts)['row']>;
const productColumns: readonly ExportColumn<ProductRow>[] = [
  text('product_id'),
  text('group_id'),
  text('title'),
  text('description'),
  text('brand'),
  text('category'),
  text('link'),
  text('image_link'),
  text('gtin'),
  text('size'),
  text('color'),
  text('availability'),
  integer('stock'),
  { name: 'attributes', type: 'json', read: (row) => row.attributes },
  instant('updated_at'),
  instant('removed_at'),
];

const priceColumns: readonly ExportColumn<PgRow<(typeof exportPrices)['row']>>[] = [
  text('product_id'),
  text('site'),
  text('currency'),
  money('price'),
  money('sale_price'),
  instant('updated_at'),
];

const orderColumns: readonly ExportColumn<PgRow<(typeof exportOrders)['row']>>[] = [
  text('order_id'),
  integer('profile_id'),
  integer('customer_id'),
  integer('source_id'),
  text('site'),
  text('channel'),
  text('status'),
  instant('ordered_at'),
  text('currency'),
  money('total'),
  money('base_total'),
  money('tax'),
  money('shipping'),
  money('discount'),
  text('coupon'),
  money('refunded'),
  money('base_refunded'),
];

const lineColumns: readonly ExportColumn<PgRow<(typeof exportOrderLines)['row']>>[] = [
  text('order_id'),
  integer('line'),
  text('product_id'),
  text('sku'),
  text('name'),
  text('brand'),
  text('category'),
  text('variant'),
  money('quantity'),
  money('price'),
  text('coupon'),
];

type TableExport = (pg: Pg, workspaceId: number, format: ExportFormat) => AsyncIterable<Uint8Array>;

/** Products, also those that were removed. */
export const exportProductTable: TableExport = (pg, workspace, format) =>
  exportRows(
    readPages<ProductRow>((last) => pg.rows(exportProducts, { workspace, after: last?.product_id ?? '', limit })),
    productColumns,
    format,
  );

export const exportPriceTable: TableExport = (pg, workspace, format) =>
  exportRows(
    readPages<PgRow<(typeof exportPrices)['row']>>((last) =>
      pg.rows(exportPrices, {
        workspace,
        afterProduct: last?.product_id ?? '',
        afterSite: last?.site ?? '',
        afterCurrency: last?.currency ?? '',
        limit,
      }),
    ),
    priceColumns,
    format,
  );

/** Orders with the profile they came with and the customer it belongs to now. */
export const exportOrderTable: TableExport = (pg, workspace, format) =>
  exportRows(
    readPages<PgRow<(typeof exportOrders)['row']>>((last) =>
      pg.rows(exportOrders, { workspace, after: last?.order_id ?? '', limit }),
    ),
    orderColumns,
    format,
  );

export const exportOrderLineTable: TableExport = (pg, workspace, format) =>
  exportRows(
    readPages<PgRow<(typeof exportOrderLines)['row']>>((last) =>
      pg.rows(exportOrderLines, {
        workspace,
        afterOrder: last?.order_id ?? '',
        afterLine: last?.line ?? 0,
        limit,
      }),
    ),
    lineColumns,
    format,
  );
