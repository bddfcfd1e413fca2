import { z } from 'zod';

export const tags = ['Segments'];
export const byId = z.object({ id: z.string().max(40) });
export const read = { access: 'segments.read' } as const;
export const write = { access: 'segments.write' } as const;
