import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { SegmentCondition } from '@vitrail/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { atLeast, event, lastDays, textIs } from '../draft/defaults.ts';
import { findStarters, starterGroups, startersOf } from '../draft/starters.ts';
import styles from './Builder.module.css';
import { useBuilder } from './context.tsx';
import { useWords } from './vocabulary.tsx';

const namedEvent = 'own event';
const namedTrait = 'own trait';

/** One field to say what one wants to say: everything that exists here is found by its words. */
export function AddCondition({ group, hint }: { readonly group: number; readonly hint: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const { dispatch } = useBuilder();
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const starters = useMemo(() => startersOf(words), [words]);
  const found = useMemo(() => findStarters(starters, typed), [starters, typed]);
  const name = typed.trim();
  const add = (condition: SegmentCondition) => {
    dispatch({ do: 'add', group, condition });
    setTyped('');
    combobox.closeDropdown();
  };
  const choose = (id: string) => {
    if (id === namedEvent) return add(event({ events: [name] }, atLeast(1), lastDays(30)));
    if (id === namedTrait) return add({ kind: 'trait', trait: name, test: textIs('') });
    const starter = starters.find((one) => one.id === id);
    if (starter !== undefined) add(starter.condition);
  };
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      width="min(40rem, 92vw)"
      position="bottom-start"
      shadow="md"
      middlewares={{ flip: true, shift: true }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          size="sm"
          className={styles.add}
          role="combobox"
          aria-label={t('segments.add.label')}
          placeholder={hint}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          value={typed}
          onChange={(change) => {
            setTyped(change.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={360} className={styles.options} aria-label={t('segments.add.label')}>
          {starterGroups.map((each) => {
            const members = found.filter((starter) => starter.group === each);
            if (members.length === 0) return null;
            return (
              <Combobox.Group key={each} label={t(`segments.starters.${each}`)}>
                {members.map(({ id, label }) => (
                  <Combobox.Option key={id} value={id}>
                    {label}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
          {name === '' ? null : (
            <Combobox.Group label={t('segments.starters.byName')}>
              <Combobox.Option value={namedEvent}>{t('segments.add.event', { name })}</Combobox.Option>
              <Combobox.Option value={namedTrait}>{t('segments.add.trait', { name })}</Combobox.Option>
            </Combobox.Group>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
