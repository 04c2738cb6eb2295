import type { WebSocket } from 'ws';
import { type Place, firstPlaces, interactionFields, INVITED, messageFields } from './fields.ts';
import { keptComponents } from './kept.ts';
import type { MessageBody } from './rules.ts';

/** What goes wrong with the next requests that fit. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** How often; once unless said. */
  times?: number;
  /** How many fitting requests pass first. */
  after?: number;
  /**
   * `lost` answers never come although the request was carried out; `dropped` requests are not carried out; `hung` and
   * `stuck` are the same two with a connection that stays open.
   */
  readonly how:
    | 'lost'
    | 'dropped'
    | 'hung'
    | 'stuck'
    | { readonly status: number; readonly body: object | string; readonly headers?: Record<string, string> };
}

export interface StoredMessage extends MessageBody {
  readonly id: string;
  readonly channel_id: string;
}

/** An interaction that Discord waits to be answered. */
interface Pending {
  readonly token: string;
  readonly type: number;
  /** Whether the app is installed for this person alone; Discord then takes five follow-ups. */
  readonly isUserInstalled: boolean;
  original?: string;
  acknowledged: boolean;
  acknowledgedAfterMs?: number;
  followUps: number;
  readonly began: number;
}

/** "The past few minutes", by the documentation. */
const NONCE_MS = 2 * 60_000;

/** All that the stand-in remembers. */
export class State {
  gatewayUrl = '';
  token = '';
  shards = 1;
  /** Whether the gateway refuses to go on with an earlier session. */
  refusesResume = false;
  identifies = 0;
  resumes = 0;
  /** What the bot may do on the server. */
  permissions = INVITED;
  readonly places = new Map<string, Place>();
  readonly messages = new Map<string, StoredMessage>();
  /** Which message has a nonce, and since when. */
  readonly nonces = new Map<string, { readonly id: string; readonly at: number }>();
  readonly crossposts: string[] = [];
  readonly commands: { list: Record<string, unknown>[]; registrations: number } = {
    list: [],
    registrations: 0,
  };
  readonly callbacks: Record<string, unknown>[] = [];
  readonly violations: string[] = [];
  readonly faults: Fault[] = [];
  readonly pending = new Map<string, Pending>();
  readonly answered = new Map<string, (message: StoredMessage | undefined) => void>();
  readonly clock: () => Date;
  socket: WebSocket | undefined;
  sequence = 0;
  readonly sent: { s: number; packet: string }[] = [];
  private next = 0n;

  constructor(clock: () => Date) {
    this.clock = clock;
    for (const place of firstPlaces(clock())) this.places.set(place.id, place);
  }

  /** The message that was sent with a nonce during the last minutes; beyond them Discord has forgotten it. */
  sentWith(nonce: string): StoredMessage | undefined {
    const known = this.nonces.get(nonce);
    const isFresh = known !== undefined && this.clock().getTime() - known.at < NONCE_MS;
    return isFresh ? this.messages.get(known.id) : undefined;
  }

  id(): string {
    this.next += 1n;
    return String((BigInt(this.clock().getTime() - 1_420_070_400_000) << 22n) + this.next);
  }

  emit(name: string, data: unknown): void {
    this.sequence += 1;
    const packet = JSON.stringify({ op: 0, t: name, s: this.sequence, d: data });
    this.sent.push({ s: this.sequence, packet });
    this.socket?.send(packet);
  }

  store(channel: string, body: MessageBody, id = this.id()): StoredMessage {
    const stored = {
      ...messageFields(this.clock()),
      ...keptComponents(body),
      id,
      channel_id: channel,
      flags: body.flags ?? 0,
    };
    this.messages.set(stored.id, stored);
    return stored;
  }

  interact(type: number, data: object, extra: object): Promise<StoredMessage | undefined> {
    const id = this.id();
    const token = `interaction-${id}`;
    const whole = { ...interactionFields(), id, token, type, data, ...extra };
    const isUserInstalled = !('0' in (whole.authorizing_integration_owners ?? {}));
    const began = this.clock().getTime();
    this.pending.set(id, { token, type, isUserInstalled, acknowledged: false, followUps: 0, began });
    const { promise, resolve } = Promise.withResolvers<StoredMessage | undefined>();
    this.answered.set(token, resolve);
    this.emit('INTERACTION_CREATE', whole);
    return promise;
  }
}
