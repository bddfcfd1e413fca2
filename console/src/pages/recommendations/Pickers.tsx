import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ProductSummary } from '@vitrail/contracts';
import { useState } from 'react';
import { findProducts, productQuery } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { customerQuery, findPeople } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { usePersonName } from '../../ui/PersonName.tsx';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What is shown below a field that searches on the server. */
function useFindWords() {
  const { t } = useTranslation();
  return (searching: boolean) => t(searching ? 'recommendations.searching' : 'recommendations.noneFound');
}

/** Choices in the order they came, each once. */
const once = (choices: readonly Choice[]): Choice[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
];

const labelOf = ({ title, color, size }: Pick<ProductSummary, 'title' | 'color' | 'size'>): string =>
  [title, color, size].filter(Boolean).join(' · ');

function useProductChoices(search: string) {
  const api = useApi();
  const [settled] = useDebouncedValue(search.trim(), 200);
  const found = useQuery({
    queryKey: ['products', 'picker', settled],
    queryFn: ({ signal }) => findProducts(api, { q: settled, limit: 20 }, signal),
  });
  const choices = (found.data?.items ?? []).map((one) => ({ value: one.productId, label: labelOf(one) }));
  return { choices, searching: found.isFetching || settled !== search.trim() };
}

interface OneProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A customer, found by name or any identifier. */
export function CustomerPicker({ value, onChange }: OneProps) {
  const { t } = useTranslation();
  const api = useApi();
  const nameOf = usePersonName();
  const words = useFindWords();
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search.trim(), 200);
  const found = useQuery({
    queryKey: ['customers', 'picker', settled],
    queryFn: ({ signal }) => findPeople(api, settled, 20, null, signal),
  });
  const chosen = useQuery({ ...customerQuery(api, value ?? ''), enabled: value !== undefined });
  const people = [
    ...(chosen.data === undefined || value === undefined ? [] : [chosen.data]),
    ...(found.data?.items ?? []),
  ];
  return (
    <Select
      label={t('recommendations.customer')}
      placeholder={t('recommendations.customerHint')}
      searchable
      clearable
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      data={once(people.map((person) => ({ value: person.id, label: nameOf(person) })))}
      nothingFoundMessage={words(found.isFetching)}
    />
  );
}

/** A product of the catalogue. */
export function ProductPicker({ value, onChange }: OneProps) {
  const { t } = useTranslation();
  const words = useFindWords();
  const [search, setSearch] = useState('');
  const { choices, searching } = useProductChoices(search);
  const chosen = useQuery({ ...productQuery(useApi(), value ?? ''), enabled: value !== undefined });
  const own = value === undefined ? [] : [{ value, label: chosen.data === undefined ? value : labelOf(chosen.data) }];
  return (
    <Select
      label={t('recommendations.product')}
      placeholder={t('recommendations.productHint')}
      searchable
      clearable
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      data={once([...own, ...choices])}
      nothingFoundMessage={words(searching)}
    />
  );
}

interface ManyProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly most: number;
}

/** Several products, in the order they are chosen. */
export function ProductsPicker({ label, value, onChange, most }: ManyProps) {
  const { t } = useTranslation();
  const api = useApi();
  const words = useFindWords();
  const [search, setSearch] = useState('');
  const { choices, searching } = useProductChoices(search);
  const chosen = useQueries({
    queries: value.map((id) => ({ ...productQuery(api, id), staleTime: 300_000, retry: false })),
  });
  const own = value.map((id, at) => {
    const known = chosen[at]?.data;
    return { value: id, label: known === undefined ? id : labelOf(known) };
  });
  return (
    <MultiSelect
      label={label}
      placeholder={t('recommendations.productHint')}
      searchable
      clearable
      maxValues={most}
      value={[...value]}
      onChange={onChange}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      data={once([...own, ...choices])}
      nothingFoundMessage={words(searching)}
    />
  );
}
