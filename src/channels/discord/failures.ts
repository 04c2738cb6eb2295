import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { PostError } from '../../errors.ts';

/**
 * Why nothing can be posted to a channel until somebody mends it, and how, by Discord's error codes
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes).
 */
export const gone: Readonly<Record<number | string, string>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'Discord does not know this channel any more',
  [RESTJSONErrorCodes.UnknownGuild]: 'Tumen is no longer on this server',
  [RESTJSONErrorCodes.MissingAccess]: 'Tumen may not see this channel: give it View Channel there',
  [RESTJSONErrorCodes.MissingPermissions]: 'Tumen may not write in this channel: give it Send Messages there',
  [RESTJSONErrorCodes.ThreadLocked]: 'This thread is locked: unlock it, or choose another channel',
  [RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel]:
    'This forum takes no post without a tag: make a tag that members may use, or stop requiring one',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'This person takes no messages of Tumen',
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: 'This channel takes no messages: choose another',
  [RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType]: 'This channel takes no messages: choose another',
};

/** What passes by itself. */
const passing = new Set<number | string>([
  RESTJSONErrorCodes.ActionCannotBePerformedDueToSlowmodeRateLimit,
  RESTJSONErrorCodes.ChannelSendRateLimit,
  RESTJSONErrorCodes.MaximumActiveThreads,
]);

/** What a revoked token is told by, in every post and by `tumen doctor`. */
export const NO_TOKEN =
  'Discord does not take DISCORD_TOKEN any more: copy it again from the developer portal (Bot, Reset Token)';

/** What Discord's refusal of a post means for us. An error that is none of Discord's is a defect and stays as it is. */
export function postErrorOf(error: unknown): unknown {
  if (error instanceof PostError) return error;
  if (error instanceof RateLimitError) {
    return new PostError('Discord asks to wait', {
      reason: 'busy',
      retryAfterSeconds: waitMsOf(error) / 1000,
      cause: error,
    });
  }
  if (error instanceof DiscordAPIError) return apiError(error);
  if (error instanceof HTTPError) {
    const reason = error.status === 429 ? 'busy' : 'unknown';
    return new PostError(`Discord answered with status ${error.status}`, { reason, cause: error });
  }
  const isConnection = error instanceof Error && (error.name === 'AbortError' || 'code' in error);
  return isConnection ? new PostError('Discord did not answer', { reason: 'unknown', cause: error }) : error;
}

/** How long Discord asks to wait. The library tells it in one of three places, by where the limit holds. */
export function waitMsOf({ timeToReset, retryAfter, sublimitTimeout }: RateLimitError): number {
  return Math.max(timeToReset, retryAfter, sublimitTimeout, 0);
}

/** Whether an error is Discord's answer with this code. */
export function isCode(error: unknown, code: RESTJSONErrorCodes): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}

/** Whether Discord did not take the token: for good, or, as has been seen, for one request. */
export function isUnauthorised(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

function apiError(error: DiscordAPIError): PostError {
  const reason = gone[error.code];
  if (reason !== undefined) return new PostError(reason, { reason: 'gone', cause: error });
  // A token is the operator's to mend, not the channel's: posts wait for it.
  if (error.status === 401) return new PostError(NO_TOKEN, { reason: 'busy', cause: error });
  if (error.status === 429 || passing.has(error.code))
    return new PostError('Discord is busy', { reason: 'busy', cause: error });
  if (error.status >= 500)
    return new PostError('Discord is out of order', { reason: 'unknown', cause: error });
  return new PostError(`Discord refused this message (code ${error.code})`, {
    reason: 'refused',
    cause: error,
  });
}
