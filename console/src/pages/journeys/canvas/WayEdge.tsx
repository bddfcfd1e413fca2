import { IconPlus } from '@tabler/icons-react';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import styles from '../Journeys.module.css';

export type WayEdgeData = {
  readonly name: string;
  /** Which of several ways to the same step: their words stand beside each other. */
  readonly beside: number;
  readonly passed: string | null;
  readonly addLabel: string;
  /** Null where nothing may be changed. */
  readonly onAdd: (() => void) | null;
};

/** A way from step to step: its name, how many went it, and where a step can be put. */
export function WayEdge(props: EdgeProps<Edge<WayEdgeData>>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, id } = props;
  const [path, x, y] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 8,
    // Branches leave at one height: names do not meet where the ways do.
    centerY: sourceY + 30,
  });
  // Beside the target, where the ways of a split are apart.
  const labelX = Math.abs(sourceX - targetX) < 2 ? x : targetX;
  const labelY = Math.abs(sourceX - targetX) < 2 ? y : Math.max(sourceY + 46, Math.min(y, targetY - 20));
  return (
    <>
      <BaseEdge id={id} path={path} />
      {data === undefined ? null : (
        <EdgeLabelRenderer>
          <div
            className={`${styles.way} nodrag nopan`}
            style={{ transform: `translate(-50%, -50%) translate(${labelX + data.beside * 74}px, ${labelY}px)` }}
          >
            {data.name === '' ? null : <span className={styles.wayName}>{data.name}</span>}
            {data.passed === null ? null : <span className={styles.wayNumber}>{data.passed}</span>}
            {data.onAdd === null ? null : (
              <button type="button" className={styles.add} aria-label={data.addLabel} onClick={data.onAdd}>
                <IconPlus size={14} aria-hidden="true" />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
