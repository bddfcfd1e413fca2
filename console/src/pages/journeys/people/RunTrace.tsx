import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type JourneyRun, messageReasons, messageStateSchema, type TraceStep } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { stepKinds } from '../draft.ts';
import styles from '../Journeys.module.css';

type Outcome =
  | 'entered'
  | 'queued'
  | 'waits'
  | 'waited'
  | 'happened'
  | 'timed_out'
  | 'branch'
  | 'updated'
  | 'listed'
  | 'coupon'
  | 'no_coupon'
  | 'sent_on'
  | 'goal'
  | 'migrated'
  | 'ended'
  | 'fault';
const outcomes: readonly Outcome[] = [
  'entered',
  'queued',
  'waits',
  'waited',
  'happened',
  'timed_out',
  'branch',
  'updated',
  'listed',
  'coupon',
  'no_coupon',
  'sent_on',
  'goal',
  'migrated',
  'ended',
  'fault',
];

interface RunTraceProps {
  readonly run: JourneyRun;
  /** Where the page is not about this journey already. */
  readonly named?: boolean;
  /** Names of the steps; without them their kinds. */
  readonly titleOf?: (node: string) => string;
}

/** A person's way through a journey, step by step, with what became of each message. */
export function RunTrace({ run, named = false, titleOf }: RunTraceProps) {
  const { t } = useTranslation();
  const title = ({ node, kind }: TraceStep): string => {
    if (node === '') return '';
    const known = stepKinds.find((one) => one === kind);
    return titleOf?.(node) ?? (known === undefined ? '' : t(`journeys.kind.${known}`));
  };
  return (
    <div>
      <Group gap="sm" mb="xs">
        {named ? (
          <Link to="/messages/journeys/$id" params={{ id: run.journey.id }} className={styles.name}>
            {run.journey.name}
          </Link>
        ) : null}
        <StatusBadge tone={run.state === 'active' ? 'busy' : run.goalAt === null ? 'quiet' : 'good'}>
          {t(`journeys.runState.${run.state}`)}
        </StatusBadge>
        {run.key === '' ? null : (
          <Text size="sm" c="dimmed">
            {t('journeys.keyOf', { key: run.key })}
          </Text>
        )}
        {run.reason === null ? null : <Text size="sm">{t(`journeys.ended.${run.reason}`)}</Text>}
      </Group>
      <ol className={styles.trace}>
        {run.steps.map((step) => (
          <li key={`${step.at}/${step.node}/${step.outcome}`} className={styles.traceStep}>
            <DateTime at={step.at} />
            <StepLine step={step} title={title(step)} />
          </li>
        ))}
      </ol>
    </div>
  );
}

export function StepLine({
  step,
  title,
}: {
  step: Pick<TraceStep, 'outcome' | 'detail'> & { message?: TraceStep['message'] };
  title: string;
}) {
  const { t } = useTranslation();
  const outcome = outcomes.find((one) => one === step.outcome);
  const { event, way, until } = step.detail;
  const about = [event, way].find((one) => typeof one === 'string' && one !== '');
  return (
    <span>
      {title === '' ? null : <Text component="span" size="sm" fw={600}>{`${title} · `}</Text>}
      {outcome === undefined ? step.outcome : t(`journeys.outcome.${outcome}`)}
      {typeof about === 'string' ? ` (${about})` : ''}
      {typeof until === 'string' ? (
        <>
          {' '}
          <DateTime at={until} />
        </>
      ) : null}
      {step.message === undefined || step.message === null ? null : <Fate message={step.message} />}
    </span>
  );
}

/** What became of a message, as it stands now, and why. */
function Fate({ message: { state, reason } }: { message: NonNullable<TraceStep['message']> }) {
  const { t } = useTranslation();
  const known = messageStateSchema.safeParse(state).data;
  const why = messageReasons.find((one) => one === reason);
  return (
    <Text component="span" size="sm" c="dimmed">
      {' '}
      {t('journeys.messageIs', { state: known === undefined ? state : t(`messages.state.${known}`) })}
      {reason === null ? '' : ` (${why === undefined ? reason : t(`messages.reason.${why}`)})`}
    </Text>
  );
}
