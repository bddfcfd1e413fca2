import type { SegmentNode } from '@vitrail/contracts';

interface Words {
  readonly en: string;
  readonly fr: string;
}

/** A segment many shops want, to start from. What has to be chosen (a category) is left open. */
export interface Template {
  readonly key: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly definition: SegmentNode;
}
