import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { Mosaic } from './mosaic/Mosaic.tsx';
import styles from './PersonName.module.css';
import { mosaicInputOf, shortId } from './person.ts';

interface Person {
  readonly id: string;
  readonly name: string | null;
  readonly fragments: readonly { readonly namespace: string; readonly family: string; readonly seed: string }[];
}

export function usePersonName(): (person: { readonly id: string; readonly name: string | null }) => string {
  const { t } = useTranslation();
  return (person) => person.name ?? t('person.unknown', { id: shortId(person.id) });
}

export function PersonMosaic({ person, size, decorative }: { person: Person; size?: number; decorative?: boolean }) {
  const input = useMemo(() => mosaicInputOf(person), [person]);
  return (
    <Mosaic
      {...input}
      {...(size === undefined ? {} : { size })}
      {...(decorative === undefined ? {} : { decorative })}
    />
  );
}

/** Mosaic and name; the name leads to the person. */
export function PersonName({ person, size = 24, note }: { person: Person; size?: number; note?: string | null }) {
  const nameOf = usePersonName();
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonMosaic person={person} size={size} />
      <div className={styles.words}>
        <Link to="/customers/$id" params={{ id: person.id }} className={styles.name} data-known={person.name !== null}>
          {nameOf(person)}
        </Link>
        {note === undefined || note === null ? null : (
          <Text size="xs" c="dimmed" truncate>
            {note}
          </Text>
        )}
      </div>
    </Group>
  );
}
