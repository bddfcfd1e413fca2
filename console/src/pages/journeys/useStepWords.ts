import { useQuery } from '@tanstack/react-query';
import {
  describeSegment,
  type JourneyDefinition,
  type JourneyDuration,
  type JourneyNode,
  type SegmentNode,
} from '@vitrail/contracts';
import { templateChoicesQuery } from '../../api/campaigns.ts';
import { useApi } from '../../api/context.tsx';
import { journeyChoicesQuery } from '../../api/journeys.ts';
import { useOffers } from '../../api/offers.ts';
import { segmentChoicesQuery } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';

/** Steps in words: what kind, what it does, what its ways are called. */
export function useStepWords() {
  const { t, language } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const templates = new Map(useQuery(templateChoicesQuery(api)).data?.items.map(({ id, name }) => [id, name]));
  const segments = new Map(useQuery(segmentChoicesQuery(api)).data?.items.map(({ id, name }) => [id, name]));
  const journeys = new Map(useQuery(journeyChoicesQuery(api)).data?.items.map(({ id, name }) => [id, name]));
  const offers = new Map(useOffers().rows.map(({ id, name }) => [String(id), name]));
  const words = language === 'fr' ? 'fr' : 'en';

  const duration = ({ n, unit }: JourneyDuration): string => t(`journeys.duration.${unit}`, { n });
  const sentence = (definition: SegmentNode): string =>
    definition.kind === 'segment'
      ? (segments.get(definition.segment) ?? t('journeys.segmentOf', { id: definition.segment }))
      : describeSegment(definition, words, { segments: Object.fromEntries(segments) });

  const waitText = (until: Extract<JourneyNode, { kind: 'wait' }>['until']): string => {
    switch (until.kind) {
      case 'duration':
        return duration(until);
      case 'hour':
        return t('journeys.untilHour', { hour: until.hour });
      case 'date':
        return 'fixed' in until.at
          ? t('journeys.untilDate', { date: format.dateTime(until.at.fixed) })
          : t('journeys.untilField', { field: 'trait' in until.at ? until.at.trait : until.at.run });
      case 'event':
        return t('journeys.untilEvent', { event: until.event, time: duration(until.timeout) });
    }
  };

  const detail = (node: JourneyNode): string => {
    switch (node.kind) {
      case 'message':
        return templates.get(node.template) ?? t('journeys.noTemplate');
      case 'wait':
        return waitText(node.until);
      case 'split':
        return t(`journeys.splitBy.${node.split.by}`);
      case 'update':
        return node.traits
          .map(
            ({ trait, op, value }) =>
              `${trait} ${op === 'add' ? '+' : '='} ${typeof value === 'object' ? value.run : String(value)}`,
          )
          .join(', ');
      case 'list':
        return t(`journeys.list.${node.change}`, { list: segments.get(node.list) ?? t('journeys.noList') });
      case 'coupon':
        return node.offer === ''
          ? t('journeys.noOffer')
          : t('journeys.couponOf', { offer: offers.get(node.offer) ?? node.offer });
      case 'webhook':
        return node.url;
      case 'journey':
        return journeys.get(node.journey) ?? t('journeys.noJourney');
      case 'exit':
        return '';
    }
  };

  return {
    duration,
    sentence,
    detail,
    kind: (node: JourneyNode): string => t(`journeys.kind.${node.kind}`),
    title: (node: JourneyNode): string =>
      node.label ??
      (node.kind === 'message' ? t(`messages.channelOf.${node.channel}`) : t(`journeys.kind.${node.kind}`)),
    way: (name: string): string =>
      name === 'yes' || name === 'no' || name === 'timeout' || name === 'otherwise' ? t(`journeys.way.${name}`) : name,
    trigger: ({ trigger }: Pick<JourneyDefinition, 'trigger'>): string => {
      switch (trigger.kind) {
        case 'event':
          return trigger.event;
        case 'segment':
          return t(`journeys.on.${trigger.on}`, { segment: segments.get(trigger.segment) ?? trigger.segment });
        case 'date':
          return t('journeys.onDate', { trait: trigger.trait, days: trigger.days, hour: trigger.hour });
        case 'schedule':
          return t(`journeys.every.${trigger.every.unit}`, { hour: trigger.hour });
        case 'product':
          return t(`journeys.change.${trigger.change}`);
        case 'api':
          return t('journeys.onApi');
      }
    },
  };
}
