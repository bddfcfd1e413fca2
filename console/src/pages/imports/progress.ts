import type { Import } from '@vitrail/contracts';

/** How much of an import is done, 0 to 1; null while that is not known. By rows once they are counted, else by bytes. */
export function shareOf(one: Pick<Import, 'rows' | 'rowsTotal' | 'bytesRead' | 'fileBytes' | 'phase'>): number | null {
  if (one.phase === 'finished') return 1;
  if (one.phase === 'importing' && one.rowsTotal !== null && one.rowsTotal > 0)
    return Math.min(1, one.rows / one.rowsTotal);
  if (one.fileBytes > 0 && one.bytesRead > 0) return Math.min(1, one.bytesRead / one.fileBytes);
  return null;
}
