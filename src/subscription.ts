import type { Direction, Period, Status } from './model.ts';

/** A place on a platform that can be written to. */
export interface Channel {
  readonly platform: 'terminal' | 'discord' | 'slack';
  /** The platform's own name for it; in a workspace other than that of the settings, that workspace and a slash stand before. */
  readonly address: string;
}

/** The channel of a name in the same workspace as another: nobody reaches into a workspace from outside. */
export function neighbourOf({ platform, address }: Channel, name: string): Channel {
  const workspace = address.slice(0, address.lastIndexOf('/') + 1);
  return { platform, address: workspace + name.slice(name.lastIndexOf('/') + 1) };
}

export const modes = ['digest', 'instant', 'both'] as const;
export const schedules = ['hourly', 'daily', 'weekdays', 'weekly'] as const;

/** What a channel wishes beyond one digest a day of everything. What is absent keeps its default. */
export interface Wishes {
  /** `daily` unless said; `weekdays` is Monday to Friday. */
  readonly schedule?: (typeof schedules)[number];
  /** Further wall-clock times of the same days, `17:30`. */
  readonly alsoAt?: readonly string[];
  /** Day of a weekly digest: 1 is Monday, which is the default, 7 is Sunday. */
  readonly weekday?: number;
  /** `digest` unless said; `instant` posts single events of weight as they come in. */
  readonly mode?: (typeof modes)[number];
  /** Only events of these kinds. */
  readonly kinds?: readonly string[];
  readonly direction?: Direction;
  /** Leaves out events that are not yet known this well: `corroborated` leaves out `claimed`. */
  readonly leastStatus?: Extract<Status, 'claimed' | 'corroborated' | 'confirmed'>;
  /** Whether a period without news is said in one line, which is the default, or passed over. */
  readonly empty?: 'say' | 'skip';
  /** Wall-clock times between which nothing is posted; a span over midnight is allowed. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** The platform's name of a thread to post into. */
  readonly thread?: string;
  /** The platform's name of a role or group to call. */
  readonly mention?: string;
}

/** The wish of a channel for a topic's digests. */
export interface Subscription {
  readonly id: string;
  readonly channel: Channel;
  readonly topic: string;
  /** Wall-clock time of day, `08:00`. */
  readonly time: string;
  /** IANA zone of that wall clock. */
  readonly zone: string;
  readonly language: string;
  readonly created: Date;
  /** Why nothing is posted for now; absent while it is active. */
  readonly paused?: string;
  readonly wishes?: Wishes;
}

/** One post for one subscription: at most one per subscription, period and slot. */
export interface Delivery {
  readonly subscription: string;
  /** `alert` for an event that is told at once; a digest unless said. */
  readonly kind?: 'alert';
  /** First and last day of the period, which with the subscription and slot name the delivery. */
  readonly period: Period;
  /** Tells apart the deliveries of one period, such as those of 08:00 and 17:30; absent where there is only one. */
  readonly slot?: string;
  /** The slot of the alert whose post it continues; absent for what is a post of its own. */
  readonly root?: string;
  /** Counts the digests of a subscription from 1; absent until one is about to be sent. */
  readonly number?: number;
  /** Names what a digest was made from, in the store; absent until then too. */
  readonly issue?: string;
  readonly state: 'due' | 'sending' | 'posted' | 'failed';
  readonly attempts: number;
  readonly reason?: string;
  /** Since when its channel has been said to be gone, at each attempt; absent where the last one ended otherwise. */
  readonly goneSince?: Date;
  /** The platform's name for the posted message. */
  readonly message?: string;
}
