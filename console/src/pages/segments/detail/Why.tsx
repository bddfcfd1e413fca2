import { Combobox, Skeleton, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ProfileSummary, SegmentExplanation, SegmentNode } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { findPeople } from '../../../api/customers.ts';
import { explanationQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { PersonMosaic, PersonName, usePersonName } from '../../../ui/PersonName.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from './Detail.module.css';
import { foundText } from './foundText.ts';

type Of = { readonly id: string } | { readonly definition: SegmentNode };

/** Why one person is in or out: search them, then every condition with what was found. */
export function Why({ of, actions }: { of: Of; actions?: (person: ProfileSummary) => React.ReactNode }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<ProfileSummary | null>(null);
  return (
    <Card title={t('segments.why.title')} note={t('segments.why.note')}>
      <PersonSearch onChoose={setPerson} />
      {person === null ? null : (
        <div className={styles.explained}>
          <PersonName person={person} size={36} note={person.email} />
          <Explanation of={of} profile={person.id} />
          {actions?.(person)}
        </div>
      )}
    </Card>
  );
}

/** Finds one person by name, e-mail, telephone or any identifier. */
export function PersonSearch({ onChoose }: { onChoose: (person: ProfileSummary) => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const nameOf = usePersonName();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 250);
  const people = useQuery({
    queryKey: ['customers', 'palette', settled],
    queryFn: ({ signal }) => findPeople(api, settled, 6, null, signal),
    enabled: settled.length >= 2,
  });
  const found = settled.length < 2 ? [] : (people.data?.items ?? []);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const chosen = found.find((one) => one.id === id);
        if (chosen === undefined) return;
        onChoose(chosen);
        setTyped('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          size="sm"
          maw={420}
          role="combobox"
          aria-label={t('segments.why.search')}
          placeholder={t('segments.why.searchHint')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={settled.length < 2}>
        <Combobox.Options>
          {found.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              <span className={styles.match}>
                <PersonMosaic person={one} size={22} decorative />
                <span>
                  {nameOf(one)}
                  <span className={styles.quiet}> {[one.email, one.city].filter(Boolean).join(' · ')}</span>
                </span>
              </span>
            </Combobox.Option>
          ))}
          {people.isFetching && found.length === 0 ? <Combobox.Empty>{t('palette.searching')}</Combobox.Empty> : null}
          {!people.isFetching && found.length === 0 ? <Combobox.Empty>{t('palette.nothing')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** How deep a part stands: every group and every "not" on the way. */
const depthOf = (path: string): number => (path === '' ? 0 : path.split('.').filter((step) => step === 'of').length);

/** "not" and groups of one say nothing that the part within does not say. */
function saidParts(conditions: SegmentExplanation['conditions']) {
  return conditions.filter(({ path, found }, at) => {
    const next = conditions[at + 1];
    const isNot = next?.path === (path === '' ? 'of' : `${path}.of`);
    return found !== null || (!isNot && path !== '');
  });
}

/** Every condition, passed or not, with what was found for this person. */
export function Explanation({ of, profile }: { of: Of; profile: string }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const explanation = useQuery(explanationQuery(useApi(), of, profile));
  if (explanation.isPending) return <Skeleton height={120} mt="sm" />;
  if (explanation.data === undefined)
    return <ProblemAlert error={explanation.error} onRetry={() => void explanation.refetch()} />;
  const { member, conditions, at, next } = explanation.data;
  const words = {
    granted: t('segments.consent.granted'),
    denied: t('segments.consent.denied'),
    unknown: t('segments.consent.unknown'),
    yes: t('value.yes'),
    no: t('value.no'),
    'outside:nothing': t('segments.why.outsideNothing'),
    'outside:refused': t('segments.why.outsideRefused'),
    'outside:over': t('segments.why.outsideOver'),
    'outside:use': t('segments.why.outsideUse'),
  };
  return (
    <div className={styles.explanation} data-testid="explanation">
      <Text fw={600} className={styles.verdict} data-member={member ? '' : undefined} role="status">
        {t(member ? 'segments.why.in' : 'segments.why.out')}
      </Text>
      <ul className={styles.reasons}>
        {saidParts(conditions).map((condition) => (
          <li
            key={condition.path}
            data-pass={condition.pass ? '' : undefined}
            style={{ paddingInlineStart: `${Math.max(0, depthOf(condition.path) - 1) * 1.25}rem` }}
          >
            {condition.pass ? (
              <IconCheck size={16} aria-hidden="true" className={styles.pass} />
            ) : (
              <IconX size={16} aria-hidden="true" className={styles.fail} />
            )}
            <span>
              <span className={styles.hidden}>
                {t(condition.pass ? 'segments.why.passed' : 'segments.why.failed')}{' '}
              </span>
              {condition.sentence[language]}
              {condition.found === null || condition.found === '' ? null : (
                <span className={styles.quiet}>
                  {' '}
                  · {t('segments.why.found', { value: foundText(condition.found, format, words) })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        {t('segments.why.at', { at: format.dateTime(at) })}
        {next === null ? null : ` · ${t('segments.why.next', { at: format.dateTime(next) })}`}
      </Text>
    </div>
  );
}
