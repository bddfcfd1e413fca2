import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { recommendationStrategies, socialProofActs } from '@vitrail/contracts';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import styles from '../../Experiences.module.css';
import { languages } from '../draft.ts';
import type { Block } from './newBlock.ts';

type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;
interface Props<B extends Block> {
  readonly block: B;
  readonly onChange: (block: B) => void;
  readonly errorAt: (path: string) => string | undefined;
}

/** Which products, how many, under which words. */
export function RecommendationFields({ block, onChange, errorAt }: Props<BlockOf<'recommendations'>>) {
  const { t } = useTranslation();
  const { slot, strategy, fallback, ...rest } = block;
  const ways = recommendationStrategies.map((value) => ({ value, label: t(`experiences.strategy.${value}`) }));
  const known = (text: string | null) => recommendationStrategies.find((each) => each === text);
  return (
    <>
      <div className={styles.two}>
        <Select
          label={t('experiences.strategyTitle')}
          value={strategy ?? ''}
          data={[{ value: '', label: t('experiences.strategy.best') }, ...ways]}
          onChange={(next) => {
            const chosen = known(next);
            onChange({ ...block, ...rest, strategy: chosen });
          }}
        />
        <Select
          label={t('experiences.fallbackTitle')}
          value={fallback ?? ''}
          data={[
            { value: '', label: t('experiences.strategy.usual') },
            { value: 'none', label: t('experiences.strategy.none') },
            ...ways,
          ]}
          onChange={(next) => onChange({ ...block, fallback: next === 'none' ? 'none' : known(next) })}
        />
      </div>
      <HeadingFields block={block} onChange={onChange} errorAt={errorAt} />
      <TextInput
        label={t('experiences.slot')}
        description={t('experiences.slotHint')}
        maxLength={120}
        value={slot ?? ''}
        error={errorAt('slot')}
        onChange={(event) => {
          const name = event.currentTarget.value;
          onChange({ ...block, slot: name === '' ? undefined : name });
        }}
      />
      <Switch
        label={t('experiences.reasons')}
        checked={block.reasons}
        onChange={(event) => onChange({ ...block, reasons: event.currentTarget.checked })}
      />
    </>
  );
}

/** The words above a list, and how many stand in it. */
export function HeadingFields<B extends BlockOf<'recommendations' | 'recently_viewed'>>({
  block,
  onChange,
  errorAt,
}: Props<B>) {
  const { t } = useTranslation();
  return (
    <div className={styles.two}>
      {languages.map((language) => (
        <TextInput
          key={language}
          label={t(`experiences.heading.${language}`)}
          maxLength={120}
          value={block.heading[language] ?? ''}
          error={errorAt(`heading.${language}`)}
          onChange={(event) =>
            onChange({ ...block, heading: { ...block.heading, [language]: event.currentTarget.value } })
          }
        />
      ))}
      <NumberInput
        label={t('experiences.blockCount')}
        min={1}
        max={8}
        allowDecimal={false}
        value={block.count}
        error={errorAt('count')}
        onChange={(next) => onChange({ ...block, count: Number(next) })}
      />
    </div>
  );
}

/** What people did, in which time, and from how many on it is said. */
export function SocialProofFields({ block, onChange, errorAt }: Props<BlockOf<'social_proof'>>) {
  const { t } = useTranslation();
  return (
    <div className={styles.two}>
      <Select
        label={t('experiences.proofAct')}
        description={t('experiences.proofHint')}
        value={block.act}
        data={socialProofActs.map((value) => ({ value, label: t(`experiences.act.${value}`) }))}
        onChange={(next) => onChange({ ...block, act: socialProofActs.find((act) => act === next) ?? block.act })}
      />
      <NumberInput
        label={t('experiences.proofHours')}
        min={1}
        max={720}
        allowDecimal={false}
        value={block.hours}
        error={errorAt('hours')}
        onChange={(next) => onChange({ ...block, hours: Number(next) })}
      />
      <NumberInput
        label={t('experiences.proofMinimum')}
        min={2}
        max={100_000}
        allowDecimal={false}
        value={block.minimum}
        error={errorAt('minimum')}
        onChange={(next) => onChange({ ...block, minimum: Number(next) })}
      />
    </div>
  );
}
