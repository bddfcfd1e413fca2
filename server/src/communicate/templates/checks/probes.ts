import type { Field } from '../engine/fields.ts';
import { liquidTokens } from '../engine/marks.ts';
import { FieldRenderer } from '../engine/renderFields.ts';

/** Renders fields and notes which outputs said nothing: only those that were reached, after `default` had its say. */
export interface Probes {
  readonly fields: readonly Field[];
  readonly renderer: FieldRenderer;
  /** Expressions that were empty since the last call. */
  takeEmpty(): ReadonlySet<string>;
}

const output = /^\{\{(-?)([\s\S]*?)(-?)\}\}$/;

/** Every output gets a last filter that looks at what comes through. */
export function addProbes(fields: readonly Field[]): Probes {
  const expressions: string[] = [];
  let empty = new Set<string>();
  const renderer = new FieldRenderer({
    probe: (value, index) => {
      if (value === null || value === undefined || value === '') empty.add(expressions[Number(index)] ?? '');
      return value;
    },
  });
  const probed = fields.map((field) => ({
    ...field,
    source: field.source.replace(liquidTokens, (token) => {
      const parts = output.exec(token);
      if (parts === null || (parts[2] ?? '').trim() === '') return token;
      const index = expressions.push((parts[2] ?? '').trim()) - 1;
      return `{{${parts[1]}${parts[2]} | probe: ${index} ${parts[3]}}}`;
    }),
  }));
  return {
    fields: probed,
    renderer,
    takeEmpty() {
      const taken = empty;
      empty = new Set();
      return taken;
    },
  };
}
