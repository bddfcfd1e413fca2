import { Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProfilePredictions } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../api/context.tsx';
import { profilePredictionsQuery } from '../../api/predictions.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ForecastFigures } from './ForecastFigures.tsx';
import styles from './Predictions.module.css';
import { Reasons } from './Reasons.tsx';

const hasHabits = ({ categories, brands, channel, bestHour, discount }: ProfilePredictions): boolean =>
  categories.length > 0 || brands.length > 0 || channel !== null || bestHour !== null || discount !== null;

const hasFigures = ({ order30, order90, churn, value, lifetimeValue }: ProfilePredictions): boolean =>
  [order30, order90, churn, value, lifetimeValue].some((one) => one !== null);

/** What is foreseen of a customer: orders, leaving, value, what they are drawn to, when and where they answer. */
export default function CustomerForecast({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const query = useQuery(profilePredictionsQuery(useApi(), profile));
  const foreseen = query.data;
  if (foreseen === undefined)
    return (
      <Card title={t('forecast.title')}>
        {query.error === null ? (
          <Skeleton height={96} aria-busy="true" />
        ) : (
          <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Card>
    );
  const figures = hasFigures(foreseen);
  const report = can('analytics.read') ? (
    <Link to="/predictions" search={foreseen.site === null ? {} : { site: foreseen.site }}>
      {t('forecast.proof')}
    </Link>
  ) : null;
  const note = [
    foreseen.at === null ? null : t('forecast.asOf', { at: format.dateTime(foreseen.at) }),
    foreseen.site === null ? null : t('forecast.learntOn', { site: foreseen.site }),
  ].filter((one) => one !== null);
  return (
    <Card
      title={t('forecast.title')}
      note={
        <span className={styles.noted}>
          {note.join(' · ')}
          {note.length > 0 && report !== null ? ' · ' : ''}
          {report}
        </span>
      }
    >
      {figures ? <ForecastFigures foreseen={foreseen} /> : null}
      {hasHabits(foreseen) ? <Habits foreseen={foreseen} /> : null}
      {!figures && !hasHabits(foreseen) && foreseen.reasons.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('forecast.nobody')}
        </Text>
      ) : null}
      {foreseen.reasons.length === 0 ? null : figures ? (
        <details style={{ marginTop: 12 }}>
          <summary className={styles.summary}>{t('forecast.why')}</summary>
          <Text size="sm" component="div">
            <Reasons reasons={foreseen.reasons} ofOne />
          </Text>
        </details>
      ) : (
        <Text size="sm" component="div" mt="xs">
          <Reasons reasons={foreseen.reasons} ofOne />
        </Text>
      )}
    </Card>
  );
}

/** Categories, brands, channel, hour, discounts. */
function Habits({ foreseen }: { foreseen: ProfilePredictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { channel, bestHour, discount } = foreseen;
  const likes = (some: ProfilePredictions['categories']): string =>
    some
      .slice(0, 3)
      .map(({ value, share }) => t('forecast.likes', { value, share: format.percent(share) }))
      .join(' · ');
  // Midnight of a day without a zone, moved by whole hours: the hour is the person's own.
  const hour = (at: number): string => hourText(format.settings.locale, at);
  return (
    <dl className={styles.likes}>
      {(['categories', 'brands'] as const).map((which) =>
        foreseen[which].length === 0 ? null : (
          <Habit key={which} name={t(`forecast.${which}`)} definition={t('forecast.likesDefinition')}>
            {likes(foreseen[which])}
          </Habit>
        ),
      )}
      {channel === null ? null : (
        <Habit name={t('forecast.channel')} definition={t('forecast.channelDefinition')}>
          {t(`forecast.channelName.${channel.best}`)} {format.percent(channel.shares[channel.best] ?? 0)}
        </Habit>
      )}
      {bestHour === null ? null : (
        <Habit name={t('forecast.bestHour')} definition={t('forecast.bestHourDefinition')}>
          {t('forecast.hour', { hour: hour(bestHour.hour) })}{' '}
          <span className={styles.quiet}>{t('forecast.ownHour', { count: Math.round(bestHour.own) })}</span>
        </Habit>
      )}
      {discount === null ? null : (
        <Habit name={t('forecast.discount')} definition={t('forecast.discountDefinition')}>
          {format.percent(discount.affinity)}{' '}
          <span className={styles.quiet}>{t('forecast.discountNote', { count: discount.orders })}</span>
        </Habit>
      )}
    </dl>
  );
}

const hourText = (locale: string, hour: number): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2000, 0, 1, hour)),
  );

function Habit({ name, definition, children }: { name: string; definition: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        {name}
        <Tooltip label={definition} events={{ hover: true, focus: true, touch: true }}>
          <UnstyledButton className={styles.info} aria-label={definition}>
            <IconInfoCircle size={14} aria-hidden="true" />
          </UnstyledButton>
        </Tooltip>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
