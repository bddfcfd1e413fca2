import {
  IconArrowRightCircle,
  IconBolt,
  IconClock,
  IconDoorExit,
  IconGitBranch,
  IconListCheck,
  IconMail,
  IconPencil,
  IconTicket,
  IconWebhook,
} from '@tabler/icons-react';
import type { JourneyNodeKind } from '@vitrail/contracts';

const icons: Readonly<Record<JourneyNodeKind | 'trigger', typeof IconMail>> = {
  trigger: IconBolt,
  message: IconMail,
  wait: IconClock,
  split: IconGitBranch,
  update: IconPencil,
  list: IconListCheck,
  coupon: IconTicket,
  webhook: IconWebhook,
  journey: IconArrowRightCircle,
  exit: IconDoorExit,
};

/** The sign of a kind of step. */
export function StepIcon({ kind, size = 16 }: { kind: JourneyNodeKind | 'trigger'; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} aria-hidden="true" />;
}
