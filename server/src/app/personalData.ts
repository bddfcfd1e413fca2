import { createCollectedData } from '../collect/index.ts';
import { createCommunicatedData } from '../communicate/index.ts';
import { createDecidedData } from '../decide/index.ts';
import { createExperiencedData } from '../experience/index.ts';
import type { PersonalData, Secrets } from '../govern/index.ts';
import type { Deps } from '../platform/index.ts';
import { createUnifiedData } from '../unify/index.ts';

/** What every room holds about people, in the order in which it is erased. */
export const createPersonalData = (deps: Deps, secrets: Secrets): PersonalData[] => [
  createCollectedData(deps),
  createUnifiedData(deps),
  createDecidedData(deps),
  createCommunicatedData({ ...deps, secrets }),
  createExperiencedData(deps),
];
