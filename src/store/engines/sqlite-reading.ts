import { Worker } from 'node:worker_threads';
import type { Value } from './sql.ts';

/** Runs statements that only read in a thread of its own. */
export interface Reader {
  read(text: string, values: readonly Value[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/** What goes to the thread. */
export interface Errand {
  readonly id: number;
  readonly text: string;
  readonly values: readonly Value[];
}

/** What comes back from it. */
export type Answer =
  { readonly id: number; readonly rows: unknown[] } | { readonly id: number; readonly failure: Failure };

/** What is kept of an error on its way between threads: a copy of the error itself would lose the code. */
export interface Failure {
  readonly message: string;
  /** SQLite's own; absent for other failures. */
  readonly errcode?: unknown;
}

interface Waiting {
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Megabytes for what a query leaves behind at once: rows of numbers. The usual 48 would stay taken. */
const YOUNG_MB = 4;

/**
 * Makes a reader of an archive's file. The thread is started by the first errand and does not keep the process alive.
 *
 * @param patienceMs - how long it waits for another process
 */
export function makeReader(file: string, patienceMs: number): Reader {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let sent = 0;

  const settle = (answer: Answer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker?.unref();
    if ('rows' in answer) one?.resolve(answer.rows);
    else one?.reject(Object.assign(new Error(answer.failure.message), answer.failure));
  };
  const giveUp = (reason: unknown) => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  const start = () => {
    const started = new Worker(new URL('./sqlite-worker.js', import.meta.url), {
      workerData: { file, patienceMs },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    started.on('message', settle);
    started.on('error', giveUp);
    started.on('exit', () => giveUp(new Error('The thread that reads the archive has ended')));
    return started;
  };

  return {
    read(text, values) {
      worker ??= start();
      worker.ref();
      sent += 1;
      const errand: Errand = { id: sent, text, values };
      const answered = new Promise<unknown[]>((resolve, reject) =>
        waiting.set(errand.id, { resolve, reject }),
      );
      worker.postMessage(errand, []);
      return answered;
    },
    async close() {
      await worker?.terminate();
    },
  };
}
