import { z } from 'zod';
import { channelSchema, purposeSchema } from './channels.ts';

/** How lately somebody was seen on any source: within 30 days, within 180, or longer ago. */
export const engagementLevels = ['engaged', 'lapsing', 'inactive'] as const;
export const engagementSchema = z.enum(engagementLevels);

export const frequencyCapSchema = z.strictObject({
  channel: channelSchema.nullable().meta({ description: 'Null: messages of all channels together' }),
  purpose: purposeSchema.nullable().meta({ description: 'Null: of all purposes together' }),
  engagement: engagementSchema.nullable().meta({ description: 'For people of this level only; null: for everyone' }),
  max: z.int().min(0).max(1_000),
  days: z.int().min(1).max(90),
});
export type FrequencyCap = z.infer<typeof frequencyCapSchema>;

const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time such as 21:30.');

export const quietHoursSchema = z.strictObject({
  from: clockTimeSchema,
  to: clockTimeSchema.meta({ description: 'In the person’s own time zone; may be the next morning' }),
  channels: z.array(channelSchema).min(1),
});

/** What every marketing message of a workspace has to keep to. Transactional ones are free of it. */
export const sendingRulesSchema = z.strictObject({
  caps: z.array(frequencyCapSchema).max(20),
  quietHours: quietHoursSchema.nullable(),
  holdout: z.number().min(0).max(0.5).meta({ description: 'Share of people who never get a marketing message' }),
});
export type SendingRules = z.infer<typeof sendingRulesSchema>;

/** Where a workspace begins: no more than a mail a day on average, nothing that rings at night. */
export const usualRules: SendingRules = {
  caps: [
    { channel: 'email', purpose: null, engagement: null, max: 7, days: 7 },
    { channel: 'email', purpose: null, engagement: 'inactive', max: 1, days: 7 },
    { channel: 'sms', purpose: null, engagement: null, max: 2, days: 7 },
    { channel: 'webpush', purpose: null, engagement: null, max: 3, days: 7 },
    { channel: 'mobilepush', purpose: null, engagement: null, max: 3, days: 7 },
    { channel: 'whatsapp', purpose: null, engagement: null, max: 2, days: 7 },
  ],
  quietHours: { from: '21:00', to: '08:00', channels: ['sms', 'webpush', 'mobilepush', 'whatsapp'] },
  holdout: 0,
};
