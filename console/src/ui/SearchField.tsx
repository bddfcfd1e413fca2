import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/useTranslation.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Called a moment after the last key. */
  readonly onSearch: (text: string) => void;
  readonly autoFocus?: boolean;
}

export function SearchField({ label, placeholder, value, onSearch, autoFocus = false }: SearchFieldProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [asked, setAsked] = useState(value);
  const settle = useDebouncedCallback((next: string) => {
    setAsked(next);
    onSearch(next);
  }, 250);
  if (value !== seen) {
    setSeen(value);
    // Not the answer to what was typed here: a link or the back button changed it.
    if (value !== asked && !settle.isPending()) {
      setAsked(value);
      setText(value);
    }
  }
  // Whoever opens a row within that moment leaves: the search still to come would bring them back to the list.
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
        if (pathChanged) settle.cancel();
      }),
    [router, settle],
  );
  const change = (next: string) => {
    setText(next);
    settle(next);
  };
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => change('')} />
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      maw={460}
      autoFocus={autoFocus}
    />
  );
}
