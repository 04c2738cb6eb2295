import { parentPort } from 'node:worker_threads';

import { withTexts } from './items.ts';
import { parseFeed, type About } from './parse.ts';

/** A document to be read in a thread of its own; see parsers.ts. */
export interface Task {
  readonly kind: 'feed' | 'page';
  readonly bytes: Uint8Array;
  readonly about: About;
}

/** The first message of a thread: it has loaded all it needs for feeds, and waits. */
export const READY = 'ready';

async function read({ kind, bytes, about }: Task): Promise<unknown> {
  if (kind === 'feed') return withTexts(await parseFeed(bytes, about));
  // The parts for web pages are large, and many feeds carry their articles whole.
  const { readPage } = await import('./article.ts');
  return readPage(bytes, about);
}

if (parentPort !== null) {
  const port = parentPort;
  port.on('message', (task: Task) => void read(task).then((answer) => port.postMessage(answer)));
  port.postMessage(READY);
}
