import {
  type CampaignRequest,
  type CampaignSchedule,
  type Channel,
  campaignRequestSchema,
  type OwnLinkMarks,
} from '@vitrail/contracts';

export type When = 'now' | 'at' | 'local' | 'best_hour';

/** A campaign as the form holds it: everything chosen or not. */
export interface FormValues {
  readonly name: string;
  readonly segment: string | null;
  readonly exclude: readonly string[];
  readonly channel: Channel;
  /** One is sent to all; several are compared, in equal parts. */
  readonly templates: readonly (string | null)[];
  /** Gives each person their variant; null: in equal parts. The variants are its variations, in their order. */
  readonly experiment: { readonly key: string; readonly variations: readonly string[] } | null;
  readonly fallback: { readonly channel: Channel; readonly template: string | null } | null;
  readonly when: When;
  /** `2026-05-21` and `09:00`; of `at` in the reader's own zone. */
  readonly day: string;
  readonly time: string;
  readonly perMinute: number | null;
  /** In percent. */
  readonly control: number;
  readonly winner: { readonly metric: 'clicks' | 'conversions'; readonly test: number; readonly hours: number } | null;
  readonly attributionDays: number;
  /** Null: as the workspace marks its links. */
  readonly linkMarks: OwnLinkMarks | null;
}

export const variantNames = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** Where the form begins; `now` gives tomorrow's date. */
export function formFor(start: CampaignRequest | undefined, now: Date): FormValues {
  const tomorrow = dayOf(new Date(now.getTime() + 86_400_000));
  const schedule = start?.schedule ?? 'now';
  const at = schedule !== 'now' && schedule.kind === 'at' ? new Date(schedule.at) : null;
  const [fallback] = start?.fallback ?? [];
  return {
    name: start?.name ?? '',
    segment: start?.segment ?? null,
    exclude: start?.exclude ?? [],
    channel: start?.channel ?? 'email',
    templates: start?.variants?.map(({ template }) => template) ?? [start?.template ?? null],
    experiment:
      start?.experiment === undefined
        ? null
        : { key: start.experiment, variations: start.variants?.map(({ name }) => name) ?? [] },
    fallback: fallback ?? null,
    when: schedule === 'now' ? 'now' : schedule.kind,
    day: at !== null ? dayOf(at) : schedule !== 'now' && schedule.kind !== 'at' ? schedule.day : tomorrow,
    time:
      at !== null
        ? `${two(at.getHours())}:${two(at.getMinutes())}`
        : schedule !== 'now' && schedule.kind === 'local'
          ? schedule.time
          : '09:00',
    perMinute: start?.perMinute ?? null,
    control: Math.round((start?.control ?? 0) * 1_000) / 10,
    winner:
      start?.winner === undefined
        ? null
        : { metric: start.winner.metric, test: start.winner.testShare * 100, hours: start.winner.afterHours },
    attributionDays: start?.attributionDays ?? 7,
    linkMarks: start?.linkMarks ?? null,
  };
}

function scheduleOf({ when, day, time }: FormValues): CampaignSchedule {
  if (when === 'now') return 'now';
  if (when === 'at') return { kind: 'at', at: new Date(`${day}T${time}`).toISOString() };
  return when === 'local' ? { kind: 'local', day, time } : { kind: 'best_hour', day };
}

/** What is still missing, as the key of a sentence; null when it can be saved. */
export function missingIn(values: FormValues): 'name' | 'segment' | 'template' | 'date' | null {
  if (values.name.trim() === '') return 'name';
  if (values.segment === null) return 'segment';
  if (values.templates.some((template) => template === null) || values.fallback?.template === null) return 'template';
  if (values.when !== 'now' && (values.day === '' || values.time === '')) return 'date';
  return null;
}

/** What was left empty is as the workspace says. */
const writtenMarks = (marks: OwnLinkMarks): OwnLinkMarks =>
  Object.fromEntries(Object.entries(marks).filter(([, text]) => text !== undefined && text.trim() !== ''));

/** Throws when something is missing. */
export function requestOf(values: FormValues): CampaignRequest {
  const templates = values.templates.flatMap((template) => template ?? []);
  const compared = templates.length > 1;
  return campaignRequestSchema.parse({
    name: values.name,
    segment: values.segment,
    exclude: values.exclude,
    channel: values.channel,
    ...(compared
      ? {
          variants: templates.map((template, index) => ({
            name: values.experiment?.variations[index] ?? variantNames[index],
            template,
            share: 1 / templates.length,
          })),
        }
      : { template: templates[0] }),
    ...(compared && values.experiment !== null && { experiment: values.experiment.key }),
    fallback: values.fallback === null ? [] : [values.fallback],
    schedule: scheduleOf(values),
    ...(values.perMinute !== null && { perMinute: values.perMinute }),
    control: values.control / 100,
    ...(compared &&
      values.experiment === null &&
      values.winner !== null && {
        winner: {
          metric: values.winner.metric,
          testShare: values.winner.test / 100,
          afterHours: values.winner.hours,
        },
      }),
    attributionDays: values.attributionDays,
    ...(values.linkMarks !== null && { linkMarks: writtenMarks(values.linkMarks) }),
  });
}
