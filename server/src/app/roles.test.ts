import { expect, it } from 'vitest';
import { readRoles } from './roles.ts';

const shared = { databaseUrl: 'postgres://db/x', clickhouseUrl: 'http://ch:8123' };
const embedded = { databaseUrl: undefined, clickhouseUrl: undefined };

it('runs every role unless told', () => {
  expect([...readRoles([], embedded)]).toEqual(['api', 'worker', 'scheduler']);
});

it('refuses a part of the roles on engines nobody else can reach, and roles that do not exist', () => {
  expect(() => readRoles(['api'], embedded)).toThrow(/DATABASE_URL/);
  expect(() => readRoles(['cook'], shared)).toThrow(/cook is unknown/);
  expect([...readRoles(['worker'], shared)]).toEqual(['worker']);
});
