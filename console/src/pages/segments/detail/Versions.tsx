import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { versionsQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DateTime } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { useSentenceNames } from '../builder/vocabulary.tsx';
import { useActorName } from '../useActorName.ts';
import { Changes } from './Changes.tsx';
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
              {diff === null ? null : <Changes diff={diff} />}
            </Card>
          </li>
        );
      })}
    </ol>
  );
}
