import { Button, Group, Menu, Popover, UnstyledButton } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './FilterBar.module.css';
import type { Filter } from './FilterEditor.tsx';

export type FilterValues = Readonly<Record<string, string | undefined>>;

interface FilterBarProps {
  readonly filters: readonly Filter[];
  readonly values: FilterValues;
  readonly onChange: (id: string, value: string | undefined) => void;
}

// Loaded when a filter is first set.
const FilterEditor = lazy(() => import('./FilterEditor.tsx'));

/** Filters in force, as chips that read like a sentence; each can be changed or taken away. */
export function FilterBar({ filters, values, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null>(null);
  const isOn = (filter: Filter) => values[filter.id] !== undefined || editing === filter.id;
  const unused = filters.filter((filter) => !isOn(filter));
  return (
    <Group gap="xs">
      {filters.filter(isOn).map((filter) => {
        const value = values[filter.id];
        const words = filter.options?.find((option) => option.value === value)?.label ?? value ?? '…';
        return (
          <Popover
            key={filter.id}
            opened={editing === filter.id}
            onChange={(opened) => setEditing(opened ? filter.id : null)}
            position="bottom-start"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <span className={styles.chip}>
                <UnstyledButton className={styles.words} onClick={() => setEditing(filter.id)}>
                  {t('filter.is', { name: filter.label, value: words })}
                </UnstyledButton>
                <UnstyledButton
                  className={styles.remove}
                  aria-label={t('filter.remove', { name: filter.label })}
                  onClick={() => {
                    setEditing(null);
                    onChange(filter.id, undefined);
                  }}
                >
                  <IconX size={13} aria-hidden="true" />
                </UnstyledButton>
              </span>
            </Popover.Target>
            <Popover.Dropdown>
              <Suspense>
                <FilterEditor
                  filter={filter}
                  value={value ?? ''}
                  onDone={(next) => {
                    setEditing(null);
                    onChange(filter.id, next === '' ? undefined : next);
                  }}
                />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        );
      })}
      {unused.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="compact-sm" leftSection={<IconFilter size={14} aria-hidden="true" />}>
              {t('filter.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {unused.map((filter) => (
              <Menu.Item key={filter.id} onClick={() => setEditing(filter.id)}>
                {filter.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
