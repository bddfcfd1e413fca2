import { Textarea } from '@mantine/core';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { breakLine, type Edited, indentLines, insertText, outdentLines } from './editText.ts';
import styles from './Sql.module.css';

export interface EditorHandle {
  insert(words: string): void;
  goTo(offset: number): void;
}

interface SqlEditorProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  readonly handle: Ref<EditorHandle>;
}

/** A plain text field made for code. Escape frees the Tab key, so that the keyboard can leave. */
export function SqlEditor({ value, onChange, onRun, handle }: SqlEditorProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const tabLeaves = useRef(false);

  /** By the browser's own command, which keeps undo; it fires `onChange`. */
  const apply = (change: (edited: Edited) => Edited) => {
    const area = field.current;
    if (area === null) return;
    const after = change({ text: area.value, from: area.selectionStart, to: area.selectionEnd });
    area.focus();
    area.setSelectionRange(0, area.value.length);
    if (!document.execCommand('insertText', false, after.text)) onChange(after.text);
    requestAnimationFrame(() => area.setSelectionRange(after.from, after.to));
  };
  useImperativeHandle(handle, () => ({
    insert: (words) => apply((edited) => insertText(edited, words)),
    goTo: (offset) => {
      field.current?.focus();
      field.current?.setSelectionRange(offset, offset + 1);
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Escape') tabLeaves.current = true;
    else if (event.key === 'Tab' && plain && !tabLeaves.current) {
      event.preventDefault();
      apply(event.shiftKey ? outdentLines : indentLines);
    } else if (event.key === 'Enter' && plain && !event.shiftKey) {
      event.preventDefault();
      apply(breakLine);
    }
    if (event.key !== 'Escape' && event.key !== 'Tab') tabLeaves.current = false;
  };

  return (
    <Textarea
      ref={field}
      label={t('sql.statement')}
      description={t('sql.keys')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        tabLeaves.current = false;
      }}
      classNames={{ input: styles.editor }}
      autosize
      minRows={8}
      maxRows={24}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      autoComplete="off"
    />
  );
}
