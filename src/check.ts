/** One thing that `tumen doctor` looked at. */
export interface Check {
  readonly area: 'settings' | 'machine' | 'archive' | 'feeds' | 'discord' | 'slack';
  /** What was looked at: `clock`, or a channel's address. */
  readonly what: string;
  /** `off`: it is not in use, so that nothing can be wrong with it. */
  readonly state: 'sound' | 'broken' | 'off';
  /** What was found, in a sentence without a full stop. */
  readonly finding: string;
  /** What to do about it; there wherever something is broken. */
  readonly advice?: string;
}

/** The clocks of two machines that keep time differ by less. */
const MOST_DRIFT_MS = 60_000;

/**
 * Compares this machine's clock with that of a server.
 *
 * @param date - the server's `Date` header, in whole seconds
 */
export function clockCheck(area: Check['area'], date: string | null | undefined, now: Date): Check {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs))
    return { area, what: 'clock', state: 'off', finding: 'the answer does not tell the time' };
  const drift = Math.abs(now.getTime() - theirs);
  const finding = `this machine's clock differs by ${Math.round(drift / 1000)} s`;
  return drift < MOST_DRIFT_MS
    ? { area, what: 'clock', state: 'sound', finding }
    : {
        area,
        what: 'clock',
        state: 'broken',
        finding,
        advice: 'set the clock (NTP): posts go out and signatures are judged by it',
      };
}
