/** Keeps new items from waiting long before the index of words takes them in. */
export interface Tending {
  /** Notes that so many items were put into the index. Waits while too many have yet to be taken in. */
  noteIndexed(count: number): Promise<void>;
  /** Waits for what is under way. */
  end(): Promise<void>;
}

/**
 * Items after which the index is made to take in what waits. The more at a time, the fewer of its places are visited for
 * each; every search reads through those that wait, up to twice as many.
 */
const TAKEN_TOGETHER = 2000;

/**
 * Has the index take in new items beside all other work, so that nobody who stores some has to.
 *
 * @param takeIn - makes the index take in all that waits; where it fails, the index does so by itself once it has to
 */
export function makeTending(takeIn: () => Promise<unknown>): Tending {
  let waiting = 0;
  let underWay: Promise<unknown> = Promise.resolve();
  return {
    async noteIndexed(count) {
      waiting += count;
      if (waiting < TAKEN_TOGETHER) return;
      await underWay;
      if (waiting < TAKEN_TOGETHER) return;
      waiting = 0;
      underWay = takeIn().catch(() => undefined);
    },
    async end() {
      await underWay;
    },
  };
}
