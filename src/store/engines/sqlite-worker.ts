import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Errand, Failure } from './sqlite-reading.ts';
import { openForReading } from './sqlite.ts';

/** The thread of sqlite-reading.ts: the only file of the store that is run, not imported. */
const read = openForReading(String(workerData));

parentPort?.on('message', ({ id, text, values }: Errand) => {
  parentPort?.postMessage(
    answerTo(id, () => read(text, values)),
    [],
  );
});

function answerTo(id: number, work: () => unknown[]): Answer {
  try {
    return { id, rows: work() };
  } catch (failure) {
    return { id, failure: failureOf(failure) };
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  return 'errcode' in error ? { message: error.message, errcode: error.errcode } : { message: error.message };
}
