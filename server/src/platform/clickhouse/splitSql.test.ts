import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrationsFolder, readMigrationFiles } from '../migrationFiles.ts';
import { splitSql } from './splitSql.ts';

describe('splitting a migration into statements', () => {
  it('ends a statement at a semicolon, and the last one at the end', () => {
    expect(splitSql('select 1; select 2 ;\n\nselect 3')).toEqual(['select 1', 'select 2', 'select 3']);
  });

  it('leaves semicolons in strings, quoted names and comments alone', () => {
    const statements = [
      `select ';', 'it''s; \\'; "', ";\\";""", \`a;\\\`b\``,
      'select 1 -- ; not here\n, 2 /* ; nor\n; here */ + 1',
      `select '--' as dashes, '/*' as stars`,
    ];
    expect(splitSql(statements.join(';\n'))).toEqual(statements);
  });

  it('drops comments between statements and finds nothing in comments alone', () => {
    expect(splitSql('-- why; what\n/* more */ create table a (b Int8);\n-- the end;\n')).toEqual([
      'create table a (b Int8)',
    ]);
    expect(splitSql('-- nothing;\n ; /* at all */ ;')).toEqual([]);
  });

  it('makes every shipped statement one that may run twice, as a crash in the middle of a file needs', () => {
    const folder = migrationsFolder('clickhouse');
    for (const { name } of readMigrationFiles(folder)) {
      for (const statement of splitSql(readFileSync(join(folder, name), 'utf8'))) {
        expect(statement, name).toMatch(/^(create|alter|drop)\b[\s\S]*\b(if (not )?exists|modify setting)\b/i);
      }
    }
  });
});
