import { expect, it } from 'vitest';
import { hashFor, writeFor } from './hashAddress.ts';

it('writes e-mail addresses as each company wants them', () => {
  const address = { kind: 'email', value: ' Cloudy.SanFrancisco+shopping@Gmail.com' } as const;
  expect(writeFor('google', address)).toBe('cloudysanfrancisco@gmail.com');
  expect(writeFor('meta', address)).toBe('cloudy.sanfrancisco+shopping@gmail.com');
  expect(writeFor('google', { kind: 'email', value: 'user.name+NYC@Example.com' })).toBe('user.name+nyc@example.com');
});

it('writes telephone numbers with the plus for Google and without it for Meta', () => {
  const address = { kind: 'phone', value: '+18005550100' } as const;
  expect(writeFor('google', address)).toBe('+18005550100');
  expect(writeFor('meta', address)).toBe('18005550100');
});

it('hashes as in the example of the public documentation', () => {
  expect(hashFor('meta', { kind: 'email', value: 'mary@example.com' }).toString('hex')).toBe(
    'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79',
  );
});
