/** What Slack lets an app do, and what Tumen does with it (https://docs.slack.dev/reference/scopes). */
export const scopes = [
  'commands',
  'chat:write',
  'chat:write.public',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'files:write',
  'im:write',
] as const;

/** Without these nothing can be answered or posted; without one of the others Tumen does less. */
const needed: readonly string[] = ['commands', 'chat:write'];

/** The scopes that a token lacks: those without which it is of no use, and the others. */
export function missingScopes(granted: readonly string[]): { needed: string[]; useful: string[] } {
  const missing = scopes.filter((scope) => !granted.includes(scope));
  return {
    needed: missing.filter((scope) => needed.includes(scope)),
    useful: missing.filter((scope) => !needed.includes(scope)),
  };
}
