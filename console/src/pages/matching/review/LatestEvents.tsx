import { Text } from '@mantine/core';
import type { ProfileEvent, ReviewDetail } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Money, Relative } from '../../../ui/format/FormatProvider.tsx';
import { SourceOf } from '../../../ui/SourceOf.tsx';
import { useEventName } from '../../../ui/useEventName.ts';
import { detailOf } from '../../customer/describeEvent.ts';
import { membershipOf } from '../../customer/membershipOf.ts';
import { useSideName } from '../Side.tsx';
import styles from './Review.module.css';

const types = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** The newest events of both, side by side. */
export function LatestEvents({ review }: { review: ReviewDetail }) {
  const { t } = useTranslation();
  const nameOf = useSideName();
  const { left, right } = review.events;
  if (left.length + right.length === 0) return null;
  return (
    <Card title={t('review.events')}>
      <div className={styles.two}>
        {[
          { side: review.left, events: left, key: 'left' },
          { side: review.right, events: right, key: 'right' },
        ].map(({ side, events, key }) => (
          <div key={key}>
            <Text size="sm" fw={600} className={styles.who}>
              {nameOf(side)} <span className={styles.quiet}>{side.detail}</span>
            </Text>
            {events.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('review.noEvents')}
              </Text>
            ) : (
              <ul className={styles.events}>
                {events.map((event) => (
                  <EventLine key={event.messageId} event={event} />
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </Card>
  );
}

function EventLine({ event }: { event: ProfileEvent }) {
  const { t } = useTranslation();
  const eventName = useEventName();
  const membership = membershipOf(event);
  const type = types.find((one) => one === event.type) ?? 'track';
  const title =
    membership !== null
      ? t(`membership.${membership.direction}`, { name: membership.name })
      : event.type === 'track' && event.event !== ''
        ? eventName(event.event)
        : t(`eventType.${type}`);
  const detail = membership === null ? detailOf(event) : null;
  return (
    <li>
      <span className={styles.eventWhat}>
        {title}
        {event.value === null ? null : (
          <b className="vt-figures">
            <Money amount={event.value} currency={event.currency === '' ? undefined : event.currency} />
          </b>
        )}
        {detail === null ? null : <span className={styles.eventDetail}>{detail}</span>}
      </span>
      <span className={styles.eventMeta}>
        {membership === null ? <SourceOf id={event.source} family={event.family} /> : null}
        <span className={styles.quiet}>
          <Relative at={event.timestamp} />
        </span>
      </span>
    </li>
  );
}
