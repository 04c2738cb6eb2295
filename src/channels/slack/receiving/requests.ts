import type { IncomingMessage } from 'node:http';
import { HTTPModuleFunctions, isValidSlackRequest } from '@slack/bolt';
import { answer, type Route } from './web-server.ts';

export interface RequestOptions {
  readonly signingSecret: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Takes what Slack has surely sent, once. */
  readonly accept: Route;
  /** Told when requests come that another secret has signed. */
  readonly onWarning: (what: string, error: unknown) => void;
}

/** Slack's own are far smaller. */
const LARGEST_BODY_BYTES = 1024 * 1024;
/** How far Slack's clock and ours may lie apart (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
const MOST_APART_MS = 5 * 60_000;

/**
 * Lets through what Slack has sent: signed with the app's secret, lately, and for the first time.
 */
export function checkRequests({ signingSecret, clock, accept, onWarning }: RequestOptions): Route {
  const seen = new Map<string, number>();
  let hasWarned = false;

  function isNew(signature: string): boolean {
    for (const [old, until] of seen) {
      if (until > clock()) break;
      seen.delete(old);
    }
    if (seen.has(signature)) return false;
    seen.set(signature, clock() + 2 * MOST_APART_MS);
    return true;
  }

  function isSigned(request: IncomingMessage, body: string): boolean {
    const { 'x-slack-signature': signature = '', 'x-slack-request-timestamp': stamp } = request.headers;
    const sentAt = Number(stamp) * 1000;
    if (!(Math.abs(clock() - sentAt) <= MOST_APART_MS)) return false;
    const headers = { 'x-slack-signature': String(signature), 'x-slack-request-timestamp': Number(stamp) };
    const isValid = isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: clock() });
    if (!isValid && !hasWarned) onWarning('slack request refused', new Error(WRONG_SECRET));
    hasWarned = !isValid;
    return isValid && isNew(String(signature));
  }

  return async (request, response) => {
    const body = await bodyOf(request);
    if (body === undefined) return answer(response, 413);
    const text = body.toString();
    if (!isSigned(request, text)) return answer(response, 401);
    if (!isReadable(request.headers['content-type'], text)) return answer(response, 400);
    return accept(request, response);
  };
}

const WRONG_SECRET =
  'A request was signed with another secret than SLACK_SIGNING_SECRET: copy it again from Basic Information, App Credentials';

/** Reads a body and leaves it with the request, where the library looks for it; `undefined` when it is too large or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, LARGEST_BODY_BYTES);
    return rawBody;
  } catch {
    return undefined;
  }
}

/** Whether a body is a form, or an object in JSON: the library would fall over others. */
function isReadable(type: string | undefined, body: string): boolean {
  const json = type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body).get('payload') : body;
  if (json === null) return true;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
