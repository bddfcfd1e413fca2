import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Source } from '@vitrail/contracts';
import { memo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { shortId } from '../../ui/person.ts';
import { SourceBadge } from '../../ui/SourceBadge.tsx';
import type { LiveRow } from './buffer.ts';
import styles from './Live.module.css';

interface LiveListProps {
  readonly rows: readonly LiveRow[];
  readonly sources: ReadonlyMap<number, Source>;
  readonly onOpen: (row: LiveRow) => void;
  /** The pointer or the keyboard is in the list: it should stand still. */
  readonly onHold: (held: boolean) => void;
}

const types = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** Rows are never announced one by one: a screen reader would never come to rest. */
export function LiveList({ rows, sources, onOpen, onHold }: LiveListProps) {
  const { t } = useTranslation();
  return (
    <ol
      className={styles.list}
      aria-label={t('place.live')}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      {rows.map((row) => (
        <LiveItem key={row.key} row={row} source={sources.get(row.sourceId)} onOpen={onOpen} />
      ))}
    </ol>
  );
}

const LiveItem = memo(function LiveItem(props: {
  row: LiveRow;
  source: Source | undefined;
  onOpen: LiveListProps['onOpen'];
}) {
  const { row, source, onOpen } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const type = t(`eventType.${types.find((one) => one === row.type) ?? 'track'}`);
  return (
    <li className={styles.row}>
      <time className={styles.time} dateTime={row.at}>
        {format.time(row.at)}
      </time>
      <UnstyledButton className={styles.event} onClick={() => onOpen(row)}>
        {row.event === '' ? type : row.event}
        {row.event === '' || row.type === 'track' ? null : <span className={styles.type}>{type}</span>}
      </UnstyledButton>
      <span className={styles.source}>
        <SourceBadge family={source?.family ?? 'web'} name={source?.name ?? `#${row.sourceId}`} />
      </span>
      <span className={styles.person}>
        {row.profileId === null ? null : (
          <Link to="/customers/$id" params={{ id: row.profileId }}>
            {shortId(row.profileId)}
          </Link>
        )}
      </span>
    </li>
  );
});
