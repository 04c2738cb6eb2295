import { setImmediate as pause } from 'node:timers/promises';
import { planAlerts } from './publishing/alerts.ts';
import type { Publish } from './publishing/outbox.ts';
import { planDigests } from './publishing/planning.ts';
import { BATCH, beginRound } from './publishing/round.ts';

export type { Publish } from './publishing/outbox.ts';

/** Deliveries that wait in this process; beyond them others may claim them. */
const MOST_WAITING = 5000;
/** New deliveries are claimed while others still wait for slow channels. */
const LOOK_AGAIN_MS = 1000;

/** Records what is due, digests and alerts, and posts it. */
export async function publishDue(publish: Publish): Promise<void> {
  await planDue(publish);
  await sendDue(publish);
}

/** Records every digest and alert that is due. It takes moments, while sending may take minutes. */
export async function planDue(publish: Publish): Promise<void> {
  await planDigests(publish);
  await planAlerts(publish);
}

/**
 * Posts what is due. Each post is recorded before it is sent and confirmed after, so that a crash in between neither loses
 * nor doubles it.
 */
export async function sendDue(publish: Publish): Promise<void> {
  const round = beginRound(publish);
  try {
    for (;;) {
      const claimed = round.waiting() < MOST_WAITING ? await round.claim() : 0;
      if (claimed < BATCH) await round.settled(LOOK_AGAIN_MS);
      else await pause();
      if (publish.signal?.aborted === true || (claimed < BATCH && round.isOver())) break;
    }
  } finally {
    await round.end();
  }
}
