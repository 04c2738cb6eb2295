import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { PostError } from '../../errors.ts';

/** What is no longer there (Discord's error codes; https://discord.com/developers/docs/topics/opcodes-and-status-codes). */
const gone = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
]);

const reasons: Readonly<Record<number | string, string>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'Discord does not know this channel any more',
  [RESTJSONErrorCodes.UnknownGuild]: 'Tumen is no longer on this server',
  [RESTJSONErrorCodes.MissingAccess]: 'Tumen may not see this channel: give it View Channel there',
  [RESTJSONErrorCodes.MissingPermissions]: 'Tumen may not write in this channel: give it Send Messages there',
};

/** What Discord's refusal of a post means for us. An error that is none of Discord's is a defect and stays as it is. */
export function postErrorOf(error: unknown): unknown {
  if (error instanceof RateLimitError) {
    return new PostError('Discord asks to wait', {
      reason: 'busy',
      retryAfterSeconds: error.timeToReset / 1000,
      cause: error,
    });
  }
  if (error instanceof DiscordAPIError) return apiError(error);
  if (error instanceof HTTPError) {
    return new PostError(`Discord answered with status ${error.status}`, { reason: 'unknown', cause: error });
  }
  const isConnection = error instanceof Error && (error.name === 'AbortError' || 'code' in error);
  return isConnection ? new PostError('Discord did not answer', { reason: 'unknown', cause: error }) : error;
}

function apiError(error: DiscordAPIError): PostError {
  if (gone.has(error.code)) {
    return new PostError(reasons[error.code] ?? 'Tumen cannot write in this channel', {
      reason: 'gone',
      cause: error,
    });
  }
  if (error.status === 401)
    return new PostError('Discord does not take the bot\u2019s token', { reason: 'gone', cause: error });
  if (error.status === 429 || error.status >= 500)
    return new PostError('Discord is busy', { reason: 'busy', cause: error });
  return new PostError('Discord refused this message', { reason: 'refused', cause: error });
}
