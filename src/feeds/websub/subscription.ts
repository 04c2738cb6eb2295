import type { FeedHints } from '../../feed-state.ts';

/** One feed's subscription at a hub. Kept from one start to the next. */
export interface HubSubscription {
  readonly feed: string;
  readonly hub: string;
  /** The address by which the hub knows the feed. */
  readonly topic: string;
  /** What the hub signs bodies with. */
  readonly secret: string;
  /** The part of the callback's address that nobody can guess. */
  readonly token: string;
  /** When the hub is to be asked again. */
  readonly nextAsk: Date;
  /** Times it was asked since it last agreed. */
  readonly asked: number;
  /** Until when bodies are taken from it; absent as long as it has not agreed. */
  readonly until?: Date;
}

/** How long a subscription is asked for, in seconds: ten days. */
export const LEASE_SECONDS = 864_000;
/** No lease is believed to be longer: 90 days. */
const LONGEST_LEASE_SECONDS = 7_776_000;
const RENEWED_AT = 0.8;
const MINUTE_MS = 60_000;
const FIRST_WAIT_MS = 60 * MINUTE_MS;
const LONGEST_WAIT_MS = 24 * FIRST_WAIT_MS;

/** Which hub to ask for what; `undefined` for a feed that names no hub, or one without TLS: the secret would be seen. */
export function wishOf(hints: FeedHints | undefined): { hub: string; topic: string } | undefined {
  const { hub, self: topic } = hints ?? {};
  const isUsable = URL.parse(hub ?? '')?.protocol === 'https:' && URL.canParse(topic ?? '');
  return isUsable && hub !== undefined && topic !== undefined ? { hub, topic } : undefined;
}

/** Tells whether a hub is to be asked now: for the first time, once more, or because most of the lease is over. */
export function isToAsk(
  known: HubSubscription | undefined,
  wish: Pick<HubSubscription, 'hub' | 'topic'>,
  now: Date,
): boolean {
  return known?.hub !== wish.hub || known.topic !== wish.topic || known.nextAsk <= now;
}

/**
 * The subscription once a hub is being asked. Asked again in vain, it is asked an hour later, then ever less often.
 *
 * @param fresh - secrets for a subscription at another hub than before, or for another topic
 */
export function asking(
  known: HubSubscription | undefined,
  fresh: Pick<HubSubscription, 'feed' | 'hub' | 'topic' | 'secret' | 'token'>,
  now: Date,
): HubSubscription {
  const isSame = known?.hub === fresh.hub && known.topic === fresh.topic;
  const before = isSame ? known : { ...fresh, asked: 0 };
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** before.asked, LONGEST_WAIT_MS);
  return { ...before, asked: before.asked + 1, nextAsk: after(now, waitMs) };
}

/** What a hub asks back before it agrees, or says instead of agreeing. */
export interface Question {
  readonly mode: string | null;
  readonly topic: string | null;
  readonly challenge: string | null;
  readonly leaseSeconds: number | undefined;
}

/**
 * The subscription after a hub asked whether we meant it.
 *
 * @returns `undefined` for what we never asked for
 */
export function confirmed(
  known: HubSubscription,
  { mode, topic, challenge, leaseSeconds = LEASE_SECONDS }: Question,
  now: Date,
): HubSubscription | undefined {
  if (mode !== 'subscribe' || topic !== known.topic || challenge === null) return undefined;
  const leaseMs = Math.min(leaseSeconds, LONGEST_LEASE_SECONDS) * 1000;
  const nextAsk = after(now, Math.max(MINUTE_MS, leaseMs * RENEWED_AT));
  return { ...known, asked: 0, until: after(now, leaseMs), nextAsk };
}

/** The subscription after its hub said no, or that it is over; `undefined` when it said something else. */
export function denied(
  known: HubSubscription,
  { mode, topic }: Question,
  now: Date,
): HubSubscription | undefined {
  if (mode !== 'denied' || topic !== known.topic) return undefined;
  const { until: _until, ...rest } = known;
  return { ...rest, nextAsk: after(now, LONGEST_WAIT_MS) };
}

function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
