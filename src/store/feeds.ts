import { randomUUID } from 'node:crypto';
import type { FeedState } from '../feed-state.ts';
import type { Queries } from './database.ts';
import { read, written } from './json.ts';
import { list, raw, rows, sql } from './engines/sql.ts';

/** A feed that this process alone may visit, until the lease ends. */
export interface ClaimedFeed {
  readonly feed: string;
  readonly lease: string;
}

/** What is remembered about all feeds, by id; one that was never visited is absent. */
export async function findFeedStates(db: Queries): Promise<Map<string, FeedState>> {
  const found = await db.query<{ id: string; state: string }>(
    raw(`select id, state from feed where state is not null`),
  );
  return new Map(found.map(({ id, state }) => [id, read(state) as FeedState]));
}

/** What is remembered about one feed; `undefined` when it was never visited. */
export async function findFeedState(db: Queries, feed: string): Promise<FeedState | undefined> {
  const [row] = await db.query<{ state: string }>(
    sql`select state from feed where id = ${feed} and state is not null`,
  );
  return row === undefined ? undefined : (read(row.state) as FeedState);
}

/** Sets what is remembered about a feed, whoever visits it. */
export async function saveFeedState(db: Queries, state: FeedState): Promise<void> {
  await db.query(sql`
    insert into feed (id, state, leased_until)
    values (${state.feed}, ${written(state)}, 0)
    on conflict (id) do update
    set state = excluded.state
  `);
}

/**
 * Claims feeds for a visit, so that no other process visits them meanwhile.
 *
 * @param wish.leaseMs - after this long another process may take a feed over
 * @returns those that no one else holds
 */
export async function claimFeeds(
  db: Queries,
  wish: { readonly feeds: readonly string[]; readonly now: Date; readonly leaseMs: number },
): Promise<ClaimedFeed[]> {
  if (wish.feeds.length === 0) return [];
  const [now, lease] = [wish.now.getTime(), randomUUID()];
  const feeds = wish.feeds.toSorted();
  return db.transaction(async (tx) => {
    await tx.query(sql`
      insert into feed (id, leased_until)
      values ${rows(feeds.map((feed) => [feed, 0]))}
      on conflict do nothing
    `);
    const claimed = await tx.query<{ feed: string }>(sql`
      update feed
      set lease = ${lease}, leased_until = ${now + wish.leaseMs}
      where id in (
        select id
        from feed
        where id in (${list(feeds)}) and leased_until <= ${now}
        ${tx.dialect.skipLocked}
      )
      returning id as feed
    `);
    return claimed.map(({ feed }) => ({ feed, lease }));
  });
}

/**
 * Ends a visit and keeps what is to be remembered. Belongs in the transaction that stores what the visit brought.
 *
 * @returns false, with nothing changed, when the lease had ended and another process took the feed over
 */
export async function endVisit(db: Queries, claimed: ClaimedFeed, state: FeedState): Promise<boolean> {
  const changed = await db.query(sql`
    update feed
    set state = ${written(state)}, lease = null, leased_until = 0
    where id = ${claimed.feed} and lease = ${claimed.lease}
    returning id
  `);
  return changed.length === 1;
}
