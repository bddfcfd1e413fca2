import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../errors.ts';

/** The PostgreSQL programs, ready to run. */
export interface Binaries {
  /** Package version, `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: string;
  readonly initdb: string;
  readonly postgres: string;
}

const packageJson = z.object({ version: z.string() });
const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

function missing(why: string, cause?: unknown): Fault {
  return new Fault(
    'unavailable',
    'platform.no_embedded_postgres',
    `${why} Install PostgreSQL 15 or newer and give its address in DATABASE_URL (postgres://user:password@host/database).`,
    { cause },
  );
}

/** The binaries are built against glibc; Alpine and other musl systems cannot run them. */
function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report: unknown = process.report.getReport();
  const shape = z.object({ header: z.object({ glibcVersionRuntime: z.string() }) });
  return !shape.safeParse(report).success;
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') throw missing('The embedded PostgreSQL does not run on Windows.');
  if (isMusl()) throw missing('The embedded PostgreSQL does not run on this Linux, which has no glibc (Alpine?).');
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)));
  } catch (error) {
    throw missing(
      `There is no embedded PostgreSQL for ${platform}: the optional package @embedded-postgres/${platform} is not installed.`,
      error,
    );
  }
}

/** Headers, static libraries and the languages nobody uses here are not needed to run. */
const isUseless = (path: string): boolean => /\.a$|\/(include|pkgconfig|pgxs|man|doc)$/.test(path);

/** The package's own install script makes these links, but package managers may block such scripts. */
function createLinks(packageFolder: string, copy: string): void {
  const list = join(packageFolder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(copy, relative('native', target));
    rmSync(link, { force: true });
    if (existsSync(join(copy, relative('native', source)))) symlinkSync(relative(dirname(target), source), link);
  }
}

/** Copies the programs once per version into `<home>/bin-<version>`, where the links can be made and any uid can read. */
export function installBinaries(home: string): Binaries {
  const packageFolder = findPackage();
  const { version } = packageJson.parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')));
  const folder = join(home, `bin-${version}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(join(packageFolder, 'native'), partial, { recursive: true, filter: (path) => !isUseless(path) });
    createLinks(packageFolder, partial);
    renameSync(partial, folder);
  }
  return {
    version,
    major: version.split('.')[0] ?? '',
    initdb: join(folder, 'bin/initdb'),
    postgres: join(folder, 'bin/postgres'),
  };
}
