import { Group, Text } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MatchSide } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PersonMosaic } from '../../ui/PersonName.tsx';
import { shortId } from '../../ui/person.ts';
import styles from './Matching.module.css';

export function useSideName(): (side: Pick<MatchSide, 'id' | 'name'> | null) => string {
  const { t } = useTranslation();
  return (side) =>
    side === null ? t('matching.erased') : (side.name ?? t('person.unknown', { id: shortId(side.id) }));
}

/** One of two records: picture, name, and a second line that tells it from its namesakes. */
export function Side({ side, size = 24 }: { side: MatchSide | null; size?: number }) {
  const nameOf = useSideName();
  if (side === null)
    return (
      <Text size="sm" c="dimmed">
        {nameOf(side)}
      </Text>
    );
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      {side.profile === null ? (
        <span className={styles.company} style={{ width: size, height: size }}>
          <IconBuilding size={size * 0.7} stroke={1.6} aria-hidden="true" />
        </span>
      ) : (
        <PersonMosaic person={side.profile} size={size} />
      )}
      <div className={styles.sideWords}>
        {side.profile === null ? (
          <Link to="/companies" search={{ q: side.name ?? side.id }} className={styles.sideName}>
            {nameOf(side)}
          </Link>
        ) : (
          <Link to="/customers/$id" params={{ id: side.profile.id }} className={styles.sideName}>
            {nameOf(side)}
          </Link>
        )}
        {side.detail === null ? null : (
          <Text size="xs" c="dimmed" className={styles.sideDetail}>
            {side.detail}
          </Text>
        )}
      </div>
    </Group>
  );
}
