import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { hubLinks } from '../feeds/websub/links.ts';
import {
  callbackAddress,
  type Callback,
  type Listener,
  listen,
  type Reply,
} from '../feeds/websub/listener.ts';
import { isSame, isSigned } from '../feeds/websub/signature.ts';
import {
  asking,
  confirmed,
  denied,
  type HubSubscription,
  isToAsk,
  LEASE_SECONDS,
  type Question,
  wishOf,
} from '../feeds/websub/subscription.ts';
import type { Copy } from '../feeds/poll.ts';
import { type ClaimedFeed, claimFeeds, findFeedState, findFeedStates } from '../store/feeds.ts';
import { releaseFeeds } from '../store/leases.ts';
import { watchedFeeds } from '../store/own-feeds.ts';
import { findSetting, saveSetting } from '../store/settings.ts';
import { type Ingest, LEASE_MS } from './ingest.ts';
import type { Job } from './schedule.ts';
import { endedVisit, readVisit, type Visit } from './visit.ts';

/** What makes hubs send what is new, besides the visits. */
export interface WebSub {
  /** None where hubs are not used. */
  readonly jobs: readonly Job[];
  /** Listens no longer; resolves when what came is stored. */
  close(): Promise<void>;
  readonly listener?: Listener;
}

export type WebSubConfig = Pick<Config, 'WEBSUB_URL' | 'WEBSUB_PORT'>;

const SETTING = 'websub ';
const ACCEPTED: Reply = { status: 202 };

/** What handling hubs takes. */
interface Hubs extends Ingest {
  /** The address under which this machine is reached. */
  readonly base: string;
  readonly signal: AbortSignal;
  /** Sees work through that nobody waits for. */
  readonly keep: (work: Promise<void>) => void;
}

