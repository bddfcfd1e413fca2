import type { HttpApp } from '../../platform/index.ts';
import { registerAskingRoutes } from './routes/askingRoutes.ts';
import { registerExportRoutes } from './routes/exportRoutes.ts';
import { registerListRoutes } from './routes/listRoutes.ts';
import { registerReadingRoutes } from './routes/readingRoutes.ts';
import { registerSavingRoutes } from './routes/savingRoutes.ts';
import type { SaveDeps } from './saveSegment.ts';

/** Segments: building, reading, explaining, lists. */
export function registerSegmentRoutes(app: HttpApp, deps: SaveDeps): void {
  registerAskingRoutes(app, deps);
  registerSavingRoutes(app, deps);
  registerReadingRoutes(app, deps);
  registerExportRoutes(app, deps);
  registerListRoutes(app, deps);
}
