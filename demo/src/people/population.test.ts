import { describe, expect, it } from 'vitest';
import { sites } from '../market.ts';
import { cities } from '../names/cities.ts';
import { accountIdOf } from './accountId.ts';
import { cardNumber } from './person.ts';
import { writePhone } from './phones.ts';
import { buildPopulation } from './population.ts';

const population = buildPopulation(11, 6000);
const people = Array.from({ length: population.size }, (_, index) => population.person(index));

describe('buildPopulation', () => {
  it('gives everyone an e-mail address, a telephone number, a card and an account id of their own', () => {
    const own = people.filter((person) => !person.sharesEmail);
    expect(new Set(own.map((person) => person.email)).size).toBe(own.length);
    expect(new Set(own.map((person) => accountIdOf(person.email))).size).toBe(own.length);
    const mobiles = people.map((person) => person.mobile).filter((mobile) => mobile !== null);
    expect(new Set(mobiles).size).toBe(mobiles.length);
    const cards = people.map((person) => person.loyaltyCard).filter((card) => card !== null);
    expect(new Set(cards).size).toBe(cards.length);
  });

  it('writes e-mail addresses that no mail server will ever take', () => {
    for (const { email, formerEmail } of people) {
      expect(email).toMatch(/^[a-z0-9._]+@[a-z]+\.example$/);
      if (formerEmail !== null) expect(formerEmail).toMatch(/\.example$/);
    }
  });

  it('puts a household under one roof and on one telephone line, and strangers on different ones', () => {
    const lines = new Map<string, number>();
    for (const person of people) {
      if (person.partner !== null) {
        const partner = population.person(person.partner);
        expect(partner.partner).toBe(person.index);
        expect(partner.address).toEqual(person.address);
        expect(partner.homePhone).toBe(person.homePhone);
      }
      if (person.homePhone === null) continue;
      const household = lines.get(person.homePhone) ?? person.household;
      expect(household).toBe(person.household);
      lines.set(person.homePhone, household);
    }
    expect(people.filter((person) => person.partner !== null).length).toBeGreaterThan(1500);
  });

  it('places people in towns of their country with one of the town’s postal codes', () => {
    for (const { address, site } of people) {
      const city = cities[site.country].find((one) => one.name === address.city);
      const code = site.country === 'GB' ? address.postalCode.split(' ')[0] : address.postalCode;
      expect(city?.codes).toContain(code);
    }
    expect(new Set(people.map((person) => person.site.code)).size).toBe(sites.length);
  });

  it('has enough names for people to be told apart, and namesakes all the same', () => {
    const firstNames = new Set(people.map((person) => person.firstName));
    const surnames = new Set(people.map((person) => person.lastName));
    const both = new Set(people.map((person) => `${person.firstName} ${person.lastName}`));
    expect(firstNames.size).toBeGreaterThan(150);
    expect(surnames.size).toBeGreaterThan(200);
    expect(both.size).toBeLessThan(people.length);
  });

  it('makes the same person from the same seed, others from another', () => {
    expect(buildPopulation(11, 6000).person(4321)).toEqual(population.person(4321));
    expect(buildPopulation(12, 6000).person(4321)).not.toEqual(population.person(4321));
  });
});

describe('cardNumber', () => {
  it('passes the Luhn check', () => {
    for (const index of [0, 1, 77, 299_999]) {
      const digits = [...cardNumber(index)].map(Number).reverse();
      const sum = digits.reduce(
        (total, digit, place) => total + (place % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9),
        0,
      );
      expect(digits).toHaveLength(12);
      expect(sum % 10).toBe(0);
    }
  });
});

describe('writePhone', () => {
  it('writes one number in the ways people and systems do', () => {
    const written = [0, 1, 2, 3, 4, 5].map((style) => writePhone('+33612345678', style));
    expect(written).toEqual([
      '0612345678',
      '06 12 34 56 78',
      '06.12.34.56.78',
      '+33 6 12 34 56 78',
      '0033612345678',
      '+33612345678',
    ]);
  });
});
