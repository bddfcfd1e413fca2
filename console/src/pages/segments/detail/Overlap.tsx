import '@mantine/core/styles/PillsInput.css';
import { Group, MultiSelect, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { segmentOverlapSchema } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { useApi } from '../../../api/context.tsx';
import { overlapQuery, segmentChoicesQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { CsvButton } from '../../../ui/chart/CsvButton.tsx';
import { PictureButton } from '../../../ui/chart/PictureButton.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from './Detail.module.css';

type OverlapAnswer = z.infer<typeof segmentOverlapSchema>;
const most = 8;

/** Who of this segment is in others too: one row for every combination that somebody is in. */
export function Overlap({ id }: { id: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const choices = useQuery(segmentChoicesQuery(api)).data?.items ?? [];
  const [others, setOthers] = useState<string[] | null>(null);
  const options = choices.filter((one) => one.id !== id).map((one) => ({ value: one.id, label: one.name }));
  const chosen = others ?? options.slice(0, 3).map(({ value }) => value);
  const overlap = useQuery({ ...overlapQuery(api, [id, ...chosen]), enabled: chosen.length > 0 });
  return (
    <Card title={t('segments.overlap.title')} note={t('segments.overlap.note')}>
      <MultiSelect
        label={t('segments.overlap.with')}
        placeholder={chosen.length === 0 ? t('segments.overlap.choose') : ''}
        data={options}
        value={chosen}
        onChange={setOthers}
        maxValues={most - 1}
        searchable
        size="xs"
        mb="sm"
      />
      {overlap.error === null ? null : <ProblemAlert error={overlap.error} onRetry={() => void overlap.refetch()} />}
      {chosen.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments.overlap.none')}
        </Text>
      ) : overlap.data === undefined ? (
        overlap.error === null ? (
          <Skeleton height={160} />
        ) : null
      ) : (
        <Combinations answer={overlap.data} of={id} />
      )}
    </Card>
  );
}

/** A dot for every segment of a combination, and a bar as long as it has people. */
function Combinations({ answer, of }: { answer: OverlapAnswer; of: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const table = useRef<HTMLTableElement>(null);
  const { sizes } = answer;
  const rows = [...answer.combinations].filter(({ count }) => count > 0).sort((one, other) => other.count - one.count);
  const largest = Math.max(1, ...rows.map(({ count }) => count));
  const nameOf = (segment: string) => sizes.find((one) => one.id === segment)?.name ?? segment;
  return (
    <>
      <Table.ScrollContainer
        minWidth={320}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('segments.overlap.title')}
      >
        <table className={styles.overlap} ref={table}>
          <thead>
            <tr>
              {sizes.map((one) => (
                <th key={one.id} scope="col" className={styles.setName}>
                  <span title={one.name}>{one.name}</span>
                  <span className={styles.quiet}>{format.number(one.size)}</span>
                </th>
              ))}
              <th scope="col">{t('segments.overlap.people')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const words = row.in.map(nameOf);
              return (
                <tr key={row.in.join(' ')}>
                  {sizes.map((one) => (
                    <td key={one.id} className={styles.dotCell}>
                      <span className={styles.dot} data-in={row.in.includes(one.id) ? '' : undefined}>
                        <span className={styles.hidden}>{t(row.in.includes(one.id) ? 'value.yes' : 'value.no')}</span>
                      </span>
                    </td>
                  ))}
                  <td>
                    <div
                      className={styles.comboBar}
                      title={format.list(words)}
                      data-own={row.in.includes(of) ? '' : undefined}
                    >
                      <span className={styles.comboTrack} aria-hidden="true">
                        <span style={{ width: `${(100 * row.count) / largest}%` }} />
                      </span>
                      <span>{format.number(row.count)}</span>
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('segments.overlap.nobody')}
          </Text>
        ) : null}
      </Table.ScrollContainer>
      {rows.length === 0 ? null : (
        <Group gap="xs" mt="sm">
          <PictureButton name="overlap" of={table} />
          <CsvButton
            name="overlap"
            head={[...sizes.map(({ name }) => name), t('segments.overlap.people')]}
            rows={() => rows.map((row) => [...sizes.map((one) => (row.in.includes(one.id) ? 1 : 0)), row.count])}
          />
        </Group>
      )}
    </>
  );
}
