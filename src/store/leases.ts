import type { Queries } from './database.ts';
import { list, sql } from './engines/sql.ts';
import type { ClaimedFeed } from './feeds.ts';

/** Gives back feeds that were claimed and not visited, so that nobody has to wait for the end of the leases. Ended visits stay as they are. */
export async function releaseFeeds(db: Queries, claimed: readonly ClaimedFeed[]): Promise<void> {
  for (const [lease, some] of Map.groupBy(claimed, (claim) => claim.lease)) {
    await db.query(sql`
      update feed
      set lease = null, leased_until = 0
      where id in (${list(some.map(({ feed }) => feed))}) and lease = ${lease}
    `);
  }
}
