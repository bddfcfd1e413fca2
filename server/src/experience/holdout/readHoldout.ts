import { banditKinds, experimentRequestSchema, type HoldoutReport } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { customerUnit } from '../assigner/createAssigner.ts';
import { fnv32a, type Gate, globalHoldoutGate, holdoutGate } from '../assignment/index.ts';
import { getExperimentRow } from '../experiments/readExperiments.ts';
import { readHeldOut as readHeldOutShare, readWorkspaceUnits } from '../experiments/sql/experiments.pg.ts';
import { type ArmSums, checkSampleRatio, compareArms, type MetricType } from '../statistics/index.ts';
import { readHeldOut } from './sql/holdout.ch.ts';

type ReadDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;
const alpha = 0.05;
/** Places that `bucketOf` knows in its second way. */
const allPlaces = 10_000;

const nobody = { people: 0, buyers: 0, orders: 0, revenue: 0, squares: 0 };
type Side = typeof nobody;

/** What all experiments together bring: those held out of everything against everybody else, since the share was last changed. */
export async function readGlobalHoldout(deps: ReadDeps, workspace: number): Promise<HoldoutReport> {
  const row = await deps.pg.row(readHeldOutShare, { workspace });
  const share = row?.global_holdout ?? 0;
  return readSides(deps, workspace, {
    share,
    gate: globalHoldoutGate(share),
    since: row?.held_since ?? null,
    until: deps.clock.now(),
  });
}

/** The same of one experiment on messages, journeys or recommendations, while it runs or ran. Throws `invalid` for others. */
export async function readLocalHoldout(deps: ReadDeps, workspace: number, id: number): Promise<HoldoutReport> {
  const row = await getExperimentRow(deps.pg, workspace, id);
  const { kind, holdout } = experimentRequestSchema.parse(row.definition);
  if (!banditKinds.includes(kind))
    throw new Fault(
      'invalid',
      'experience.holdout_by_client',
      'Whoever asks for this experiment draws its holdout by their own ids: the server cannot tell who is in it.',
    );
  return readSides(deps, workspace, {
    share: holdout,
    gate: holdoutGate(row.key, holdout),
    since: row.started_at,
    until: row.stopped_at ?? deps.clock.now(),
  });
}

async function readSides(
  deps: ReadDeps,
  workspace: number,
  held: { readonly share: number; readonly gate: Gate; readonly since: Date | null; readonly until: Date },
): Promise<HoldoutReport> {
  const { share, gate, since, until } = held;
  const units = await deps.pg.row(readWorkspaceUnits, { workspace });
  const rows =
    since === null || share === 0
      ? []
      : await deps.ch.rows(
          readHeldOut,
          {
            workspace,
            begun: fnv32a(gate.seed + customerUnit(0).slice(0, -1)),
            places: Math.ceil(Number((share * allPlaces).toFixed(6))),
            since: since.getTime(),
            until: until.getTime(),
          },
          { lane: 'heavy', settings: { max_execution_time: 60 } },
        );
  const [out, others] = [true, false].map((side) => rows.find((row) => row.held === side) ?? nobody);
  const sides: readonly [Side, Side] = [out ?? nobody, others ?? nobody];
  const ratio = checkSampleRatio([sides[0].people, sides[1].people], [share, 1 - share]);
  return {
    share,
    since: since?.toISOString() ?? null,
    currency: units?.base_currency ?? 'EUR',
    held: presented(sides[0]),
    others: presented(sides[1]),
    buyers: differenceOf(sides, 'share'),
    revenue: differenceOf(sides, 'mean'),
    sampleRatio: { pValue: ratio.pValue, alarm: ratio.alarm, enough: ratio.enough },
    at: deps.clock.now().toISOString(),
  };
}

const presented = ({ people, buyers, orders, revenue }: Side): HoldoutReport['held'] => ({
  people,
  buyers,
  orders,
  revenue: Math.round(revenue * 100) / 100,
});

function differenceOf(sides: readonly [Side, Side], type: MetricType): HoldoutReport['buyers'] {
  const sums = sides.map(
    ({ people, buyers, revenue, squares }): ArmSums =>
      type === 'share' ? { people, y: buyers, yy: buyers } : { people, y: revenue, yy: squares },
  );
  const arm = compareArms(sums, { type, goal: 'increase', alpha, cuped: false }).arms[1];
  if (arm?.difference == null || arm.sequential === null) return null;
  const { value, relative } = arm.difference;
  return { value, low: arm.sequential.low, high: arm.sequential.high, relative };
}
