import { describeSegment, segmentDefinitionSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { templates } from './templates.ts';

describe('the templates', () => {
  it.each(templates)(
    '$key is a definition of the language, said in both languages',
    ({ definition, name, purpose }) => {
      expect(segmentDefinitionSchema.safeParse(definition).success).toBe(true);
      expect(describeSegment(definition, 'fr')).toMatch(/^Toute personne (qui|dont) .*\.$/);
      expect(describeSegment(definition, 'en')).toMatch(/^Everyone (who|whose) .*\.$/);
      for (const words of [name, purpose]) {
        expect(words.fr).not.toBe(words.en);
        // French punctuation stands behind a narrow no-break space.
        expect(words.fr).not.toMatch(/ [:;!?€]|\p{L}'\p{L}/u);
      }
    },
  );

  it('have names of their own', () => {
    expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length);
    expect(templates.length).toBeGreaterThanOrEqual(10);
  });
});
