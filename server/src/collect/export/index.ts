export type { ExportColumn, ExportFormat } from './exportColumns.ts';
export { exportRows, readPages } from './exportRows.ts';
export { createCollectExports, type ExportRequest, type ExportTable } from './exportTable.ts';
export { registerExportRoutes } from './routes.ts';
export { toRawRecord } from './toRawRecord.ts';
