import { Text } from '@mantine/core';
import type { Audience } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Campaigns.module.css';

/** Why people of a segment get nothing, in the order they are asked. */
const losses = [
  'excluded',
  'control',
  'no_consent',
  'no_address',
  'suppressed',
  'holdout',
  'capped',
  'already_sent',
  'not_in_segment',
  'erased',
] as const;

/** From everyone in the segment down to those who get a message. */
export function Waterfall({ audience }: { audience: Audience }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps = losses.filter((loss) => audience[loss] > 0);
  const row = (
    key: string,
    people: number,
    from: number,
    tone: 'all' | 'loss' | 'yes',
    words: string,
    hint: string,
  ) => (
    <tr key={key} data-tone={tone}>
      <th scope="row">
        {words}
        <Text size="xs" c="dimmed" component="span" className={styles.hint}>
          {hint}
        </Text>
      </th>
      <td className={styles.number}>
        {tone === 'loss' ? '−' : ''}
        <Num value={people} />
      </td>
      <td className={styles.number}>{audience.matched === 0 ? '' : format.percent(people / audience.matched)}</td>
      <td className={styles.track} aria-hidden="true">
        <span
          className={styles.bar}
          data-tone={tone}
          style={{
            marginInlineStart: `${share(from - people, audience.matched)}%`,
            width: `${share(people, audience.matched)}%`,
          }}
        />
      </td>
    </tr>
  );
  let left = audience.matched;
  return (
    <table className={styles.waterfall}>
      <caption className={styles.hidden}>{t('campaigns.waterfall')}</caption>
      <thead className={styles.hidden}>
        <tr>
          <th scope="col">{t('campaigns.step')}</th>
          <th scope="col">{t('campaigns.people')}</th>
          <th scope="col">{t('campaigns.share')}</th>
          <th scope="col">{t('campaigns.picture')}</th>
        </tr>
      </thead>
      <tbody>
        {row('matched', audience.matched, audience.matched, 'all', t('campaigns.audience.matched'), '')}
        {steps.map((loss) => {
          const before = left;
          left -= audience[loss];
          return row(
            loss,
            audience[loss],
            before,
            'loss',
            t(`campaigns.audience.${loss}`),
            t(`campaigns.audienceHint.${loss}`),
          );
        })}
        {row('willSend', audience.willSend, audience.willSend, 'yes', t('campaigns.audience.willSend'), '')}
      </tbody>
    </table>
  );
}

const share = (people: number, of: number): number => (of === 0 ? 0 : (Math.max(0, people) / of) * 100);
