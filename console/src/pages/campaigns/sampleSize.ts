/** Where shares of people who click usually lie. */
const usualRate = 0.05;
/** Normal quantiles of a test with 5 % false alarms, both sides, and 80 % power. */
const quantiles = 1.959963984540054 + 0.8416212335729143;

/**
 * The smallest difference between two shares that can be told from chance with so many people in each group, as a share: Fleiss,
 * "Statistical Methods for Rates and Proportions", for equal groups around the usual rate of clicks. Null for too few to say.
 */
export function smallestDifference(peopleEach: number): number | null {
  if (peopleEach < 20) return null;
  return quantiles * Math.sqrt((2 * usualRate * (1 - usualRate)) / peopleEach);
}
