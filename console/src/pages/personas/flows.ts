import { type PersonaOrProspect, personaOrProspectKeys, type RfmMovement } from '@vitrail/contracts';

type Flow = RfmMovement['flows'][number];

/** What moved, and what stayed, as the picture and the table show it. */
export interface Movement {
  /** Largest first; people who were no buyers on either day left out. */
  readonly flows: readonly Flow[];
  readonly moved: number;
  readonly stayed: number;
  /** Personas that anybody was in, in their usual order. */
  readonly before: readonly PersonaOrProspect[];
  readonly after: readonly PersonaOrProspect[];
}

export function movementOf({ flows: given }: Pick<RfmMovement, 'flows'>): Movement {
  const flows = given
    .filter(({ from, to, profiles }) => profiles > 0 && !(from === 'prospects' && to === 'prospects'))
    .toSorted((one, other) => other.profiles - one.profiles);
  const sum = (of: readonly Flow[]): number => of.reduce((total, { profiles }) => total + profiles, 0);
  const used = (side: 'from' | 'to') => personaOrProspectKeys.filter((key) => flows.some((flow) => flow[side] === key));
  return {
    flows,
    moved: sum(flows.filter(({ from, to }) => from !== to)),
    stayed: sum(flows.filter(({ from, to }) => from === to)),
    before: used('from'),
    after: used('to'),
  };
}

/** Better or worse: by the distance of the two in the order from champions to lost. */
export function directionOf({ from, to }: Flow): 'up' | 'down' | 'same' {
  const [before, after] = [personaOrProspectKeys.indexOf(from), personaOrProspectKeys.indexOf(to)];
  return before === after ? 'same' : after < before ? 'up' : 'down';
}
