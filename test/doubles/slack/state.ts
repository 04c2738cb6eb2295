import type { WebSocket } from 'ws';
import type { SlackMessage } from './rules.ts';

export const BOT_TOKEN = 'xoxb-good';
export const APP_TOKEN = 'xapp-good';
export const SIGNING_SECRET = 'signed-by-slack';
export const CLIENT = { id: '1.2', secret: 'client-secret' };
/** Public; Tumen is in it. */
export const CHANNEL = 'C0001';
/** Many more that are public and that Tumen is in. */
export const MANY_CHANNELS = /^C1\d{3}$/;
/** Tumen is not in this one. */
export const CLOSED_CHANNEL = 'C0002';
/** Private; of the people, only the administrator is in it. */
export const PRIVATE_CHANNEL = 'C0003';
export const TEAM = 'T0001';
/** A workspace that installs Tumen itself. */
export const OTHER_TEAM = 'T0002';
export const MEMBER = 'U0001';
export const ADMIN = 'U0002';
export const CREATOR = 'U0003';
/** Somebody who sees only the channels that they were invited to. */
export const GUEST = 'U0004';

/** An administrator of another organisation, here in a shared channel. */
export const STRANGER = 'U0005';

/** What goes wrong with the next calls of a method. */
export interface Fault {
  readonly method: string;
  /** How often; once unless said. */
  times?: number;
  /** Calls that go well before. */
  after?: number;
  /**
   * `lost` answers never come although the call was carried out, and `hung` ones neither, while the connection stays open;
   * `dropped` calls are not carried out; a text is one of Slack's error codes.
   */
  readonly how:
    | 'lost'
    | 'hung'
    | 'dropped'
    | { readonly error: string }
    | { readonly status: number; readonly wait?: number };
}

export interface StoredMessage extends SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly team: string;
  readonly thread_ts?: string;
  readonly metadata?: { readonly event_payload?: { readonly key?: string } };
  /** When it was posted, by the clock of the double. */
  readonly at: number;
}

/** An answer sent to the address that came with what somebody did. */
export interface Told extends SlackMessage {
  readonly response_type?: string;
  readonly replace_original?: boolean;
}

/** A view that was opened, replaced, or published as App Home. */
export interface Shown {
  readonly how: 'opened' | 'updated' | 'published';
  readonly trigger_id?: string;
  readonly view: Record<string, unknown>;
}

/** A file that was handed over. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  text: string;
  channel?: string;
}

export class State {
  readonly messages: StoredMessage[] = [];
  readonly told: Told[] = [];
  readonly views: Shown[] = [];
  readonly files: StoredFile[] = [];
  readonly calls: string[] = [];
  readonly violations: string[] = [];
  readonly faults: Fault[] = [];
  readonly sockets: WebSocket[] = [];
  readonly acknowledged = new Map<string, (payload: unknown) => void>();
  /** When each thing that somebody did was sent, by the clock of the double, by its id. */
  readonly sent = new Map<string, number>();
  /** How often each answering address has been used. */
  readonly uses = new Map<string, number>();
  /** The workspace that each token speaks for. */
  readonly tokens = new Map([[BOT_TOKEN, TEAM]]);
  /** Scopes that were not granted. */
  readonly withheld = new Set<string>();
  origin = '';
  /** Where signed requests go; while empty, everything goes over the socket. */
  endpoint = '';
  /** Milliseconds; moved on by whoever waits. */
  now = 0;
  private next = 0;

  ts(): string {
    this.next += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(this.next).padStart(6, '0')}`;
  }

  /** For how long somebody has waited since they did something, in milliseconds. */
  ageOf(id: string): number {
    return this.now - (this.sent.get(id) ?? this.now);
  }

  takeFault(method: string): Fault['how'] | undefined {
    const index = this.faults.findIndex((fault) => fault.method === method);
    const fault = this.faults[index];
    if (fault === undefined) return undefined;
    fault.after = (fault.after ?? 0) - 1;
    if (fault.after >= 0) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(index, 1);
    return fault.how;
  }
}
