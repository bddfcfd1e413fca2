import '@xyflow/react/dist/style.css';
import { type JourneyDefinition, type JourneyDetail, waysOf } from '@vitrail/contracts';
import { Background, Controls, type Edge, MarkerType, type Node, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import type { Place } from '../draft.ts';
import styles from '../Journeys.module.css';
import { useStepWords } from '../useStepWords.ts';
import { layOut, stepSize } from './layOut.ts';
import { StepNode, type StepNodeData } from './StepNode.tsx';
import { WayEdge, type WayEdgeData } from './WayEdge.tsx';

const nodeTypes = { step: StepNode };
const edgeTypes = { way: WayEdge };

export interface CanvasProps {
  readonly definition: JourneyDefinition;
  /** Numbers of what is saved; null while it is not. */
  readonly numbers: Pick<JourneyDetail, 'nodes' | 'edges'> | null;
  readonly problems: ReadonlySet<string>;
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** Null where nothing may be changed. */
  readonly onAdd: ((place: Place) => void) | null;
}

/** The journey as a drawing: laid out by itself, so that nothing has to be put in order by hand. */
export default function JourneyCanvas(props: CanvasProps) {
  const { t } = useTranslation();
  const { definition, selected, onSelect } = props;
  const nodes = useNodes(props);
  const edges = useEdges(props);
  const height = Math.max(420, ...nodes.map(({ position }) => position.y + 180));
  return (
    <section className={styles.canvas} aria-label={t('journeys.canvas')} style={{ height: Math.min(height, 1_000) }}>
      <ReactFlow
        key={Object.keys(definition.nodes).length}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes) => {
          const chosen = changes.find((change) => change.type === 'select' && change.selected);
          if (chosen?.type === 'select' && chosen.id !== selected) onSelect(chosen.id);
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        minZoom={0.3}
        maxZoom={1.25}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.06 }}
        proOptions={{ hideAttribution: false }}
      >
        <Background gap={24} size={1} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function useNodes({ definition, numbers, problems, selected }: CanvasProps): Node<StepNodeData>[] {
  const { t } = useTranslation();
  const words = useStepWords();
  const spots = useMemo(() => layOut(definition), [definition]);
  const trigger: Node<StepNodeData> = {
    id: 'trigger',
    type: 'step',
    position: { x: spots.get(definition.start)?.x ?? 0, y: 0 },
    width: stepSize.width,
    selected: selected === 'trigger',
    data: {
      kind: 'trigger',
      title: t(`journeys.trigger.${definition.trigger.kind}`),
      detail: words.trigger(definition),
      waiting: null,
      held: null,
      problem: problems.has('trigger'),
    },
  };
  return [
    trigger,
    ...Object.entries(definition.nodes).map(([id, node]): Node<StepNodeData> => {
      const counted = numbers?.nodes[id];
      return {
        id,
        type: 'step',
        position: spots.get(id) ?? { x: 0, y: 0 },
        width: stepSize.width,
        selected: selected === id,
        data: {
          kind: node.kind,
          title: words.title(node),
          detail: words.detail(node),
          waiting:
            counted === undefined || node.kind === 'exit'
              ? null
              : t('journeys.here', { waiting: counted.waiting, passed: counted.passed }),
          held: counted === undefined || counted.held === 0 ? null : t('journeys.heldBack', { people: counted.held }),
          problem: problems.has(id),
        },
      };
    }),
  ];
}

function useEdges({ definition, numbers, onAdd }: CanvasProps): Edge<WayEdgeData>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useStepWords();
  const edge = (from: string | null, way: number, to: string, name: string, beside = 0): Edge<WayEdgeData> => {
    const passed = numbers?.edges
      .filter((one) => one.from === (from ?? '') && one.to === to && one.way === name)
      .reduce((sum, one) => sum + one.passed, 0);
    return {
      id: `${from ?? 'trigger'}/${way}`,
      source: from ?? 'trigger',
      target: to,
      type: 'way',
      focusable: false,
      markerEnd: { type: MarkerType.ArrowClosed },
      data: {
        beside,
        name: words.way(name),
        passed: passed === undefined ? null : format.number(passed),
        addLabel: t('journeys.addAfter'),
        onAdd: onAdd === null ? null : () => onAdd({ from, way }),
      },
    };
  };
  return [
    edge(null, 0, definition.start, ''),
    ...Object.entries(definition.nodes).flatMap(([id, node]) =>
      waysOf(node).map(({ to, name }, way, all) =>
        edge(id, way, to, name, all.slice(0, way).filter((one) => one.to === to).length),
      ),
    ),
  ];
}
