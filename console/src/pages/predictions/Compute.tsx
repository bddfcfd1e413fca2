import type { PredictionReport } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { cancelPredictions, startPredictions } from '../../api/predictions.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { RunNow, RunProgress } from '../../ui/RunNow.tsx';
import { humanName } from '../../ui/value.ts';

const steps = ['queued', 'read', 'fit', 'backtest', 'score'] as const;

/** Computes predictions now instead of tonight. */
export function Compute({ running }: { running: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  if (!can('segments.write')) return null;
  return (
    <RunNow
      label={t('predictions.compute')}
      running={running}
      start={() => startPredictions(api)}
      started={t('predictions.started')}
      alreadyRunning={t('predictions.alreadyRunning')}
      about="predictions"
    />
  );
}

/** Where the calculation is, and the way to stop it. */
export function Running({ running }: { running: NonNullable<PredictionReport['running']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const known = steps.find((one) => one === running.step);
  const step = known === undefined ? humanName(running.step) : t(`predictions.step.${known}`);
  const cancel = async (): Promise<string | null> =>
    (await cancelPredictions(api)).cancelled ? t('predictions.cancelled') : null;
  return (
    <RunProgress
      title={t('predictions.running')}
      step={step}
      status={t('predictions.runningSince', { step, at: format.time(running.startedAt) })}
      done={running.done}
      total={running.total}
      cancel={can('segments.write') ? cancel : null}
      cancelLabel={t('predictions.cancel')}
      about="predictions"
    />
  );
}
