import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Channel, JourneyDefinition } from '@vitrail/contracts';
import { templateChoicesQuery } from '../../../api/campaigns.ts';
import { useApi } from '../../../api/context.tsx';
import { journeyChoicesQuery } from '../../../api/journeys.ts';
import { useOffers } from '../../../api/offers.ts';
import { segmentChoicesQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { orderOf } from '../draft.ts';
import { useStepWords } from '../useStepWords.ts';

interface Choice {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled: boolean;
}

export function TemplateSelect({ channel, ...choice }: Choice & { channel: Channel }) {
  const { t } = useTranslation();
  const templates = useQuery(templateChoicesQuery(useApi())).data?.items ?? [];
  return (
    <Select
      label={choice.label}
      searchable
      required
      disabled={choice.disabled}
      value={choice.value === '' ? null : choice.value}
      data={templates.filter((one) => one.channel === channel).map(({ id, name }) => ({ value: id, label: name }))}
      nothingFoundMessage={t('journeys.noTemplateThere')}
      placeholder={t('journeys.noTemplate')}
      onChange={(value) => choice.onChange(value ?? '')}
    />
  );
}

/** A list people are added to by hand or by a step. */
export function ListSelect(choice: Choice) {
  const segments = useQuery(segmentChoicesQuery(useApi())).data?.items ?? [];
  const lists = segments.filter(({ kind }) => kind === 'list');
  return (
    <Select
      label={choice.label}
      searchable
      disabled={choice.disabled}
      value={lists.some(({ id }) => id === choice.value) ? choice.value : null}
      data={lists.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) => choice.onChange(value ?? '')}
    />
  );
}

export function JourneySelect(choice: Choice) {
  const journeys = useQuery(journeyChoicesQuery(useApi())).data?.items ?? [];
  return (
    <Select
      label={choice.label}
      searchable
      disabled={choice.disabled}
      value={choice.value === '' ? null : choice.value}
      data={journeys.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value) => choice.onChange(value ?? '')}
    />
  );
}

/** An offer of the workspace: its codes are given. */
export function OfferSelect(choice: Choice) {
  const offers = useOffers().rows;
  return (
    <Select
      label={choice.label}
      searchable
      required
      disabled={choice.disabled}
      value={choice.value === '' ? null : choice.value}
      data={offers.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(value) => choice.onChange(value ?? '')}
    />
  );
}

/** Another step of the journey. */
export function StepSelect({
  definition,
  only,
  ...choice
}: Choice & { definition: JourneyDefinition; only?: (id: string) => boolean }) {
  const words = useStepWords();
  const order = orderOf(definition);
  return (
    <Select
      label={choice.label}
      allowDeselect={false}
      disabled={choice.disabled}
      value={choice.value}
      data={order
        .filter((id) => only === undefined || only(id))
        .flatMap((id) => {
          const node = definition.nodes[id];
          return node === undefined ? [] : [{ value: id, label: `${order.indexOf(id) + 2}. ${words.title(node)}` }];
        })}
      onChange={(value) => {
        if (value !== null) choice.onChange(value);
      }}
    />
  );
}

export function HourField({ label, value, onChange, disabled }: Choice) {
  return (
    <TextInput
      label={label}
      type="time"
      value={value}
      disabled={disabled}
      onChange={(event) => {
        if (/^\d\d:\d\d$/.test(event.currentTarget.value)) onChange(event.currentTarget.value);
      }}
    />
  );
}
