import type { Deps } from '../../platform/index.ts';
import { dismissWorker, enlistWorker, reportWorker } from './sql/pump.pg.ts';

/** A process not heard of for this long is gone: others take over what it had in hand. */
const silentSeconds = 20;
const reportMs = 5_000;

/**
 * This process among those that send: says that it lives, and takes over from those that do not. What they had not handed over
 * yet goes back to the queue; what may have reached a provider is uncertain and never sent again.
 */
export function createWorker(
  deps: Pick<Deps, 'pg' | 'clock' | 'log'>,
  { onRecovered }: { readonly onRecovered: () => void },
) {
  let worker = 0;
  let timer: NodeJS.Timeout | null = null;

  const report = async (): Promise<void> => {
    const recovered = await deps.pg.rows(reportWorker, { worker, seconds: silentSeconds, now: deps.clock.now() });
    if (recovered.length === 0) return;
    const uncertain = recovered.filter(({ state }) => state === 'uncertain').length;
    deps.log.warn(
      { again: recovered.length - uncertain, uncertain },
      'took over messages of a process that is gone; what may have left is not sent again',
    );
    onRecovered();
  };

  return {
    /** 0 before the start. */
    id: (): number => worker,
    async start(): Promise<void> {
      worker = (await deps.pg.row(enlistWorker, {}))?.id ?? 0;
      await report();
      timer = setInterval(() => {
        report().catch((error: unknown) =>
          deps.log.error({ err: error }, 'messages in hand could not be looked after'),
        );
      }, reportMs);
      timer.unref();
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      if (worker > 0) await deps.pg.run(dismissWorker, { worker });
    },
  };
}
