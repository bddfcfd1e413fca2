// A whole Vitrail from the sources, as `vitrail start` runs it: prints its address, stops on SIGTERM.
import { startVitrail } from '../../../server/src/app/startVitrail.ts';
import { createLog, readConfig } from '../../../server/src/platform/index.ts';

const { config } = readConfig(process.env);
const running = await startVitrail(config, createLog(config.logLevel));
process.stdout.write(`${running.address}\n`);
process.once('SIGTERM', () => {
  running.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
