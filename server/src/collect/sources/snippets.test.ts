import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { writeSnippets } from './snippets.ts';

const target = { host: 'https://cdp.shop.example', writeKey: 'wk_1' };

describe('snippets', () => {
  it('come for every client, those of the source’s own kind first', () => {
    expect(writeSnippets('browser', target).map(({ id }) => id)).toEqual([
      'vitrail',
      'html',
      'analytics-next',
      'rudder-browser',
      'jitsu-browser',
      'analytics-node',
      'rudder-node',
      'jitsu-node',
      'curl',
    ]);
    expect(writeSnippets('server', target)[0]?.id).toBe('analytics-node');
  });

  it('name the host and the key', () => {
    for (const { code } of writeSnippets('browser', target)) {
      expect(code).toContain('https://cdp.shop.example');
      expect(code).toContain(code.includes('--user') ? 'wk_1:' : 'wk_1');
    }
  });

  it('are small where they stand in the head of every page', () => {
    const own = writeSnippets('browser', target).find(({ id }) => id === 'vitrail')?.code ?? '';
    expect(Buffer.byteLength(own)).toBeLessThanOrEqual(1_200);
  });

  it('hold a key that tries to break out as text', () => {
    const writeKey = `a'b"c\\d</script>$(id)`;
    for (const { language, code } of writeSnippets('browser', { ...target, writeKey })) {
      if (language === 'html') expect(code.match(/<\/script>/g)).toHaveLength(1);
      if (language !== 'shell') expect(code).not.toContain("a'b");
    }
    const curl = writeSnippets('server', { ...target, writeKey }).find(({ id }) => id === 'curl')?.code ?? '';
    const said = execFileSync('sh', ['-c', curl.replace(/^curl/, "printf '%s\\n'")], { encoding: 'utf8' });
    expect(said.split('\n')).toContain(`${writeKey}:`);
  });
});
