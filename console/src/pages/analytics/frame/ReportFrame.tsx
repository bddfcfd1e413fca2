import { Group, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReportAbout } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { WordsProvider } from '../../segments/builder/vocabulary.tsx';
import styles from '../Analytics.module.css';

interface ReportFrameProps {
  readonly title: string;
  readonly purpose: string;
  /** How the numbers are made. */
  readonly definition: string;
  readonly about: ReportAbout | undefined;
  readonly actions: ReactNode;
  /** What is asked: metric, steps, filters. */
  readonly controls?: ReactNode;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** A new answer is on its way; the old one is still shown. */
  readonly busy: boolean;
  readonly children: ReactNode;
}

/** What every report has: period, definition, the time its data is from, problems. */
export function ReportFrame(props: ReportFrameProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { about } = props;
  return (
    <WordsProvider>
      <PageHeader title={props.title} purpose={props.purpose} actions={props.actions} />
      <Stack gap="md">
        {props.controls === undefined ? null : <div className={styles.controls}>{props.controls}</div>}
        <Group gap={6} className={styles.about}>
          <Tooltip
            label={props.definition}
            multiline
            maw={360}
            events={{ hover: true, focus: true, touch: true }}
            position="bottom-start"
          >
            <UnstyledButton
              className={styles.definition}
              aria-label={`${t('analytics.definitionTitle')}. ${props.definition}`}
            >
              <IconInfoCircle size={15} aria-hidden="true" /> {t('analytics.definitionTitle')}
            </UnstyledButton>
          </Tooltip>
          <Text size="sm" c="dimmed" role="status">
            {about === undefined || props.busy
              ? t('analytics.counting')
              : t('analytics.asOf', {
                  from: format.date(about.from),
                  to: format.date(about.to),
                  at: format.dateTime(about.at),
                  zone: about.timeZone,
                })}
          </Text>
        </Group>
        {props.error === null ? null : <ProblemAlert error={props.error} onRetry={props.onRetry} />}
        <div aria-busy={props.busy} className={styles.results} data-busy={props.busy || undefined}>
          {props.children}
        </div>
      </Stack>
    </WordsProvider>
  );
}
