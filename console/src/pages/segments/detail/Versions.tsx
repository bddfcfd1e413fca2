import { Skeleton, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { versionsQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { useSentenceNames } from '../builder/vocabulary.tsx';
import { useActorName } from '../useActorName.ts';
import styles from './Detail.module.css';
import { diffVersions } from './versionDiff.ts';

/** Every version with what it changed. */
export function Versions({ id }: { id: string }) {
  const { t, language } = useTranslation();
  const names = useSentenceNames();
  const actorName = useActorName();
  const versions = useQuery(versionsQuery(useApi(), id));
  if (versions.error !== null) return <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />;
  if (versions.data === undefined) return <Skeleton height={200} />;
  const newest = [...versions.data.items].sort((one, other) => other.version - one.version);
  return (
    <ol className={styles.versions}>
      {newest.map((version, at) => {
        const before = newest[at + 1];
        const diff = before === undefined ? null : diffVersions(before.definition, version.definition, language, names);
        return (
          <li key={version.version}>
            <Card
              title={t('segments.versions.title', { version: version.version })}
              note={
                <>
                  <DateTime at={version.at} /> · {actorName(version.by)}
                </>
              }
            >
              <p className={styles.sentence}>{version.sentence[language]}</p>
              {diff === null ? null : (
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
              )}
            </Card>
          </li>
        );
      })}
    </ol>
  );
}
