import type { ExperienceContent, ExperienceRequest, ExperienceTrigger, LiveCondition } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { fieldWords } from './fieldWords.ts';
import { isPersonal } from './form/draft.ts';

/** Words that stand alone elsewhere, and there begin with a capital. */
const withinSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** An experience said in sentences. */
export function useExperienceWords() {
  const { t } = useTranslation();
  const format = useFormat();

  const quoted = (texts: readonly string[]): string => format.list(texts.map((text) => t('decision.quoted', { text })));

  const what = (content: ExperienceContent): string => {
    switch (content.kind) {
      case 'bar':
        return t(`experiences.says.bar_${content.place}`);
      case 'banner':
      case 'block':
        return t(`experiences.says.${content.kind}`, { selector: content.selector });
      case 'change':
        return t('experiences.says.change', { count: content.changes.length });
      case 'redirect':
        return t('experiences.says.redirect', { to: content.to });
      case 'form':
      case 'quiz':
        return t(`experiences.says.${content.kind}`, { count: content.questions.length });
      default:
        return t(`experiences.says.${content.kind}`);
    }
  };

  const who = ({ audience }: ExperienceRequest, nameOf: (segment: string) => string): string => {
    const names = (ids: readonly string[]): string => quoted(ids.map(nameOf));
    const base =
      audience.segments.length > 0
        ? t('experiences.says.members', { segments: names(audience.segments) })
        : t(`experiences.says.${audience.visitors}`);
    return audience.exclude.length === 0
      ? base
      : t('experiences.says.without', { people: base, segments: names(audience.exclude) });
  };

  const condition = (one: LiveCondition): string => {
    const field = withinSentence(t(fieldWords[one.field]));
    if ('values' in one) return t(`experiences.says.${one.op}`, { field, value: quoted(one.values) });
    if (!('value' in one))
      return t(one.op === 'known' ? 'experiences.says.fieldKnown' : 'experiences.says.fieldUnknown', { field });
    const value = one.field === 'cart.value' ? (format.money(one.value) ?? '') : format.number(one.value);
    return t(`experiences.says.${one.op}`, { field, value });
  };

  const moment = (trigger: ExperienceTrigger): string => {
    switch (trigger.on) {
      case 'delay':
      case 'idle':
        return t(`experiences.says.${trigger.on}`, { seconds: trigger.seconds });
      case 'scroll':
        return t('experiences.says.scroll', { percent: trigger.percent });
      case 'click':
        return t('experiences.says.click', { selector: trigger.selector });
      case 'event':
        return t('experiences.says.event', { event: trigger.event });
      default:
        return t(`experiences.says.${trigger.on}`);
    }
  };

  /** What it shows, to whom, when: the whole of it. */
  const sentence = (definition: ExperienceRequest, nameOf: (segment: string) => string): string => {
    const { variants, when, trigger, schedule, control } = definition;
    const [first] = variants;
    if (first === undefined) return '';
    const conditions = when.map(condition);
    return [
      t('experiences.says.whole', {
        what: what(first.content),
        who: who(definition, nameOf),
        moment: moment(trigger),
      }),
      conditions.length === 0 ? '' : t('experiences.says.if', { conditions: format.list(conditions) }),
      variants.length < 2 ? '' : t('experiences.says.variants', { count: variants.length }),
      control === 0 ? '' : t('experiences.says.control', { share: format.percent(control) }),
      isPersonal(definition) ? t('experiences.says.allowed') : '',
      schedule.from === undefined ? '' : t('experiences.says.from', { at: format.dateTime(schedule.from) }),
      schedule.until === undefined ? '' : t('experiences.says.until', { at: format.dateTime(schedule.until) }),
    ]
      .filter((part) => part !== '')
      .join(' ');
  };

  return { who, sentence, condition };
}
