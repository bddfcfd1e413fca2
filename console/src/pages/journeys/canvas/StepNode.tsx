import type { JourneyNodeKind } from '@vitrail/contracts';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import styles from '../Journeys.module.css';
import { StepIcon } from './StepIcon.tsx';

export type StepNodeData = {
  readonly kind: JourneyNodeKind | 'trigger';
  readonly title: string;
  readonly detail: string;
  /** Who is there now; null: nothing is counted. */
  readonly waiting: string | null;
  readonly held: string | null;
  readonly problem: boolean;
};

/** A step on the canvas: sign, words, who is there. */
export function StepNode({ data, selected }: NodeProps<Node<StepNodeData>>) {
  return (
    <div className={styles.step} data-kind={data.kind} data-selected={selected} data-problem={data.problem}>
      {data.kind === 'trigger' ? null : <Handle type="target" position={Position.Top} className={styles.handle} />}
      <span className={styles.sign}>
        <StepIcon kind={data.kind} size={18} />
      </span>
      <span className={styles.stepWords}>
        <span className={styles.stepTitle}>{data.title}</span>
        <span className={styles.stepDetail}>{data.detail}</span>
        {data.waiting === null && data.held === null ? null : (
          <span className={styles.stepNumbers}>
            {data.waiting}
            {data.held === null ? null : <span className={styles.held}>{data.held}</span>}
          </span>
        )}
      </span>
      {data.kind === 'exit' ? null : <Handle type="source" position={Position.Bottom} className={styles.handle} />}
    </div>
  );
}
