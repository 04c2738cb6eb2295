import { ButtonStyle, ComponentType } from 'discord.js';
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIStringSelectComponent,
} from 'discord.js';
import { type Action, harmless } from '../../../message.ts';
import { shorten } from '../../shorten.ts';
import type { Signer } from '../../signer.ts';
import { safeUrl } from './text.ts';

/** Longest custom_id that Discord takes. */
export const LONGEST_ID = 100;
const BUTTONS_IN_ROW = 5;
const MOST_ROWS = 3;
const LONGEST_LABEL = 80;
const LONGEST_PLACEHOLDER = 150;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** What can be pressed under a message, as rows; a button whose state no component can carry is left out. */
export function actionRows(
  actions: readonly Action[],
  signer: Signer,
): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const buttons = onceEach(actions.flatMap((action) => buttonOf(action, signer) ?? []));
  const menus = onceEach(actions.flatMap((action) => menuOf(action, signer) ?? []));
  const rows: APIComponentInMessageActionRow[][] = menus.map((menu) => [menu]);
  for (let start = 0; start < buttons.length; start += BUTTONS_IN_ROW) {
    rows.push(buttons.slice(start, start + BUTTONS_IN_ROW));
  }
  return rows.slice(0, MOST_ROWS).map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** Discord refuses a message in which two components stand for the same. */
function onceEach<Component extends object>(components: readonly Component[]): Component[] {
  const named = components.map((component) => {
    const [id, url] = [
      'custom_id' in component ? component.custom_id : '',
      'url' in component ? component.url : '',
    ];
    return [`${String(id)} ${String(url)}`, component] as const;
  });
  return [...new Map(named).values()];
}

function buttonOf(action: Action, signer: Signer): APIButtonComponent | undefined {
  const label = shorten(harmless(action.label), LONGEST_LABEL);
  if (action.kind === 'menu' || isBlank(label)) return undefined;
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
  const usable = action.choices.filter(
    ({ label, value }) => !isBlank(harmless(label)) && !isBlank(value) && value.length <= LONGEST_CHOICE,
  );
  const options = [...new Map(usable.map((choice) => [choice.value, choice])).values()]
    .slice(0, MOST_CHOICES)
    .map(({ label, value }) => ({ label: shorten(harmless(label), LONGEST_CHOICE), value }));
  if (id === undefined || options.length === 0) return undefined;
  const placeholder = shorten(harmless(action.label), LONGEST_PLACEHOLDER);
  return { type: ComponentType.StringSelect, custom_id: id, placeholder, options };
}

/** Discord refuses what has nothing to show. */
function isBlank(text: string): boolean {
  return text.trim() === '';
}
