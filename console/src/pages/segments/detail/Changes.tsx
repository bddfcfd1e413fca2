import { Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from './Detail.module.css';
import type { VersionDiff } from './versionDiff.ts';

/** What went and what came between two definitions. */
export function Changes({ diff }: { diff: VersionDiff }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.changes} aria-label={t('segments.versions.changes')}>
      {diff.removed.map((sentence) => (
        <li key={`- ${sentence}`} data-change="removed">
          <IconMinus size={14} aria-hidden="true" />
          <span>
            <span className={styles.hidden}>{t('segments.versions.removed')} </span>
            <del>{sentence}</del>
          </span>
        </li>
      ))}
      {diff.added.map((sentence) => (
        <li key={`+ ${sentence}`} data-change="added">
          <IconPlus size={14} aria-hidden="true" />
          <span>
            <span className={styles.hidden}>{t('segments.versions.added')} </span>
            <ins>{sentence}</ins>
          </span>
        </li>
      ))}
      {diff.regrouped ? (
        <li>
          <Text size="sm">{t('segments.versions.regrouped')}</Text>
        </li>
      ) : null}
      {diff.added.length + diff.removed.length === 0 && !diff.regrouped ? (
        <li>
          <Text size="sm" c="dimmed">
            {t('segments.versions.same')}
          </Text>
        </li>
      ) : null}
    </ul>
  );
}
