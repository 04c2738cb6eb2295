import { webApi } from '@slack/bolt';
import { PostError } from '../../errors.ts';

/** What must be mended before Slack takes posts there (https://docs.slack.dev/reference/methods/chat.postMessage). */
export const gone: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack does not know this channel, or Tumen is not in it: invite it there',
  is_archived: 'This Slack channel is archived',
  not_in_channel: 'Tumen is not in this Slack channel: invite it there',
  restricted_action: 'Who may post in this Slack channel is restricted, and Tumen may not',
  restricted_action_read_only_channel: 'Nobody may post in this Slack channel',
  restricted_action_thread_only_channel: 'Only replies may be posted in this Slack channel',
  restricted_action_non_threadable_channel: 'No replies may be posted in this Slack channel',
  restricted_action_thread_locked: 'This thread on Slack is locked',
  ekm_access_denied: 'The administrators of this Slack workspace do not let Tumen post',
  no_permission: 'Tumen may not post on this Slack workspace: install the app again',
  missing_scope: 'Tumen lacks a scope on Slack: install the app again with those of the guide',
  account_inactive: 'Tumen is no longer installed on this Slack workspace',
  token_revoked: 'Tumen is no longer installed on this Slack workspace',
  team_access_not_granted: 'Tumen may no longer use this Slack workspace',
  app_uninstalled: 'Tumen is no longer installed on this Slack workspace',
};

/** A token that is not taken is the operator's to mend, not the channel's: posts wait for it. */
const tokens = new Set(['token_expired', 'invalid_auth', 'not_authed']);
/** What passes by itself, and was surely not carried out. */
const busy = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded', 'team_added_to_org']);
/** Failures inside Slack, after which the post may be there or not. */
const unclear = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);

/** What a token is told by that Slack does not take. */
export const NO_TOKEN = 'Slack does not take the bot\u2019s token';

/** What Slack's refusal of a post means for us. An error that is none of Slack's is a defect and stays as it is. */
export function postErrorOf(error: unknown): unknown {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const retryAfterSeconds = error.retryAfter;
    return new PostError('Slack asks to wait', { reason: 'busy', retryAfterSeconds, cause: error });
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformError(error);
  if (error instanceof webApi.WebAPIHTTPError) {
    const reason = error.statusCode >= 500 ? 'unknown' : 'refused';
    return new PostError(`Slack answered with status ${error.statusCode}`, { reason, cause: error });
  }
  if (error instanceof webApi.WebAPIRequestError) {
    return new PostError('Slack did not answer', { reason: 'unknown', cause: error });
  }
  return error;
}

/** Whether a failure says that a scope was not granted. */
export function isMissingScope({ cause }: PostError): boolean {
  return cause instanceof webApi.WebAPIPlatformError && cause.data.error === 'missing_scope';
}

/** Whether Slack says that a token is wrong. */
export function isTokenError(error: unknown): boolean {
  const wrong = [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'not_allowed_token_type',
  ];
  return error instanceof webApi.WebAPIPlatformError && wrong.includes(error.data.error);
}

function platformError(error: webApi.WebAPIPlatformError): PostError {
  const code = error.data.error;
  const reason = gone[code];
  if (reason !== undefined) return new PostError(reason, { reason: 'gone', cause: error });
  if (tokens.has(code)) return new PostError(NO_TOKEN, { reason: 'busy', cause: error });
  if (busy.has(code)) return new PostError('Slack is busy', { reason: 'busy', cause: error });
  if (unclear.has(code)) return new PostError('Slack failed', { reason: 'unknown', cause: error });
  return new PostError('Slack refused this message', { reason: 'refused', cause: error });
}
