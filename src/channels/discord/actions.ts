import { createHmac, timingSafeEqual } from 'node:crypto';
import { ButtonStyle, ComponentType } from 'discord.js';
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIStringSelectComponent,
} from 'discord.js';
import { packRequest, type Request, unpackRequest } from '../../form.ts';
import type { Action, Effect } from '../../message.ts';
import { safeUrl, shorten } from './text.ts';

/** What a press means, as a component carries it. */
export interface Press {
  readonly effect: Effect;
  readonly request: Request;
  /** The option that takes what was chosen from a menu. */
  readonly option?: string;
}

/** Turns a press into a text that only we can make, and back. */
export interface Signer {
  /** At most 100 characters (Discord's limit of custom_id); `undefined` when the request is too long for that. */
  sign(press: Press): string | undefined;
  /** What the text stands for; `undefined` when we did not make it. */
  read(customId: string): Press | undefined;
}

const effects: readonly Effect[] = ['replace', 'reply', 'publish', 'form'];
const LONGEST_ID = 100;
const SIGNATURE_LENGTH = 11;
const BUTTONS_IN_ROW = 5;
const MOST_ROWS = 3;
const LONGEST_LABEL = 80;
const LONGEST_PLACEHOLDER = 150;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/**
 * Makes a signer.
 *
 * @param key - a secret that is the same after a restart and in every process, such as the bot's token
 */
export function makeSigner(key: string): Signer {
  const signature = (text: string) =>
    createHmac('sha256', key).update(text).digest('base64url').slice(0, SIGNATURE_LENGTH);
  return {
    sign({ effect, request, option = '' }) {
      const text = `${effects.indexOf(effect)}${option}!${packRequest(request)}`;
      const id = signature(text) + text;
      return id.length <= LONGEST_ID ? id : undefined;
    },
    read(customId) {
      const [given, text] = [customId.slice(0, SIGNATURE_LENGTH), customId.slice(SIGNATURE_LENGTH)];
      const isOurs = isSame(given, signature(text));
      return isOurs ? pressIn(text) : undefined;
    },
  };
}

function isSame(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

function pressIn(text: string): Press | undefined {
  const border = text.indexOf('!');
  const effect = effects[Number(text[0])];
  const request = unpackRequest(text.slice(border + 1));
  if (effect === undefined || request === undefined) return undefined;
  const option = text.slice(1, border);
  return option === '' ? { effect, request } : { effect, request, option };
}

/** What can be pressed under a message, as rows; a button whose state no component can carry is left out. */
export function actionRows(
  actions: readonly Action[],
  signer: Signer,
): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const buttons = onceEach(actions.flatMap((action) => buttonOf(action, signer) ?? []));
  const menus = actions.flatMap((action) => menuOf(action, signer) ?? []);
  const rows: APIComponentInMessageActionRow[][] = menus.map((menu) => [menu]);
  for (let start = 0; start < buttons.length; start += BUTTONS_IN_ROW) {
    rows.push(buttons.slice(start, start + BUTTONS_IN_ROW));
  }
  return rows.slice(0, MOST_ROWS).map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** Discord refuses a message in which two buttons stand for the same. */
function onceEach(buttons: readonly APIButtonComponent[]): APIButtonComponent[] {
  return [...new Map(buttons.map((button) => [JSON.stringify({ ...button, label: '' }), button])).values()];
}

function buttonOf(action: Action, signer: Signer): APIButtonComponent | undefined {
  if (action.kind === 'menu') return undefined;
  const label = shorten(action.label, LONGEST_LABEL);
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url === undefined || url.length > 512
      ? undefined
      : { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
  }
  const id = signer.sign(action);
  const style = styles[action.tone ?? 'plain'];
  return id === undefined ? undefined : { type: ComponentType.Button, style, label, custom_id: id };
}

const styles = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const;

function menuOf(action: Action, signer: Signer): APIStringSelectComponent | undefined {
  if (action.kind !== 'menu') return undefined;
  const id = signer.sign(action);
  const options = action.choices.slice(0, MOST_CHOICES).map(({ label, value }) => ({
    label: shorten(label, LONGEST_CHOICE),
    value: value.slice(0, LONGEST_CHOICE),
  }));
  if (id === undefined || options.length === 0) return undefined;
  const placeholder = shorten(action.label, LONGEST_PLACEHOLDER);
  return { type: ComponentType.StringSelect, custom_id: id, placeholder, options };
}
