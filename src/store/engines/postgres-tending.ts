/** Keeps new items from waiting long before the index of words takes them in. */
export interface Tending {
  /** Notes that so many characters of words were put into the index. Waits while too many have yet to be taken in. */
  noteIndexed(characters: number): Promise<void>;
  /** Waits for what is under way. */
  end(): Promise<void>;
}

/**
 * Characters of words that are taken in together, of 2,000 to 6,000 items. A large index is spared: a million items have
 * so many different words that taking some in touches most of its pages, each of which the server writes to its log anew.
 * More at a time would cost searches, which read through those that wait, up to twice as many: 20 ms for each 3 million.
 */
const LEAST_TOGETHER = 3_000_000;
const MOST_TOGETHER = 9_000_000;
const BYTES_FOR_EACH = 80;

/**
 * Has the index take in new items beside all other work, so that nobody who stores some has to.
 *
 * @param takeIn - makes the index take in all that waits, and tells its size in bytes; where it fails, the index takes
 * them in by itself once it has to
 */
export function makeTending(takeIn: () => Promise<number>): Tending {
  let together = LEAST_TOGETHER;
  let waiting = 0;
  let underWay: Promise<void> = Promise.resolve();

  const tend = async () => {
    const bytes = await takeIn();
    together = Math.min(MOST_TOGETHER, Math.max(LEAST_TOGETHER, bytes / BYTES_FOR_EACH));
  };

  return {
    async noteIndexed(characters) {
      waiting += characters;
      if (waiting < together) return;
      await underWay;
      if (waiting < together) return;
      waiting = 0;
      underWay = tend().catch(() => undefined);
    },
    async end() {
      await underWay;
    },
  };
}
