const V2_FLAG = 1 << 15;

interface Component {
  readonly type: number;
  readonly content?: string;
  readonly custom_id?: string;
  readonly url?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
}

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly url?: string;
  readonly footer?: { readonly text: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export interface MessageBody {
  readonly content?: string;
  readonly flags?: number;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly Component[];
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean;
  readonly attachments?: readonly unknown[];
  readonly allowed_mentions?: { readonly parse?: readonly string[] };
}

const messageKeys = new Set(
  'content embeds components flags nonce enforce_nonce attachments allowed_mentions tts sticker_ids message_reference poll'.split(
    ' ',
  ),
);

/** What Discord refuses although its description does not say so (the official documentation, and threads about it). */
export function brokenRules(body: MessageBody): string[] {
  const all = flat(body.components ?? []);
  const text = all.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  const embeds = body.embeds ?? [];
  const content = body.content ?? '';
  const isV2 = ((body.flags ?? 0) & V2_FLAG) !== 0;
  const stray = Object.keys(body).filter((key) => !messageKeys.has(key));
  const rules: [boolean, string][] = [
    [isV2 && (content !== '' || embeds.length > 0), 'V2 with content or embeds'],
    [!isV2 && all.some(({ type }) => type >= 9 && type !== 18), 'V2 component without the flag'],
    [!isV2 && (body.components?.length ?? 0) > 5, 'more than five rows'],
    [all.length > 40, `${all.length} components`],
    [text > 4000, `${text} characters of text`],
    [content.length > 2000, `${content.length} characters of content`],
    [all.length + embeds.length === 0 && content === '', 'empty message'],
    [new Set(ids).size !== ids.length, 'one custom_id twice'],
    [body.allowed_mentions?.parse?.length !== 0, 'mentions are not switched off'],
    [all.some(({ type, content: shown }) => type === 10 && (shown ?? '').trim() === ''), 'blank text'],
    [stray.length > 0, `unknown keys ${stray.join(', ')}`],
    ...embedRules(embeds),
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, rule]) => rule);
}

function embedRules(embeds: readonly Embed[]): [boolean, string][] {
  const texts = embeds.flatMap(({ title, description, footer, fields = [] }) => [
    title,
    description,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  const length = texts.reduce((sum, text) => sum + (text?.trim().length ?? 0), 0);
  const urls = embeds.flatMap(({ url }) => url ?? []);
  return [
    [length > 6000, `embeds of ${length} characters`],
    [texts.some((text) => text?.trim() === ''), 'blank text in an embed'],
    [new Set(urls).size !== urls.length, 'two embeds with one address'],
  ];
}

/** A command, a subcommand or an option as it is registered. */
interface Offered {
  readonly type?: number;
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string }[];
  readonly options?: readonly Offered[];
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
}

/** Names that people type (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming). */
const TYPED_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = new Set(
  'id en-US en-GB bg zh-CN zh-TW hr cs da nl fi fr de el hi hu it ja ko lt no pl pt-BR ro ru es-ES es-419 sv-SE th tr uk vi'.split(
    ' ',
  ),
);
const SLASH = 1;

/** What Discord refuses of a set of commands beyond its description. */
export function brokenCommandRules(commands: readonly Offered[]): string[] {
  const slash = commands.filter(({ type = SLASH }) => type === SLASH);
  return [
    ...clashes(
      '',
      commands.filter((command) => !slash.includes(command)),
    ),
    ...clashes('', slash),
    ...commands.flatMap((command) => nameFaults(command, slash.includes(command))),
    ...slash.flatMap(optionFaults),
  ];
}

function optionFaults(command: Offered): string[] {
  const { options = [], name } = command;
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const stray = options.filter(
    ({ required }, index) => required === true && firstOptional !== -1 && index > firstOptional,
  );
  return [
    ...clashes(name, options),
    ...stray.map((option) => `${name}: ${option.name} is required after an optional one`),
    ...options
      .filter(({ autocomplete, choices = [] }) => autocomplete === true && choices.length > 0)
      .map((option) => `${name}: ${option.name} has choices and completions`),
    ...options.flatMap((option) => [...nameFaults(option, true), ...optionFaults(option)]),
  ];
}

function nameFaults(
  { name, description, name_localizations, description_localizations }: Offered,
  isTyped: boolean,
): string[] {
  const names = [name, ...Object.values(name_localizations ?? {})];
  const described = Object.values(description_localizations ?? {});
  const known = [...Object.keys(name_localizations ?? {}), ...Object.keys(description_localizations ?? {})];
  return [
    ...names
      .filter((one) => isTyped && (!TYPED_NAME.test(one) || one !== one.toLowerCase()))
      .map((one) => `bad name '${one}'`),
    ...names
      .filter((one) => one.length === 0 || one.length > 32)
      .map((one) => `name of ${one.length}: '${one}'`),
    ...described
      .filter((text) => text.length === 0 || text.length > 100)
      .map((text) => `description of ${text.length}: '${text}'`),
    ...(isTyped && (description ?? '') === '' ? [`${name} has no description`] : []),
    ...known.filter((locale) => !locales.has(locale)).map((locale) => `unknown locale ${locale}`),
  ];
}

/** In no language may two stand beside each other under one name. */
function clashes(place: string, offered: readonly Offered[]): string[] {
  return [undefined, ...locales].flatMap((locale) => {
    const names = offered.map(({ name, name_localizations }) => name_localizations?.[locale ?? ''] ?? name);
    return new Set(names).size === names.length ? [] : [`${place}: one name twice in ${locale ?? 'default'}`];
  });
}

function flat(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [
    component,
    ...flat(component.components ?? []),
    ...flat(component.accessory === undefined ? [] : [component.accessory]),
  ]);
}
