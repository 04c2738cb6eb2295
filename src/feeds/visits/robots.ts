import type { Clock } from '../../time.ts';
import type { PoliteQueue } from '../due.ts';
import type { GuardedFetch } from '../http.ts';

/** One line of robots.txt that concerns us: paths that match `pattern` may or may not be fetched. */
export interface RobotsRule {
  readonly allow: boolean;
  /** As written: a beginning of paths, with `*` for anything and `$` for the end. */
  readonly pattern: string;
}

/** What it takes to ask sites for their rules; the queue is shared with all else that is asked for. */
export interface RobotsWays {
  readonly fetch: GuardedFetch;
  readonly queue: PoliteQueue;
}

/** Tells whether a page may be fetched. */
export type RobotsCheck = (address: string) => Promise<boolean>;

const ACCEPTED_BYTES = 512 * 1024;
const KEPT_MS = 24 * 3_600_000;
/** A site whose rules cannot be had now is asked again after this long, and nothing else is asked of it meanwhile. */
const KEPT_UNREACHED_MS = 3_600_000;
const MOST_RULES = 2000;
const MOST_SITES = 1000;

/**
 * Makes the check that is asked before a page of a site is fetched. Each site's robots.txt is fetched once a day.
 *
 * As RFC 9309 has it: a site without the file (4xx) allows everything; one whose file cannot be had (5xx, no answer)
 * allows nothing for now.
 *
 * @param agent - the name by which robots.txt would call us: `Tumen`
 */
export function makeRobotsCheck(agent: string, { fetch, queue }: RobotsWays, clock: Clock): RobotsCheck {
  const sites = new Map<string, { readonly rules: Promise<RobotsAnswer>; readonly at: number }>();

  const rulesOf = async (origin: string): Promise<readonly RobotsRule[]> => {
    const known = sites.get(origin);
    const age = clock().getTime() - (known?.at ?? 0);
    if (known !== undefined && age < KEPT_UNREACHED_MS) return (await known.rules).rules;
    if (known !== undefined && age < KEPT_MS && (await known.rules).reached) return (await known.rules).rules;
    const rules = queue.add(origin, () => fetchRules(origin, agent, fetch));
    const [oldest] = sites.keys();
    if (sites.size >= MOST_SITES && oldest !== undefined) sites.delete(oldest);
    sites.set(origin, { rules, at: clock().getTime() });
    return (await rules).rules;
  };

  return async (address) => {
    const url = URL.parse(address);
    return url !== null && isAllowed(await rulesOf(url.origin), url.pathname + url.search);
  };
}

interface RobotsAnswer {
  readonly reached: boolean;
  readonly rules: readonly RobotsRule[];
}

const NOTHING: RobotsAnswer = { reached: false, rules: [{ allow: false, pattern: '/' }] };

async function fetchRules(origin: string, agent: string, fetch: GuardedFetch): Promise<RobotsAnswer> {
  const limits = { bytes: ACCEPTED_BYTES, compressedBytes: ACCEPTED_BYTES };
  const answer = await fetch(`${origin}/robots.txt`, { limits });
  if (answer.kind === 'none' || answer.status >= 500 || answer.status === 429) return NOTHING;
  if (answer.status >= 300) return { reached: true, rules: [] };
  return { reached: true, rules: readRobots(Buffer.from(answer.bytes).toString('utf8'), agent) };
}

/** Reads the rules that concern us: those of all groups that name us, else those of the groups for everybody. */
export function readRobots(text: string, agent: string): RobotsRule[] {
  const groups: Group[] = [];
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const [name, value = ''] = splitLine(line);
    const last = groups.at(-1);
    if (name === 'user-agent') {
      if (last === undefined || last.hasRules)
        groups.push({ agents: [tokenOf(value)], rules: [], hasRules: false });
      else last.agents.push(tokenOf(value));
    } else if (last !== undefined && (name === 'allow' || name === 'disallow')) {
      last.hasRules = true;
      // An empty line forbids nothing.
      if (value !== '') last.rules.push({ allow: name === 'allow', pattern: value });
    }
  }
  const own = groups.filter(({ agents }) => agents.includes(tokenOf(agent)));
  const ours = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  return ours.flatMap(({ rules }) => rules).slice(0, MOST_RULES);
}

interface Group {
  readonly agents: string[];
  readonly rules: RobotsRule[];
  hasRules: boolean;
}

/** The name without a version, in lower case. */
function tokenOf(agent: string): string {
  return (agent.split('/', 1)[0] ?? '').toLowerCase();
}

function splitLine(line: string): [string, string] | [] {
  const content = line.split('#', 1)[0] ?? '';
  const colon = content.indexOf(':');
  if (colon === -1) return [];
  return [content.slice(0, colon).trim().toLowerCase(), content.slice(colon + 1).trim()];
}

/**
 * Tells whether rules allow a path: the rule with the longest pattern that matches decides, `allow` among equals;
 * what no rule matches is allowed.
 *
 * @param path - with its query, percent-encoded
 */
export function isAllowed(rules: readonly RobotsRule[], path: string): boolean {
  const matching = rules.filter(({ pattern }) => matches(pattern, path));
  const longest = Math.max(0, ...matching.map(({ pattern }) => pattern.length));
  const deciding = matching.filter(({ pattern }) => pattern.length === longest);
  return deciding.length === 0 || deciding.some(({ allow }) => allow);
}

/** Finds the parts between the stars one after the other, each as early as it can: linear, whatever the pattern. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...rest] = encoded(isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (isWhole && index === rest.length - 1) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return !isWhole || at === path.length;
}

/** Patterns may be written in any letters; paths come percent-encoded. */
function encoded(pattern: string): string {
  return pattern.replace(/[^ -~]+/g, (letters) => encodeURIComponent(letters));
}
