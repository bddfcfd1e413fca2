import { brandKitSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { fromVisual, splitHead, toVisual } from './visualMjml.ts';

const kit = brandKitSchema.parse({});

describe('MJML for the visual editor', () => {
  it('shows the colours of the kit and finds each of them again, also those that are alike', () => {
    const mjml =
      '<mj-section background-color="{{ brand.surface }}"><mj-column><mj-button color="{{brand.onPrimary}}" background-color="{{ brand.primary }}">{{ brand.senderName }}</mj-button></mj-column></mj-section>';
    const visual = toVisual(mjml, kit);
    expect(visual).not.toContain('brand.surface');
    expect(visual).toContain('{{ brand.senderName }}');
    expect(fromVisual(visual, kit)).toBe(mjml.replace('{{brand.onPrimary}}', '{{ brand.onPrimary }}'));
  });

  it('keeps Liquid between elements, in conditions and in quotes', () => {
    const mjml =
      '<mj-body>{% if a < b %}<mj-section><mj-column><mj-image src="{{ x | default: "y" }}" /></mj-column></mj-section>{% endif %}</mj-body>';
    const visual = toVisual(mjml, kit);
    expect(visual).toContain('<mj-raw>{% if a < b %}</mj-raw>');
    expect(visual).toContain(`src="{{ x | default: 'y' }}"></mj-image>`);
    const escaped = visual.replace('{% if a < b %}', '{% if a &lt; b %}');
    expect(fromVisual(escaped, kit)).toContain('{% if a < b %}');
  });

  it('keeps the head as it was', () => {
    const mjml =
      '<mjml><mj-head><mj-style>a { color: {{ brand.text }}; }</mj-style></mj-head><mj-body></mj-body></mjml>';
    const { head, rest } = splitHead(mjml);
    expect(rest).toBe('<mjml><mj-body></mj-body></mjml>');
    expect(fromVisual(rest, kit, head).replace(/\n\s*/g, '')).toBe(mjml);
    expect(splitHead(rest)).toEqual({ head: '', rest });
  });
});
