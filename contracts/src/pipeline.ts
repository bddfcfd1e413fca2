import { z } from 'zod';

const counts = z.record(z.string(), z.number().int());

/** Where everything that was sent is now. `backlog` 0: all that was accepted can be seen everywhere. */
export const pipelineStatusSchema = z.object({
  backlog: z.number().int().meta({ description: 'Events accepted and not yet visible: waiting and moving' }),
  waiting: z.number().int().meta({ description: 'Events in the inbox' }),
  moving: z.number().int().meta({ description: 'Events resolved and on their way to the analytics store' }),
  accepted: z.number().int(),
  dropped: counts.meta({ description: 'Accepted and then not kept, by reason' }),
  refused: counts.meta({ description: 'Refused at the door, by reason' }),
  violations: z.number().int().meta({ description: 'Events that broke the tracking plan' }),
  badValues: counts.meta({ description: 'Values kept raw because they have no normal form, by problem' }),
  lastEventAt: z.string().nullable(),
  at: z.string(),
});
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;