/** What came of a hub: a body, and what was said of it. */
interface Push {
  readonly body: Uint8Array;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Subscribes to the hubs that feeds name (W3C WebSub, 2018-01-23), and takes what they send. Does nothing unless set up.
 *
 * @param signal - once aborted, no hub is asked any more, and a body whose articles are not read yet is left to the next visit
 * @throws {ConfigError} when the port cannot be had
 */
export async function openWebSub(
  { WEBSUB_URL: base, WEBSUB_PORT: port }: WebSubConfig,
  ingest: Ingest,
  signal: AbortSignal,
): Promise<WebSub> {
  if (base === undefined) return { jobs: [], close: () => Promise.resolve() };
  const { log } = ingest;
  const underWay = new Set<Promise<void>>();
  const keep = (work: Promise<void>): void => {
    const kept = work
      .catch((error: unknown) => log.error({ err: error }, 'pushed body not stored'))
      .finally(() => underWay.delete(kept));
    underWay.add(kept);
  };
  const hubs: Hubs = { ...ingest, base, signal, keep };
  const listener = await listen<HubSubscription>(port, {
    find: (callback) => find(hubs, callback),
    answer: (known, query) => answer(hubs, known, query),
    take: (known, body, headers) => take(hubs, known, { body, headers }),
    onFault: (error) => log.error({ err: error }, 'hub not answered'),
  }).catch((error: unknown) => {
    throw new ConfigError('These settings cannot be used:\n  WEBSUB_PORT: nothing can listen there', {
      cause: error,
    });
  });
  return {
    jobs: [{ name: 'websub', everyMinutes: 1, run: () => askHubs(hubs) }],
    listener,
    async close() {
      await listener.close();
      await Promise.all(underWay);
    },
  };
}

/** Asks every hub whose time has come for what its feed brings. */
async function askHubs(hubs: Hubs): Promise<void> {
  const { db, feeds, clock, signal } = hubs;
  const states = await findFeedStates(db);
  for (const { id, enabled } of await watchedFeeds(db, feeds)) {
    const wish = enabled ? wishOf(states.get(id)?.hints) : undefined;
    if (wish === undefined || signal.aborted) continue;
    const known = await findSetting<HubSubscription>(db, SETTING + id);
    if (!isToAsk(known, wish, clock())) continue;
    const next = asking(known, { feed: id, ...wish, secret: secret(), token: secret() }, clock());
    // The hub may ask back before its answer is here.
    await saveSetting(db, SETTING + id, next);
    await askHub(hubs, next);
  }
}

async function askHub({ fetch, queue, log, base }: Hubs, wanted: HubSubscription): Promise<void> {
  const { feed, hub, topic } = wanted;
  const form = {
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': callbackAddress(base, wanted),
    'hub.lease_seconds': String(LEASE_SECONDS),
    'hub.secret': wanted.secret,
  };
  const reply = await queue.add(hub, () => fetch(hub, { form }));
  if (reply.kind === 'none') log.warn({ feed, reason: reply.reason }, 'hub not reached');
  else log.info({ feed, status: reply.status }, 'hub asked');
}

function secret(): string {
  return randomBytes(32).toString('hex');
}

async function find({ db }: Hubs, { feed, token }: Callback): Promise<HubSubscription | undefined> {
  const known = await findSetting<HubSubscription>(db, SETTING + feed);
  return known !== undefined && isSame(Buffer.from(known.token), Buffer.from(token)) ? known : undefined;
}

async function answer(
  { db, clock, log }: Hubs,
  known: HubSubscription,
  query: URLSearchParams,
): Promise<Reply> {
  const question = questionIn(query);
  const next = confirmed(known, question, clock()) ?? denied(known, question, clock());
  if (next === undefined) return { status: 404 };
  await saveSetting(db, SETTING + known.feed, next);
  log.info({ feed: known.feed, mode: question.mode, until: next.until }, 'hub answered');
  return { status: 200, body: question.challenge ?? '' };
}

function questionIn(query: URLSearchParams): Question {
  const lease = Number(query.get('hub.lease_seconds') ?? undefined);
  return {
    mode: query.get('hub.mode'),
    topic: query.get('hub.topic'),
    challenge: query.get('hub.challenge'),
    leaseSeconds: lease > 0 ? lease : undefined,
  };
}

/**
 * Takes a body. Forged ones are answered as good ones are, so that nobody learns anything. A feed that is being visited is
 * busy: the hub sends it again. What is lost in a crash after the answer comes with the next visit, at most a day later.
 */
async function take(hubs: Hubs, known: HubSubscription, push: Push): Promise<Reply> {
  const { db, clock, keep, log } = hubs;
  const { 'x-hub-signature': signature } = push.headers;
  const isOurs = isSigned(push.body, [signature].flat().join(','), known.secret);
  if (!isOurs || known.until === undefined || known.until < clock()) {
    log.warn({ feed: known.feed, isSigned: isOurs }, 'pushed body ignored');
    return ACCEPTED;
  }
  const [claim] = await claimFeeds(db, { feeds: [known.feed], now: clock(), leaseMs: LEASE_MS });
  if (claim === undefined) return { status: 503 };
  keep(absorb(hubs, known, push, claim));
  return ACCEPTED;
}

async function absorb(hubs: Hubs, known: HubSubscription, push: Push, claim: ClaimedFeed): Promise<void> {
  try {
    await readPush(hubs, known, push, claim);
  } finally {
    await releaseFeeds(hubs.db, [claim]);
  }
}

/** Does with a body what is done with one that was fetched. */
async function readPush(hubs: Hubs, known: HubSubscription, push: Push, claim: ClaimedFeed): Promise<void> {
  const { db, feeds, absorber, signal, log } = hubs;
  const feed = (await watchedFeeds(db, feeds)).find(({ id, enabled }) => enabled && id === known.feed);
  const state = await findFeedState(db, known.feed);
  if (feed === undefined || state === undefined) return;
  const visit: Visit = { feed, state, claim, fetched: copyOf(known, push) };
  const brought = await readVisit(hubs, visit);
  const { parsed } = brought;
  const hints = parsed?.kind === 'feed' ? parsed.hints : {};
  const { self = hints.self } = hubLinks([push.headers.link].flat().join(','), known.topic);
  if (self !== known.topic) return log.warn({ feed: feed.id }, 'pushed body of another topic ignored');
  await endedVisit(hubs, visit, brought, signal);
  if (!signal.aborted) await absorber.foldPending(db);
}

function copyOf({ topic }: HubSubscription, { body, headers }: Push): Copy {
  const contentType = headers['content-type'];
  return {
    kind: 'new',
    pushed: true,
    partial: true,
    body,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    status: 200,
    finalUrl: topic,
    baseUrl: topic,
    wireBytes: body.length,
    milliseconds: 0,
    ...(contentType === undefined ? {} : { contentType }),
  };
}
