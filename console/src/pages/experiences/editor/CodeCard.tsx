import { List, Text, Textarea } from '@mantine/core';
import { type ExperienceContent, experienceContentSchema } from '@vitrail/contracts';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from './Editor.module.css';
import { brokenLine, lineOf } from './jsonLines.ts';

interface CodeCardProps {
  readonly content: ExperienceContent;
  readonly disabled: boolean;
  readonly onChange: (content: ExperienceContent) => void;
}

const written = (content: ExperienceContent): string => JSON.stringify(content, null, 2);

interface Mistake {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** What is wrong with it, by the contract, with its line. */
function mistakesOf(text: string): Mistake[] {
  const broken = brokenLine(text);
  if (broken !== null) return [{ line: broken, path: '', message: '' }];
  const parsed = experienceContentSchema.safeParse(JSON.parse(text));
  return (parsed.error?.issues ?? []).map(({ path, message }) => ({
    line: lineOf(text, path),
    path: path.join('.'),
    message,
  }));
}

/** The content as JSON, for those who like that better; both ways at once. */
export function CodeCard({ content, disabled, onChange }: CodeCardProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => written(content));
  const [sent, setSent] = useState(() => JSON.stringify(content));
  const current = JSON.stringify(content);
  // What was changed elsewhere is written anew; what was typed here stays as it was typed.
  useEffect(() => {
    if (current === sent) return;
    setText(written(content));
    setSent(current);
  }, [content, current, sent]);
  const mistakes = mistakesOf(text);
  return (
    <Card title={t('pageEditor.code')} note={t('pageEditor.codeNote')}>
      <Textarea
        className={styles.code}
        aria-label={t('pageEditor.code')}
        autosize
        minRows={10}
        maxRows={28}
        spellCheck={false}
        disabled={disabled}
        value={text}
        error={mistakes.length === 0 ? undefined : t('pageEditor.mistakes', { count: mistakes.length })}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          if (mistakesOf(typed).length > 0) return;
          const next = experienceContentSchema.parse(JSON.parse(typed));
          setSent(JSON.stringify(next));
          onChange(next);
        }}
      />
      {mistakes.length === 0 ? null : (
        <List size="sm" mt="xs" data-testid="mistakes">
          {mistakes.map(({ line, path, message }) => (
            <List.Item key={`${line} ${path} ${message}`}>
              {message === ''
                ? t('pageEditor.notJson', { line })
                : t('pageEditor.mistake', { line, path: path === '' ? '·' : path })}{' '}
              {message === '' ? null : (
                <Text span size="sm" c="dimmed" lang="en">
                  {message}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
      )}
    </Card>
  );
}
