import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ExperienceRequest } from '@vitrail/contracts';
import { type ReactNode, useRef, useState } from 'react';
import { ApiError } from '../../../api/problem.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Experiences.module.css';
import { Preview } from '../preview/Preview.tsx';
import { check, type Draft, isSame, type Problem, type Problems } from './draft.ts';
import { ExperienceFormProvider } from './formContext.tsx';
import { GeneralFields } from './GeneralFields.tsx';
import { LimitFields } from './LimitFields.tsx';
import { VariantFields } from './VariantFields.tsx';
import { WhenFields } from './WhenFields.tsx';
import { WhoFields } from './WhoFields.tsx';

interface ExperienceFieldsProps {
  readonly start: Draft;
  readonly isNew: boolean;
  readonly disabled: boolean;
  readonly onSave: (request: ExperienceRequest) => void;
  readonly saving: boolean;
  readonly problem: unknown;
  readonly saveLabel: string;
  /** What saving means where it is already seen. */
  readonly note?: ReactNode;
}

/** Faults of the server that belong to one field. */
const fieldFaults: Readonly<Record<string, readonly [string, Problem]>> = {
  'experience.key_taken': ['key', 'unique'],
};

/** Everything of an experience in one form, with what a visitor would see at its side. */
export function ExperienceFields(props: ExperienceFieldsProps) {
  const { start, isNew, disabled, onSave, saving, problem, saveLabel, note } = props;
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [asked, setAsked] = useState(false);
  const [variant, setVariant] = useState(0);
  const sent = useRef(false);
  const changed = !isSame(draft, start);
  useBlocker({
    shouldBlockFn: () => !(sent.current && problem === null) && !window.confirm(t('experiences.leave')),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  const checked = check(draft);
  const fault = problem instanceof ApiError ? fieldFaults[problem.code] : undefined;
  const problems: Problems = new Map([
    ...(fault === undefined ? [] : [fault]),
    ...(asked && 'problems' in checked ? checked.problems : []),
  ]);
  const shown = draft.variants[variant] === undefined ? 0 : variant;
  const submit = (): void => {
    setAsked(true);
    if ('request' in checked) {
      sent.current = true;
      onSave(checked.request);
      return;
    }
    const inVariant = [...checked.problems.keys()].map((path) => /^variants\.(\d+)\./.exec(path)?.[1]).find(Boolean);
    if (inVariant !== undefined) setVariant(Number(inVariant));
    // The fields say what is wrong after the next drawing.
    requestAnimationFrame(() => {
      const wrong = form.current?.querySelector('[aria-invalid="true"]');
      if (wrong instanceof HTMLElement) wrong.focus();
    });
  };
  return (
    <ExperienceFormProvider
      value={{ draft, change: (part) => setDraft((before) => ({ ...before, ...part })), problems, disabled }}
    >
      <form
        ref={form}
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles.fields}>
          <GeneralFields isNew={isNew} />
          <VariantFields at={shown} onSelect={setVariant} />
        </div>
        <aside className={styles.aside} aria-label={t('experiences.preview')}>
          <Preview content={draft.variants[shown]?.content} />
        </aside>
        <div className={styles.fields}>
          <WhoFields />
          <WhenFields />
          <LimitFields />
          {problem === null || fault !== undefined ? null : <ProblemAlert error={problem} />}
          {problems.size === 0 ? null : (
            <Text c="red" size="sm" role="alert">
              {t('experiences.problems', { count: problems.size })}
            </Text>
          )}
          {disabled ? null : (
            <Stack gap={6} align="flex-end">
              {note === undefined ? null : (
                <Text size="sm" c="dimmed">
                  {note}
                </Text>
              )}
              <Group>
                <Button type="submit" loading={saving}>
                  {saveLabel}
                </Button>
              </Group>
            </Stack>
          )}
        </div>
      </form>
    </ExperienceFormProvider>
  );
}
