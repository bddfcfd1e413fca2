import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from './errors.ts';

export interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export type AppliedMigration = Pick<MigrationFile, 'number' | 'name' | 'sha256'>;

/** Where the shipped migrations of a store are: the package root is two folders up, in `src` and in `dist` alike. */
export const migrationsFolder = (store: 'clickhouse' | 'postgres'): string =>
  fileURLToPath(new URL(`../../migrations/${store}/`, import.meta.url));

/** Reads `0001_room_purpose.sql …`; throws when a number is missing or taken twice. */
export function readMigrationFiles(folder: string): readonly MigrationFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1) throw new Error(`migration ${name}: expected number ${index + 1}`);
    const sql = readFileSync(join(folder, name), 'utf8');
    return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/** The files still to apply; a Fault when this program's files are not the ones the database was made with. */
export function dueMigrations(
  applied: readonly AppliedMigration[],
  files: readonly MigrationFile[],
): readonly MigrationFile[] {
  for (const { number, name, sha256 } of applied) {
    const ours = files[number - 1];
    if (ours === undefined) {
      throw new Fault(
        'conflict',
        'platform.database_newer',
        `The database is newer than this program: it has ${name}, which this Vitrail does not know. Start a newer Vitrail.`,
        { details: { migration: name } },
      );
    }
    if (ours.name === name && ours.sha256 === sha256) continue;
    throw new Fault(
      'conflict',
      'platform.migration_edited',
      `The migration ${name} was changed after it was applied to this database. Restore the file and put the change in a new one.`,
      { details: { migration: name } },
    );
  }
  const done = new Set(applied.map(({ number }) => number));
  return files.filter(({ number }) => !done.has(number));
}
