import { Button, Group, Menu, Stack, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { blockSnippets, inlineSnippets, type Snippet, snippets } from '../starters.ts';
import styles from '../Templates.module.css';
import { insertAt, placeForBlock } from './draft.ts';

interface SourceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly readOnly: boolean;
  /** Blocks of a mail can be put in as well. */
  readonly blocks?: boolean;
  readonly error?: string | null;
  readonly onChange: (value: string) => void;
}

/** Code with Liquid in it, and a menu of what can be put in at the cursor. Tab leaves the field, as everywhere. */
export function SourceField({
  label,
  value,
  rows,
  readOnly,
  blocks = false,
  error = null,
  onChange,
}: SourceFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const put = (snippet: Snippet) => {
    const area = field.current;
    const untouched =
      area === null || (area.selectionStart === area.value.length && area.selectionEnd === area.value.length);
    const atEnd = blockSnippets.includes(snippet) && untouched;
    const place = atEnd ? placeForBlock(value) : (area?.selectionStart ?? value.length);
    const end = atEnd ? place : (area?.selectionEnd ?? place);
    const added = blockSnippets.includes(snippet) ? `\n${snippets[snippet]}\n` : snippets[snippet];
    onChange(insertAt(value, added, { start: place, end }));
    area?.focus();
  };
  const items = (names: readonly Snippet[]) =>
    names.map((name) => (
      <Menu.Item key={name} onClick={() => put(name)}>
        {t(`templates.snippet.${name}`)}
      </Menu.Item>
    ));
  return (
    <Stack gap={4}>
      {readOnly ? null : (
        <Group justify="flex-end">
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                aria-label={t('templates.insertInto', { field: label })}
              >
                {t('templates.insert')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {items(inlineSnippets)}
              {blocks ? (
                <>
                  <Menu.Divider />
                  {items(blockSnippets)}
                </>
              ) : null}
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
      <Textarea
        ref={field}
        label={label}
        value={value}
        rows={rows}
        readOnly={readOnly}
        error={error}
        spellCheck={false}
        className={rows > 6 ? styles.code : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Stack>
  );
}
