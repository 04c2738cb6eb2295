import { makeTurns, type Task, type Turns } from './turns.ts';

/** How fast a platform may be posted to. */
export interface Pace {
  /** Posts a second over all channels; some room is left for answers. */
  readonly perSecond: number;
  /** Least time between two posts into one channel. */
  readonly betweenMs: number;
}

/** Posts that wait and are under way. */
export interface Lanes {
  add(task: Task): void;
  readonly waiting: number;
  /** Resolves when nothing waits or is under way, or after so long. */
  settled(atMostMs: number): Promise<void>;
  /** Forgets what waits; what is under way goes on. */
  clear(): void;
}

/** Posts under way at once: enough to fill the pace of every platform over slow lines. */
const MOST_AT_ONCE = 64;
/** So many channels in a row that were asked to wait mean that the platform as a whole is asked. */
const MANY_BUSY = 3;
/** Posts that may go out together after a rest, in seconds of the pace. */
const BURST_SECONDS = 0.2;
/** Where the platform asks to wait, the pace slackens by so much, once a second, and with every post that is taken it recovers. */
const SLOWING = 0.85;
const QUICKENING = 0.002;
const SLOWEST = 0.05;

/**
 * Makes posts side by side, each channel and workspace in its turn, no faster than the platform's pace. A channel that is slow,
 * dead or asked to wait holds up no other.
 *
 * @param pace - none for a platform that takes whatever comes
 */
export function makeLanes(pace?: Pace): Lanes {
  const turns = makeTurns();
  const waiters = new Set<() => void>();
  const flow: Flow = { turns, meter: makeMeter(pace), betweenMs: pace?.betweenMs ?? 0, running: 0, busy: 0 };
  flow.whenIdle = () => waiters.forEach((tell) => tell());
  return {
    add(task) {
      turns.add(task);
      pump(flow);
    },
    get waiting() {
      return turns.waiting;
    },
    settled: (atMostMs) =>
      new Promise((resolve) => {
        if (turns.waiting + flow.running === 0) return resolve();
        const done = () => {
          clearTimeout(limit);
          waiters.delete(done);
          resolve();
        };
        const limit = setTimeout(done, atMostMs);
        return waiters.add(done);
      }),
    clear() {
      turns.clear();
      pump(flow);
    },
  };
}

interface Flow {
  readonly turns: Turns;
  readonly meter: Meter;
  readonly betweenMs: number;
  running: number;
  /** Channels in a row that were asked to wait. */
  busy: number;
  timer?: NodeJS.Timeout;
  whenIdle?: () => void;
}

/** Starts as many tasks as may be started, and comes back when the next may. */
function pump(flow: Flow): void {
  clearTimeout(flow.timer);
  const { turns, meter } = flow;
  while (flow.running < MOST_AT_ONCE && turns.waiting > 0) {
    const now = performance.now();
    const waitMs = meter.waitMs(now);
    const turn: ReturnType<Turns['next']> =
      waitMs > 0 ? { kind: 'later', at: now + waitMs } : turns.next(now);
    if (turn.kind === 'later') {
      if (turn.at < Infinity) flow.timer = setTimeout(() => pump(flow), Math.max(1, turn.at - now));
      break;
    }
    meter.take();
    void start(flow, turn.task);
  }
  if (turns.waiting + flow.running === 0) flow.whenIdle?.();
}

async function start(flow: Flow, task: Task): Promise<void> {
  flow.running += 1;
  const waitMs = await task.run();
  flow.running -= 1;
  flow.busy = waitMs === undefined ? 0 : flow.busy + 1;
  flow.meter.learn(waitMs === undefined);
  if (waitMs !== undefined && flow.busy >= MANY_BUSY) flow.meter.rest(waitMs);
  flow.turns.end(task, performance.now() + (waitMs ?? flow.betweenMs), waitMs !== undefined);
  pump(flow);
}

/** Tells when the next post may go out. */
interface Meter {
  /** 0 when one may go out now. */
  waitMs(now: number): number;
  take(): void;
  /** Takes note of how a post has ended: what was asked to wait came too fast, as a long post counts for several. */
  learn(wasTaken: boolean): void;
  rest(waitMs: number): void;
}

function makeMeter(pace: Pace | undefined): Meter {
  if (pace === undefined) return { waitMs: () => 0, take() {}, learn() {}, rest() {} };
  const fastest = pace.perSecond / 1000;
  const most = Math.max(1, pace.perSecond * BURST_SECONDS);
  let [perMs, stock, at, restUntil, slowedAt] = [fastest, most, performance.now(), 0, -Infinity];
  return {
    waitMs(now) {
      stock = Math.min(most, stock + (now - at) * perMs);
      at = now;
      return Math.max(0, restUntil - now, (1 - stock) / perMs);
    },
    take() {
      stock -= 1;
    },
    learn(wasTaken) {
      const now = performance.now();
      if (wasTaken) perMs = Math.min(fastest, perMs + fastest * QUICKENING);
      else if (now - slowedAt > 1000) {
        perMs = Math.max(fastest * SLOWEST, perMs * SLOWING);
        slowedAt = now;
      }
    },
    rest(waitMs) {
      restUntil = Math.max(restUntil, performance.now() + waitMs);
    },
  };
}
