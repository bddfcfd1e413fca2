import { Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowBackUp,
  IconClick,
  IconEye,
  IconFileText,
  IconLink,
  IconSearch,
  IconShoppingBag,
  IconShoppingCart,
  IconUserCheck,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ProfileEvent } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Money, useFormat } from '../../ui/format/FormatProvider.tsx';
import { isFamily } from '../../ui/mosaic/fragments.ts';
import { SourceOf } from '../../ui/SourceOf.tsx';
import { useEventName } from '../../ui/useEventName.ts';
import { detailOf } from './describeEvent.ts';
import { membershipOf } from './membershipOf.ts';
import styles from './Timeline.module.css';

function iconOf({ type, event }: ProfileEvent) {
  if (type === 'identify') return IconUserCheck;
  if (type === 'group' || type === 'segment') return IconUsersGroup;
  if (type === 'alias') return IconLink;
  if (type === 'page' || type === 'screen') return IconFileText;
  if (/refund|cancel/i.test(event)) return IconArrowBackUp;
  if (/order/i.test(event)) return IconShoppingBag;
  if (/cart|checkout|added|removed/i.test(event)) return IconShoppingCart;
  if (/search/i.test(event)) return IconSearch;
  if (/view/i.test(event)) return IconEye;
  return IconClick;
}

const typeNames = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** One event: when, what, about what, from where. Opens its raw record. */
export function TimelineItem({ event, onOpen }: { event: ProfileEvent; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = iconOf(event);
  const membership = membershipOf(event);
  const known = typeNames.find((name) => name === event.type);
  const eventName = useEventName();
  const title =
    membership !== null
      ? t(`membership.${membership.direction}`, { name: membership.name })
      : event.type === 'track' && event.event !== ''
        ? eventName(event.event)
        : t(`eventType.${known ?? 'track'}`);
  const cause = membership?.cause ?? null;
  const detail = membership === null ? detailOf(event) : cause === null ? null : t(`membership.cause.${cause}`);
  return (
    <li className={styles.item}>
      <span className={styles.icon} data-family={isFamily(event.family) ? event.family : 'crm'}>
        <Icon size={16} stroke={1.8} aria-hidden="true" />
      </span>
      <UnstyledButton className={styles.body} onClick={onOpen}>
        <span className={styles.title}>
          <span title={event.event}>{title}</span>
          {event.value === null ? null : (
            <b className="vt-figures">
              <Money amount={event.value} currency={event.currency === '' ? undefined : event.currency} />
            </b>
          )}
        </span>
        {detail === null ? null : (
          <Text component="span" size="sm" c="dimmed" truncate className={styles.detail}>
            {detail}
          </Text>
        )}
      </UnstyledButton>
      <span className={styles.meta}>
        {membership === null ? <SourceOf id={event.source} family={event.family} /> : null}
        <time dateTime={event.timestamp} title={format.dateTime(event.timestamp)}>
          {format.time(event.timestamp)}
        </time>
      </span>
    </li>
  );
}
