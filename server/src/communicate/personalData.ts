import type { PersonalData, Secrets } from '../govern/index.ts';
import type { Deps } from '../platform/index.ts';
import { eraseAdAudiences, exportAdAudiences } from './audiences/index.ts';
import { eraseStoredMessages, exportStoredMessages } from './channels/index.ts';
import { eraseConsentsOf, exportConsents } from './consent/index.ts';
import { eraseJourneys, exportJourneys } from './journeys/personalData.ts';
import { eraseMessages, exportMessages } from './messages/personalData.ts';
import { eraseOffers, exportOffers } from './offers/index.ts';

/** What the communicate room holds about a person: consents with their proof, messages, journeys, coupons, where they were handed on. */
export function createCommunicatedData(
  deps: Pick<Deps, 'pg' | 'ch'> & { readonly secrets: Pick<Secrets, 'erasure'> },
): PersonalData {
  return {
    room: 'communicate',
    async export(person) {
      const { workspaceId: workspace, profileIds: profiles } = person;
      return {
        ...(await exportConsents(deps, person)),
        ...(await exportOffers(deps, person)),
        ...(await exportMessages(deps, workspace, profiles)),
        ...(await exportStoredMessages(deps, workspace, profiles)),
        ...(await exportJourneys(deps, workspace, profiles)),
        ...(await exportAdAudiences(deps, workspace, profiles)),
      };
    },
    async erase(person) {
      const { workspaceId: workspace, profileIds: profiles } = person;
      return {
        ...(await eraseConsentsOf(deps, person)),
        ...(await eraseOffers(deps, person)),
        // Found by way of the messages, so before them.
        ...(await eraseStoredMessages(deps, workspace, profiles)),
        ...(await eraseMessages(deps, workspace, profiles)),
        ...(await eraseJourneys(deps, workspace, profiles)),
        ...(await eraseAdAudiences(deps, workspace, profiles)),
      };
    },
  };
}
