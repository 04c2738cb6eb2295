import { createHash } from 'node:crypto';
import { type REST, Routes, type RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';

type Body = RESTPostAPIApplicationCommandsJSONBody;

/** What Discord says of a command besides what we told it. */
const theirs = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'name_localized',
  'description_localized',
]);
/** What Discord fills in where we say nothing. */
const defaults: Readonly<Record<string, unknown>> = {
  nsfw: false,
  dm_permission: true,
  required: false,
  autocomplete: false,
  description: '',
};

/** Where commands are offered: everywhere, or in one server, where they change at once. */
export interface Offer {
  readonly application: string;
  readonly guild?: string | undefined;
}

/**
 * Offers commands. Discord allows 200 new ones a day, so nothing is sent when it has the same already.
 *
 * @returns the ids by name that Discord gave them
 */
export async function offerCommands(
  rest: REST,
  commands: readonly Body[],
  offer: Offer,
): Promise<ReadonlyMap<string, string>> {
  const known = await offeredCommands(rest, offer);
  const offered = hasSame(known, commands)
    ? known
    : ((await rest.put(routeOf(offer), { body: commands })) as readonly OfferedCommand[]);
  return new Map(offered.map(({ name, id }) => [name, id]));
}

type OfferedCommand = Body & { readonly id: string };

/** The commands that Discord has of us. */
export async function offeredCommands(rest: REST, offer: Offer): Promise<readonly OfferedCommand[]> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  return (await rest.get(routeOf(offer), { query })) as readonly OfferedCommand[];
}

/** Whether Discord has these very commands. */
export function hasSame(known: readonly Body[], wanted: readonly Body[]): boolean {
  return hashOf(known) === hashOf(wanted);
}

function routeOf({ application, guild }: Offer) {
  return guild === undefined
    ? Routes.applicationCommands(application)
    : Routes.applicationGuildCommands(application, guild);
}

function hashOf(commands: readonly Body[]): string {
  const ordered = commands.toSorted((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify(ordered.map(plain)))
    .digest('hex');
}

/** A command, or a part of one, with its fields in order and without what need not be said. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value)
    .filter(([name, field]) => !theirs.has(name) && !isUnsaid(name, field))
    .map(([name, field]) => [name, plain(field)] as const);
  return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isUnsaid(name: string, field: unknown): boolean {
  if (field === null || field === undefined || defaults[name] === field) return true;
  return typeof field === 'object' && Object.keys(field).length === 0;
}
