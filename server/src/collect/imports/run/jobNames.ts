/** Works on one import, `{id}`. */
export const runJobName = 'collect.runImport';
/** Takes up imports that nobody works on. */
export const resumeJobName = 'collect.resumeImports';
/** Removes files and rejected rows kept long enough. */
export const cleanJobName = 'collect.cleanImports';
