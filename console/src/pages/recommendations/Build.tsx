import type { RecommendationReport } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { cancelBuild, startBuild } from '../../api/recommendations.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { RunNow, RunProgress } from '../../ui/RunNow.tsx';
import { humanName } from '../../ui/value.ts';

const steps = ['queued', 'catalogue', 'histories', 'similar', 'together', 'lists', 'evaluate', 'ease'] as const;

/** Builds everything anew now instead of tonight. */
export function Build({ running }: { running: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  if (!can('catalog.write')) return null;
  return (
    <RunNow
      label={t('recommendations.build')}
      running={running}
      start={() => startBuild(api)}
      started={t('recommendations.started')}
      alreadyRunning={t('recommendations.alreadyRunning')}
      about="recommendations"
    />
  );
}

/** Where the build is, and the way to stop it. */
export function Building({ running }: { running: NonNullable<RecommendationReport['running']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const known = steps.find((one) => one === running.step);
  const step = known === undefined ? humanName(running.step) : t(`recommendations.step.${known}`);
  const cancel = async (): Promise<string> => {
    await cancelBuild(api);
    return t('recommendations.cancelled');
  };
  return (
    <RunProgress
      title={t('recommendations.running')}
      step={step}
      status={t('recommendations.runningSince', { step, at: format.time(running.startedAt) })}
      done={running.done}
      total={running.total}
      cancel={can('catalog.write') ? cancel : null}
      cancelLabel={t('recommendations.cancel')}
      about="recommendations"
    />
  );
}
