import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import type { Finding } from './checks.ts';
import styles from './Editor.module.css';

/** Everything worth a second look before it is started. */
export function ChecksCard({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const aboutOf = ({ problem, about }: Finding): string =>
    /^(language|long)/.test(problem) ? format.name(about, 'language') : about;
  return (
    <Card title={t('pageEditor.checks')} note={t('pageEditor.checksNote')}>
      <ul className={styles.findings} data-testid="checks">
        {findings.length === 0 ? (
          <li>
            <IconCheck size={18} aria-hidden="true" className={styles.good} />
            {t('pageEditor.check.fine')}
          </li>
        ) : (
          findings.map((finding) => (
            <li key={`${finding.problem} ${finding.about}`}>
              <IconAlertTriangle size={18} aria-hidden="true" className={styles.warn} />
              {t(`pageEditor.check.${finding.problem}`, { about: aboutOf(finding) })}
            </li>
          ))
        )}
      </ul>
    </Card>
  );
}
