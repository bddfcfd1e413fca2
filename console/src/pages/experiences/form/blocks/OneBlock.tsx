import { NumberInput, SegmentedControl, Select, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import { useNow } from '../../../../ui/format/FormatProvider.tsx';
import { fromLocalInput, toLocalInput } from '../../../offers/localTime.ts';
import { OfferSelect } from '../capture/OfferSelect.tsx';
import { type Block, newBlock } from './newBlock.ts';
import { HeadingFields, RecommendationFields, SocialProofFields } from './ProductBlockFields.tsx';

interface OneBlockProps {
  readonly block: Block;
  readonly onChange: (block: Block) => void;
  readonly errorAt: (path: string) => string | undefined;
}

/** The fields of a block, and whether the whole stays away without it. */
export function OneBlock(props: OneBlockProps) {
  const { block, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <OwnFields {...props} />
      {'required' in block ? (
        <Switch
          label={t('experiences.blockRequired')}
          description={t('experiences.blockRequiredHint')}
          checked={block.required}
          onChange={(event) => onChange({ ...block, required: event.currentTarget.checked })}
        />
      ) : null}
    </>
  );
}

function OwnFields({ block, onChange, errorAt }: OneBlockProps) {
  const { t } = useTranslation();
  switch (block.type) {
    case 'recommendations':
      return <RecommendationFields block={block} onChange={onChange} errorAt={errorAt} />;
    case 'recently_viewed':
      return <HeadingFields block={block} onChange={onChange} errorAt={errorAt} />;
    case 'social_proof':
      return <SocialProofFields block={block} onChange={onChange} errorAt={errorAt} />;
    case 'stars':
    case 'loyalty':
      return (
        <Text size="sm" c="dimmed">
          {t(`experiences.blockNote.${block.type}`)}
        </Text>
      );
    case 'countdown':
      return <CountdownFields block={block} onChange={onChange} errorAt={errorAt} />;
    case 'remaining':
      return (
        <>
          <Select
            label={t('experiences.remainingOf')}
            value={block.field}
            onChange={(next) => onChange({ ...block, field: next === 'cart.items' ? 'cart.items' : 'cart.value' })}
            data={[
              { value: 'cart.value', label: t('decision.field.cartValue') },
              { value: 'cart.items', label: t('decision.field.cartItems') },
            ]}
          />
          <NumberInput
            label={t('experiences.goal')}
            min={0.01}
            value={block.goal}
            error={errorAt('goal')}
            onChange={(next) => onChange({ ...block, goal: Number(next) })}
          />
        </>
      );
    case 'image':
      return (
        <>
          <TextInput
            label={t('experiences.src')}
            description={t('experiences.linkHint')}
            required
            maxLength={2_000}
            value={block.src}
            error={errorAt('src')}
            onChange={(event) => onChange({ ...block, src: event.currentTarget.value })}
          />
          <TextInput
            label={t('experiences.alt')}
            description={t('experiences.altHint')}
            maxLength={300}
            value={block.alt}
            onChange={(event) => onChange({ ...block, alt: event.currentTarget.value })}
          />
        </>
      );
  }
}

type Countdown = Extract<Block, { type: 'countdown' }>;

/** An end that is typed, or that of an offer, which it follows. */
function CountdownFields({ block, onChange, errorAt }: OneBlockProps & { readonly block: Countdown }) {
  const { t } = useTranslation();
  const now = useNow();
  const { type, required, until, offer } = block;
  const kind = offer === undefined ? 'until' : 'offer';
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('experiences.countdownEnd')}
        value={kind}
        onChange={(next) => onChange(next === 'offer' ? { type, required, offer: '' } : newBlock(type, now))}
        data={(['until', 'offer'] as const).map((value) => ({ value, label: t(`experiences.countdownBy.${value}`) }))}
      />
      {offer === undefined ? (
        <TextInput
          type="datetime-local"
          label={t('experiences.until')}
          description={t('experiences.untilHint')}
          value={toLocalInput(until ?? '')}
          error={errorAt('until')}
          onChange={(event) => onChange({ ...block, until: fromLocalInput(event.currentTarget.value) ?? until })}
        />
      ) : (
        <OfferSelect
          value={offer}
          error={errorAt('offer')}
          onChange={(next) => onChange({ type, required, offer: next ?? '' })}
        />
      )}
    </>
  );
}
