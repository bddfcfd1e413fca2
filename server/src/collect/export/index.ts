export type { ExportColumn } from './exportColumns.ts';
export { exportRows, readPages } from './exportRows.ts';
export { createCollectExports, type ExportTable } from './exportTable.ts';
export { registerExportRoutes } from './routes.ts';
