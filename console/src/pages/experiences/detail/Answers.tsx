import { Alert, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnswersReport, Experience } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../../api/context.tsx';
import { answersReportQuery } from '../../../api/experiences.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, nothing, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';
import styles from '../Experiences.module.css';
import { isAsking } from '../form/capture/captureDraft.ts';

/** What visitors answered, agreed to and drew; nothing for an experience that asks nothing. */
export function Answers({ experience, days }: { experience: Experience; days: number }) {
  const asks = experience.definition.variants.some(({ content }) => isAsking(content));
  const query = useQuery({ ...answersReportQuery(useApi(), experience.id, days), enabled: asks });
  if (!asks) return null;
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return query.data === undefined ? (
    <Skeleton height={200} aria-busy="true" />
  ) : (
    <Answered experience={experience} report={query.data} />
  );
}

interface AnsweredProps {
  readonly experience: Experience;
  readonly report: AnswersReport;
}

function Answered({ experience, report }: AnsweredProps) {
  const { t } = useTranslation();
  const { people, questions, outcomes, consents, draws, stock } = report;
  const out = stock.filter(({ left }) => left === 0).map(({ offer }) => offer);
  return (
    <>
      {out.length === 0 ? null : (
        <Alert color="yellow" variant="light">
          {t('experiences.capture.stockOut', { offers: out.join(', ') })}
        </Alert>
      )}
      <Card
        title={t('experiences.capture.report')}
        note={people === 0 ? t('experiences.capture.none') : t('experiences.capture.reportNote', { people })}
      >
        {questions.map((question) => (
          <QuestionAnswers key={question.trait} question={question} experience={experience} />
        ))}
      </Card>
      {consents.agreed === 0 ? null : <Consents consents={consents} />}
      {outcomes.length === 0 ? null : (
        <Card title={t('experiences.capture.ends')} flush>
          <Rows
            label={t('experiences.capture.ends')}
            heads={[t('experiences.capture.end'), t('experiences.capture.times')]}
          >
            {outcomes.map(({ variant, outcome, count }) => (
              <Table.Tr key={`${variant}/${outcome}`}>
                <Table.Th scope="row">{outcome}</Table.Th>
                <Table.Td className={styles.number}>
                  <Num value={count} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        </Card>
      )}
      {draws.length === 0 ? null : <Draws report={report} experience={experience} />}
    </>
  );
}

function Consents({ consents }: { consents: AnswersReport['consents'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('experiences.capture.consents')}>
      <StatRow>
        {(['agreed', 'asked', 'confirmed', 'kept'] as const).map((one) => (
          <StatTile
            key={one}
            label={t(`experiences.capture.${one}`)}
            definition={t(`experiences.capture.${one}Means`)}
            value={<Num value={consents[one]} />}
            note={
              one === 'confirmed' && consents.asked > 0
                ? format.percent(consents.confirmed / consents.asked)
                : undefined
            }
          />
        ))}
      </StatRow>
    </Card>
  );
}

function QuestionAnswers({
  question,
  experience,
}: {
  question: AnswersReport['questions'][number];
  experience: Experience;
}) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const { label, trait, kind, values, texts } = question;
  const title = label[language] ?? Object.values(label)[0] ?? trait;
  const names = new Map(experience.definition.variants.map(({ key, name }) => [key, name]));
  const several = names.size > 1;
  const all = values.reduce((sum, { count }) => sum + count, 0);
  if (kind === 'email' || kind === 'phone') return null;
  return (
    <section className={styles.answers}>
      <Text fw={600} component="h3">
        {title}
      </Text>
      {kind === 'text' ? (
        <Texts texts={texts} />
      ) : (
        <Rows
          label={title}
          heads={[
            t('experiences.capture.value'),
            ...(several ? [t('experiences.groupOf')] : []),
            t('experiences.capture.times'),
            t('experiences.capture.share'),
          ]}
        >
          {values.map(({ variant, value, count }) => (
            <Table.Tr key={`${variant}/${value}`}>
              <Table.Th scope="row">{value}</Table.Th>
              {several ? <Table.Td>{names.get(variant) ?? variant}</Table.Td> : null}
              <Table.Td className={styles.number}>
                <Num value={count} />
              </Table.Td>
              <Table.Td className={styles.number}>{format.percent(all === 0 ? 0 : count / all)}</Table.Td>
            </Table.Tr>
          ))}
        </Rows>
      )}
    </section>
  );
}

function Texts({ texts }: { texts: AnswersReport['questions'][number]['texts'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (texts.length === 0) return <Text size="sm">{t('experiences.capture.noTexts')}</Text>;
  if (texts.every(({ text }) => text === null)) return <Text size="sm">{t('experiences.capture.masked')}</Text>;
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('experiences.capture.newest')}
      </Text>
      <ul className={styles.texts}>
        {texts.map(({ at, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may write the same at the same moment
          <li key={index}>
            {text ?? nothing}
            <Text span size="xs" c="dimmed">
              {' '}
              {format.dateTime(at)}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

function Draws({ report, experience }: AnsweredProps) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const labels = new Map(
    experience.definition.variants.flatMap(({ content }) =>
      content.kind === 'wheel' ? content.segments.map(({ key, label }): [string, typeof label] => [key, label]) : [],
    ),
  );
  const left = new Map(report.stock.map((one) => [one.offer, one.left]));
  const offers = new Map(
    experience.definition.variants.flatMap(({ content }) =>
      content.kind === 'wheel' ? content.segments.map(({ key, offer }): [string, string | null] => [key, offer]) : [],
    ),
  );
  return (
    <Card title={t('experiences.capture.draws')} note={t('experiences.capture.drawsNote')} flush>
      <Rows
        label={t('experiences.capture.draws')}
        heads={[
          t('experiences.capture.prize'),
          t('experiences.capture.drawn'),
          t('experiences.capture.expected'),
          t('experiences.capture.stock'),
        ]}
      >
        {report.draws.map(({ variant, segment, drawn, expected }) => {
          const label = labels.get(segment) ?? {};
          const offer = offers.get(segment) ?? null;
          const codes = offer === null ? undefined : left.get(offer);
          return (
            <Table.Tr key={`${variant}/${segment}`}>
              <Table.Th scope="row">{label[language] ?? Object.values(label)[0] ?? segment}</Table.Th>
              <Table.Td className={styles.number}>
                <Num value={drawn} />
              </Table.Td>
              <Table.Td className={styles.number}>{format.number(expected, 1)}</Table.Td>
              <Table.Td className={styles.number}>
                {codes === undefined ? (
                  nothing
                ) : codes === null ? (
                  t('experiences.capture.stockEndless')
                ) : (
                  <Num value={codes} />
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Rows>
    </Card>
  );
}

function Rows({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={360} type="native" tabIndex={0} role="group" aria-label={label}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, at) => (
              <Table.Th key={head} className={at === 0 ? undefined : styles.number}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
