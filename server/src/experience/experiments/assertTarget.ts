import { type ExperimentRequest, experienceRequestSchema, recommendationStrategies } from '@vitrail/contracts';
import { Fault, type Pg } from '../../platform/index.ts';
import { findExperienceByKey } from '../experiences/sql/experiences.pg.ts';

/** Shares that differ by less are the same, rounded. */
const alike = 0.005;

/**
 * Whether what an experiment is about can be divided as it says, asked when it starts. Throws `conflict` with what it would have
 * to be: an experience gives its own variants, and a recommendation shows a strategy.
 */
export async function assertTarget(tx: Pg, workspace: number, definition: ExperimentRequest): Promise<void> {
  const { kind, target, variations } = definition;
  if (kind === 'experience' && target !== '') await assertExperience(tx, workspace, definition);
  if (kind !== 'recommendation') return;
  if (target === '')
    throw refuse('target_missing', 'Say which slot, or which strategy, the experiment decides: its target.');
  const unknown = variations.filter(({ key }) => !recommendationStrategies.some((strategy) => strategy === key));
  if (unknown.length > 0)
    throw refuse(
      'target_differs',
      `The keys of its variations are strategies: ${recommendationStrategies.join(', ')}. ${unknown[0]?.key} is none.`,
    );
}

async function assertExperience(tx: Pg, workspace: number, { target, variations }: ExperimentRequest): Promise<void> {
  const row = await tx.row(findExperienceByKey, { workspace, key: target });
  if (row === null) throw refuse('target_unknown', `There is no experience with the key ${target}.`);
  const { variants, control } = experienceRequestSchema.parse(row.definition);
  const [first] = variations;
  // With a control group the first variation is those who see nothing, whatever it is called.
  const wanted = new Map<string, number>([
    ...(control > 0 && first !== undefined ? [[first.key, control] as const] : []),
    ...variants.map(({ key, weight }) => [key, weight * (1 - control)] as const),
  ]);
  const fits =
    wanted.size === variations.length &&
    variations.every(({ key, weight }) => Math.abs((wanted.get(key) ?? Number.NaN) - weight) < alike);
  if (fits) return;
  const shares = [...wanted].map(([key, share]) => `${key} ${Math.round(share * 1_000) / 10} %`).join(', ');
  throw refuse(
    'target_differs',
    `The experience ${target} is divided so: ${shares}. Its experiment has the same variations.`,
  );
}

const refuse = (code: string, detail: string): Fault => new Fault('conflict', `experience.${code}`, detail);
