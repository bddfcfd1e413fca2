import { Text } from '@mantine/core';
import type { TemplateProblem } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import styles from '../Templates.module.css';

/** What is wrong, the worst first, each with what it is about and whom it concerns. */
export function ProblemList({ problems }: { problems: readonly TemplateProblem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => {
        const { code, level, language, field, what, line, people, of } = problem;
        const place = [language, field, line === null ? '' : t('templates.problem.line', { line: String(line) })];
        return (
          <li key={[code, language, field, what, line].join('|')}>
            <StatusBadge tone={level === 'error' ? 'bad' : 'warn'}>{t(`templates.problem.${code}`)}</StatusBadge>
            {what === '' ? null : (
              <Text size="sm" className={styles.what}>
                {what}
              </Text>
            )}
            <Text size="xs" c="dimmed">
              {[
                ...place.filter((part) => part !== ''),
                ...(people === null ? [] : [t('templates.problem.people', { count: people, of: of ?? people })]),
              ].join(' · ')}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
