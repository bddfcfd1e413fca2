import type { SegmentCondition } from '@vitrail/contracts';
import { EventFields, OrderFields, ProductFields } from '../fields/BehaviourFields.tsx';
import {
  AppetenceFields,
  ChannelFields,
  LookalikeFields,
  NextOrderFields,
  PredictionFields,
  TierFields,
} from '../fields/ForeseenFields.tsx';
import { OutsideFields } from '../fields/OutsideFields.tsx';
import {
  ConsentFields,
  IdentifierFields,
  PersonaFields,
  ProfileFields,
  SampleFields,
  ScoreFields,
  SegmentFields,
  TraitFields,
} from '../fields/PersonFields.tsx';
import { SequenceFields } from '../fields/SequenceFields.tsx';
import styles from './Builder.module.css';

interface ConditionFieldsProps {
  readonly condition: SegmentCondition;
  readonly onChange: (condition: SegmentCondition) => void;
}

function fieldsFor({ condition, onChange }: ConditionFieldsProps) {
  switch (condition.kind) {
    case 'trait':
      return <TraitFields condition={condition} onChange={onChange} />;
    case 'consent':
      return <ConsentFields condition={condition} onChange={onChange} />;
    case 'identifier':
      return <IdentifierFields condition={condition} onChange={onChange} />;
    case 'profile':
      return <ProfileFields condition={condition} onChange={onChange} />;
    case 'event':
      return <EventFields condition={condition} onChange={onChange} />;
    case 'order':
      return <OrderFields condition={condition} onChange={onChange} />;
    case 'product':
      return <ProductFields condition={condition} onChange={onChange} />;
    case 'sequence':
      return <SequenceFields condition={condition} onChange={onChange} />;
    case 'segment':
      return <SegmentFields condition={condition} onChange={onChange} />;
    case 'persona':
      return <PersonaFields condition={condition} onChange={onChange} />;
    case 'score':
      return <ScoreFields condition={condition} onChange={onChange} />;
    case 'prediction':
      return <PredictionFields condition={condition} onChange={onChange} />;
    case 'next_order':
      return <NextOrderFields condition={condition} onChange={onChange} />;
    case 'tier':
      return <TierFields condition={condition} onChange={onChange} />;
    case 'preferred_channel':
      return <ChannelFields condition={condition} onChange={onChange} />;
    case 'appetence':
      return <AppetenceFields condition={condition} onChange={onChange} />;
    case 'lookalike':
      return <LookalikeFields condition={condition} onChange={onChange} />;
    case 'outside':
      return <OutsideFields condition={condition} onChange={onChange} />;
    case 'sample':
      return <SampleFields condition={condition} onChange={onChange} />;
  }
}

/** The form of one condition, whatever its kind. */
export function ConditionFields(props: ConditionFieldsProps) {
  return <div className={styles.fields}>{fieldsFor(props)}</div>;
}
