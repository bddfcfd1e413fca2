import { writeFile } from 'node:fs/promises';
import { importKindSchema } from '@vitrail/contracts';
import { createLog, Fault, readConfig } from '../../platform/index.ts';
import { readRoles } from '../roles.ts';
import { startVitrail } from '../startVitrail.ts';
import { confirmImport } from './confirmImport.ts';
import { connect } from './connect.ts';
import { runDoctor } from './doctor.ts';
import { exportAll } from './exportAll.ts';
import { importFile, summariseImport, tryFile } from './importFile.ts';
import type { Output } from './output.ts';

/** Resolves when the operator asks to stop. A second signal does not wait. */
export const untilStopped = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });

/** `vitrail start`: in the foreground until a signal; then drains what was accepted. */
export async function start(options: { role: readonly string[] }, output: Output): Promise<void> {
  const { config, warnings } = readConfig(process.env);
  const log = createLog(config.logLevel);
  for (const warning of warnings) log.warn({}, warning);
  const running = await startVitrail(config, log, { roles: readRoles(options.role, config) });
  output.result(`Vitrail is ready at ${running.address}`);
  await untilStopped();
  output.say('Stopping: finishing what was accepted …');
  await running.stop();
}

/** `vitrail import`: waits until the rows can be queried. Returns the exit code. */
export async function runImport(
  file: string,
  options: { as: string; map: readonly string[]; source?: number | undefined; allowRejects: boolean; yes: boolean },
  output: Output,
): Promise<number> {
  const kind = importKindSchema.safeParse(options.as);
  if (!kind.success) {
    throw new Fault('invalid', 'cli.unknown_kind', `--as must be one of ${importKindSchema.options.join(', ')}.`);
  }
  const mapping = Object.fromEntries(
    options.map.map((pair) => {
      const equals = pair.lastIndexOf('=');
      if (equals < 1) throw new Fault('invalid', 'cli.bad_mapping', `--map ${pair} is not column=field.`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
  const server = await connect(readConfig(process.env).config);
  try {
    const request = { file, kind: kind.data, mapping, source: options.source };
    let upload: string | undefined;
    if (!options.yes && process.stdin.isTTY && process.stderr.isTTY) {
      const preview = await tryFile(server, request);
      if (!(await confirmImport(preview, output))) return 0;
      ({ upload } = preview);
    }
    const done = await importFile(server, request, output, upload);
    output.result(summariseImport(done));
    if (done.rejected > 0) {
      const rejects = `${file}.rejects.csv`;
      const response = await server.fetch(`/api/v1/imports/${done.id}/rejects.csv`);
      await writeFile(rejects, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
      output.say(`The rejected rows with their reasons are in ${rejects}.`);
    }
    return done.rejected > 0 && !options.allowRejects ? 2 : 0;
  } finally {
    await server.close();
  }
}

/** `vitrail export`. */
export async function runExport(options: { out: string; format: string }, output: Output): Promise<void> {
  if (options.format !== 'parquet' && options.format !== 'ndjson') {
    throw new Fault('invalid', 'cli.unknown_format', '--format must be parquet or ndjson.');
  }
  const server = await connect(readConfig(process.env).config);
  try {
    await exportAll(server, options.out, options.format, output);
  } finally {
    await server.close();
  }
}

/** `vitrail doctor`. Returns the exit code. */
export async function doctor(output: Output): Promise<number> {
  const { config, warnings } = readConfig(process.env);
  return (await runDoctor(config, warnings, output)) ? 0 : 1;
}
