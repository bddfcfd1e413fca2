import { join } from 'node:path';

/** Where files wait: not in a database, private to this user, named by ids alone. */
export const uploadPath = (filesDir: string, upload: string): string => join(filesDir, 'uploads', upload);
export const uploadNotePath = (filesDir: string, upload: string): string => join(filesDir, 'uploads', `${upload}.json`);
export const importFolder = (filesDir: string): string => join(filesDir, 'imports');
export const importPath = (filesDir: string, id: string): string => join(filesDir, 'imports', id);
/** Rows on their way through `groupLines`. */
export const scratchPath = (filesDir: string, id: string): string => join(filesDir, 'imports', `${id}.parts`);
