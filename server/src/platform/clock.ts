/** The only source of "now", so that tests can move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that goes on from wherever it is put. */
export interface MovableClock extends Clock {
  /** From now on it is this moment, and time goes on from there. */
  moveTo(instant: Date): void;
}

/** For trying out what time brings: `VITRAIL_TEST_CLOCK`. */
export function createMovableClock(clock: Clock = systemClock): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(clock.now().getTime() + ahead),
    moveTo: (instant) => {
      ahead = instant.getTime() - clock.now().getTime();
    },
  };
}
