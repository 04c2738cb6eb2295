import type { WebSocket } from 'ws';
import { APPLICATION, botUser, GUILD, guildFields } from './fields.ts';
import type { State } from './state.ts';

/** Only the Guilds intent is wanted: none that Discord must approve. */
const GUILDS = 1;
const HEARTBEAT_MS = 41_250;

interface Said {
  readonly op: number;
  readonly d: {
    readonly token?: string;
    readonly seq?: number;
    readonly intents?: number;
    readonly shard?: readonly [number, number];
  };
}

/** Speaks with one connection of the bot as Discord's gateway does. */
export function attend(state: State, socket: WebSocket): void {
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT_MS } }));
  socket.on('message', (raw) => {
    const { op, d } = JSON.parse((raw as Buffer).toString()) as Said;
    if (op === 1) socket.send(JSON.stringify({ op: 11 }));
    if (op === 2) identify(state, socket, d);
    if (op === 6) resume(state, socket, d.seq ?? 0);
  });
}

function identify(state: State, socket: WebSocket, { token, intents, shard = [0, 1] }: Said['d']): void {
  state.identifies += 1;
  if (token !== state.token) return socket.close(4004, 'Authentication failed.');
  if (intents !== GUILDS) state.violations.push(`intents ${String(intents)}: only Guilds is wanted`);
  const [number, count] = shard;
  const isOurs = BigInt(number) === (BigInt(GUILD) >> 22n) % BigInt(count);
  state.socket = isOurs ? socket : state.socket;
  const ready = {
    v: 10,
    user: { ...botUser, mfa_enabled: true, locale: 'en-US' },
    guilds: isOurs ? [{ id: GUILD, unavailable: true }] : [],
    session_id: `session-${number}`,
    resume_gateway_url: state.gatewayUrl,
    shard,
    application: { id: APPLICATION, flags: 0 },
  };
  if (!isOurs) return socket.send(JSON.stringify({ op: 0, t: 'READY', s: 1, d: ready }));
  state.emit('READY', ready);
  state.emit('GUILD_CREATE', guildFields([...state.places.values()], state.permissions));
  return undefined;
}

function resume(state: State, socket: WebSocket, sequence: number): void {
  if (state.refusesResume) return socket.send(JSON.stringify({ op: 9, d: false }));
  state.resumes += 1;
  state.socket = socket;
  for (const { s, packet } of state.sent) if (s > sequence) socket.send(packet);
  state.emit('RESUMED', {});
  return undefined;
}
