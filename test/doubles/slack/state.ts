import type { WebSocket } from 'ws';
import type { SlackMessage } from './rules.ts';

export const BOT_TOKEN = 'xoxb-good';
export const APP_TOKEN = 'xapp-good';
export const CHANNEL = 'C0001';
/** Tumen is not in this one. */
export const CLOSED_CHANNEL = 'C0002';
export const TEAM = 'T0001';
export const MEMBER = 'U0001';
export const ADMIN = 'U0002';
export const CREATOR = 'U0003';

/** What goes wrong with the next calls of a method. */
export interface Fault {
  readonly method: string;
  /** How often; once unless said. */
  times?: number;
  /** Calls that go well before. */
  after?: number;
  /**
   * `lost` answers never come although the call was carried out; `dropped` calls are not carried out; a text is one of
   * Slack's error codes.
   */
  readonly how:
    'lost' | 'dropped' | { readonly error: string } | { readonly status: number; readonly wait?: number };
}

export interface StoredMessage extends SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts?: string;
  readonly metadata?: unknown;
}

/** An answer sent to the address that came with what somebody did. */
export interface Told extends SlackMessage {
  readonly response_type?: string;
  readonly replace_original?: boolean;
}

export class State {
  readonly messages: StoredMessage[] = [];
  readonly told: Told[] = [];
  readonly views: { trigger_id: string; view: Record<string, unknown> }[] = [];
  readonly calls: string[] = [];
  readonly violations: string[] = [];
  readonly faults: Fault[] = [];
  readonly sockets: WebSocket[] = [];
  readonly acknowledged = new Map<string, (payload: unknown) => void>();
  /** How often each answering address has been used. */
  readonly uses = new Map<string, number>();
  origin = '';
  private next = 0;

  ts(): string {
    this.next += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(this.next).padStart(6, '0')}`;
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
