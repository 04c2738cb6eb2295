import type { WebSocket } from 'ws';
import { interactionFields, messageFields } from './fields.ts';
import type { MessageBody } from './rules.ts';

/** What goes wrong with the next requests that fit. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** How often; once unless said. */
  times?: number;
  /** `lost` answers never come although the request was carried out; `dropped` requests are not carried out. */
  readonly how:
    | 'lost'
    | 'dropped'
    | { readonly status: number; readonly body: object; readonly headers?: Record<string, string> };
}

export interface StoredMessage extends MessageBody {
  readonly id: string;
  readonly channel_id: string;
}

interface Pending {
  readonly token: string;
  readonly type: number;
  original?: string;
  acknowledged: boolean;
  readonly began: number;
}

export class State {
  gatewayUrl = '';
  readonly messages = new Map<string, StoredMessage>();
  readonly nonces = new Map<string, string>();
  readonly commands: { list: Record<string, unknown>[]; registrations: number } = {
    list: [],
    registrations: 0,
  };
  readonly callbacks: Record<string, unknown>[] = [];
  readonly violations: string[] = [];
  readonly faults: Fault[] = [];
  readonly pending = new Map<string, Pending>();
  readonly answered = new Map<string, (message: StoredMessage | undefined) => void>();
  socket: WebSocket | undefined;
  sequence = 0;
  readonly sent: { s: number; packet: string }[] = [];
  private next = 0n;

  id(): string {
    this.next += 1n;
    return String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + this.next);
  }

  emit(name: string, data: unknown): void {
    this.sequence += 1;
    const packet = JSON.stringify({ op: 0, t: name, s: this.sequence, d: data });
    this.sent.push({ s: this.sequence, packet });
    this.socket?.send(packet);
  }

  store(channel: string, body: MessageBody): StoredMessage {
    const stored = {
      ...body,
      id: this.id(),
      channel_id: channel,
      ...messageFields(),
      flags: body.flags ?? 0,
    };
    this.messages.set(stored.id, stored);
    return stored;
  }

  interact(type: number, data: object, extra: object): Promise<StoredMessage | undefined> {
    const id = this.id();
    const token = `interaction-${id}`;
    this.pending.set(id, { token, type, acknowledged: false, began: Date.now() });
    const { promise, resolve } = Promise.withResolvers<StoredMessage | undefined>();
    this.answered.set(token, resolve);
    this.emit('INTERACTION_CREATE', { ...interactionFields(), id, token, type, data, ...extra });
    return promise;
  }
}
