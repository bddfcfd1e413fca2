import { createLog, Fault, readConfig } from '../../platform/index.ts';
import { startVitrail } from '../startVitrail.ts';

const { config, warnings } = readConfig(process.env);
const log = createLog(config.logLevel);
for (const warning of warnings) log.warn({}, warning);
try {
  const running = await startVitrail(config, log);
  process.stdout.write(`Vitrail is ready at ${running.address}\n`);
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
