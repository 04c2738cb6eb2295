import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import type { ReadPage } from './article.ts';
import type { About, Parsed } from './parse.ts';
import type { Task } from './worker.ts';

/** Reads feeds and pages in threads of their own: no document can hold up the rest, or take its memory. */
export interface Parsers {
  /** As `parseFeed` in parse.ts, and the items with their texts; what takes too long or too much memory comes back as failed. */
  parse(bytes: Uint8Array, about?: About): Promise<Parsed>;
  /** As `readPage` in article.ts, likewise. */
  readPage(bytes: Uint8Array, about?: About): Promise<ReadPage>;
  /** Stops the threads; what is still being read comes back as failed. */
  close(): Promise<void>;
}

export interface ParserLimits {
  /** How many documents are read at a time. */
  readonly threads: number;
  /** How long one document may take. */
  readonly deadlineMs: number;
  /** How much memory the reading of one document may take, in megabytes. */
  readonly memoryMb: number;
}

interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
}

interface Thread {
  read(task: Task): Promise<unknown>;
  stop(): Promise<void>;
}

const DEFAULT_LIMITS: ParserLimits = { threads: 1, deadlineMs: 5000, memoryMb: 256 };

/** Makes readers. A thread starts with its first document, and never keeps the process alive once it is idle. */
export function makeParsers(wanted: Partial<ParserLimits> = {}): Parsers {
  const limits = { ...DEFAULT_LIMITS, ...wanted };
  const threads = Array.from({ length: limits.threads }, () => makeThread(limits));
  const idle = [...threads];
  const waiting: ((thread: Thread) => void)[] = [];

  const read = async (task: Task): Promise<unknown> => {
    const thread = idle.pop() ?? (await new Promise<Thread>((resolve) => waiting.push(resolve)));
    try {
      return await thread.read(task);
    } finally {
      const next = waiting.shift();
      if (next === undefined) idle.push(thread);
      else next(thread);
    }
  };

  return {
    parse: async (bytes, about = {}) => (await read({ kind: 'feed', bytes, about })) as Parsed,
    readPage: async (bytes, about = {}) => (await read({ kind: 'page', bytes, about })) as ReadPage,
    async close() {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}

/** One thread, replaced by a new one whenever a document breaks it. */
function makeThread(limits: ParserLimits): Thread {
  let worker: Worker | undefined;
  let isStopped = false;
  return {
    async read(task) {
      if (isStopped) return failed('reading was stopped');
      worker ??= await start(limits);
      const { answer, isBroken } = await ask(worker, task, limits);
      if (isBroken) {
        await worker.terminate();
        worker = undefined;
      }
      return answer;
    },
    async stop() {
      isStopped = true;
      await worker?.terminate();
    },
  };
}

async function start({ memoryMb }: ParserLimits): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  await once(worker, 'message');
  return worker;
}

/** Gives a thread one document and waits for the answer, the deadline or the end of the thread. */
function ask(
  worker: Worker,
  task: Task,
  { deadlineMs, memoryMb }: ParserLimits,
): Promise<{ readonly answer: unknown; readonly isBroken: boolean }> {
  return new Promise((resolve) => {
    const finish = (answer: unknown, isBroken: boolean) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      resolve({ answer, isBroken });
    };
    const onMessage = (answer: unknown) => finish(answer, false);
    const onError = (error: unknown) => finish(failed(reasonOf(error, memoryMb)), true);
    const onExit = () => finish(failed('reading was stopped'), true);
    const onDeadline = () => finish(failed(`reading it took longer than ${deadlineMs} ms`), true);
    const timer = setTimeout(onDeadline, deadlineMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
    worker.postMessage(task, []);
  });
}

function reasonOf(error: unknown, memoryMb: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `reading it took more than ${memoryMb} MB`;
  return 'it cannot be read';
}

function failed(reason: string): Failed {
  return { kind: 'failed', reason };
}
