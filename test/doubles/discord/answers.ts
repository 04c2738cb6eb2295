import { TEXT_CHANNEL } from './fields.ts';
import type { Reply } from './routes.ts';
import { keptComponents } from './kept.ts';
import type { MessageBody } from './rules.ts';
import type { State } from './state.ts';

/** Discord waits so long for an acknowledgement, and takes answers so long. */
const ACKNOWLEDGE_MS = 3000;
const TOKEN_MS = 15 * 60_000;
/** Follow-ups to somebody who installed the app for themselves alone. */
const MOST_FOLLOW_UPS = 5;
const expired: Reply = [401, { code: 50_027, message: 'Invalid Webhook Token' }];

export function acknowledge(
  state: State,
  [id = '']: string[],
  body: MessageBody & { type?: number; data?: MessageBody },
): Reply {
  const pending = state.pending.get(id);
  const waited = state.clock().getTime() - (pending?.began ?? 0);
  if (pending === undefined || waited > ACKNOWLEDGE_MS)
    return [404, { code: 10_062, message: 'Unknown interaction' }];
  if (pending.acknowledged)
    return [400, { code: 40_060, message: 'Interaction has already been acknowledged.' }];
  pending.acknowledged = true;
  pending.acknowledgedAfterMs = waited;
  state.callbacks.push(body as Record<string, unknown>);
  if (body.type === 4 || body.type === 5) pending.original = state.store(TEXT_CHANNEL, body.data ?? {}).id;
  if (body.type === 8 || body.type === 9) state.answered.get(pending.token)?.(undefined);
  return [204];
}

export function editOriginal(state: State, [token = '']: string[], body: MessageBody): Reply {
  const pending = pendingOf(state, token);
  if (pending === undefined) return expired;
  const original = state.messages.get(pending.original ?? '') ?? state.store(TEXT_CHANNEL, {});
  const edited = { ...original, ...keptComponents(body) };
  state.messages.set(edited.id, edited);
  state.answered.get(token)?.(edited);
  return [200, edited];
}

export function followUp(state: State, [token = '']: string[], body: MessageBody): Reply {
  const pending = pendingOf(state, token);
  if (pending === undefined) return expired;
  pending.followUps += 1;
  if (pending.isUserInstalled && pending.followUps > MOST_FOLLOW_UPS)
    return [400, { code: 40_094, message: 'Follow-up messages limit reached' }];
  return [200, state.store(TEXT_CHANNEL, body)];
}

function pendingOf(state: State, token: string) {
  const pending = [...state.pending.values()].find((known) => known.token === token);
  const isValid = pending !== undefined && state.clock().getTime() - pending.began <= TOKEN_MS;
  return isValid ? pending : undefined;
}
