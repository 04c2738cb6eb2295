import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread of sqlite-reading.ts: the only file of the store that is run, not imported. JavaScript, because reading
 * TypeScript costs each thread another 20 MB.
 *
 * @import { Answer, Errand, Failure } from './sqlite-reading.ts'
 */
const connection = new DatabaseSync(workerData.file, { readOnly: true, timeout: workerData.patienceMs });

parentPort?.on('message', (/** @type {Errand} */ errand) => parentPort?.postMessage(answerTo(errand), []));

/** @type {(errand: Errand) => Answer} */
function answerTo({ id, text, values }) {
  try {
    return { id, rows: connection.prepare(text).all(...values) };
  } catch (failure) {
    return { id, failure: failureOf(failure) };
  }
}

/** @type {(error: unknown) => Failure} */
function failureOf(error) {
  if (!(error instanceof Error)) return { message: String(error) };
  return 'errcode' in error ? { message: error.message, errcode: error.errcode } : { message: error.message };
}
