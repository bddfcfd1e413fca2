import { Tabs, Text } from '@mantine/core';
import { IconArrowsHorizontal } from '@tabler/icons-react';
import type { MatchLink, RunReport } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { probabilityText } from '../matchWords.ts';
import { Side } from '../Side.tsx';
import styles from './Runs.module.css';

/** Pairs drawn from each band: what "the same" looks like here, judged by one's own eyes. */
export function Samples({ report, dryRun }: { report: RunReport; dryRun: boolean }) {
  const { t } = useTranslation();
  const filled = report.samples.filter(({ links }) => links.length > 0);
  const [first] = filled;
  if (first === undefined) return null;
  return (
    <Card title={t('matchRun.samples')} note={t(dryRun ? 'matchRun.samplesNote' : 'matchRun.samplesNoteDone')}>
      <Tabs defaultValue={first.band} keepMounted={false}>
        <Tabs.List>
          {filled.map(({ band, links }) => (
            <Tabs.Tab key={band} value={band}>
              {t(`matchRun.band.${band}`, { count: links.length })}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {filled.map(({ band, links }) => (
          <Tabs.Panel key={band} value={band} pt="xs">
            <ul className={styles.pairs}>
              {links.map((link, at) => (
                <Pair key={`${link.left?.id ?? at} ${link.right?.id ?? at}`} link={link} />
              ))}
            </ul>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Card>
  );
}

/** Two records and how likely they are one. */
export function Pair({ link, children }: { link: MatchLink; children?: ReactNode }) {
  const format = useFormat();
  return (
    <li className={styles.pair}>
      <Side side={link.left} size={28} />
      <IconArrowsHorizontal size={16} aria-hidden="true" className={styles.between} />
      <Side side={link.right} size={28} />
      <Text span size="sm" className={styles.likely}>
        {probabilityText(link.probability, format)}
        {children}
      </Text>
    </li>
  );
}
