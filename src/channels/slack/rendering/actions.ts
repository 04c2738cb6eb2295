import type { types } from '@slack/bolt';
import { type Action, harmless } from '../../../message.ts';
import { shorten } from '../../shorten.ts';
import type { Signer } from '../../signer.ts';
import { safeUrl } from './text.ts';

/** What a button carries at most, and what the name of a menu holds at most. */
export const LONGEST_VALUE = 2000;
const LONGEST_NAME = 255;
/** Names of what can be pressed: a button's state is its value, a menu's stands behind this in its name. */
export const BUTTON = 'press ';
export const MENU = 'choose ';
const LINK = 'visit ';

const LONGEST_LABEL = 75;
const LONGEST_PLACEHOLDER = 150;
const LONGEST_CHOICE = 75;
const MOST_CHOICES = 25;
const MOST_ELEMENTS = 25;
/** Text of all that can be pressed: it counts towards what Slack lets a message hold. */
const MOST_TEXT = 2000;

/** What can be pressed under a message; what no component can carry is left out. */
export function actionBlocks(actions: readonly Action[], signer: Signer): types.ActionsBlock[] {
  const pressed = actions.flatMap((action, index) => elementOf(action, index, signer) ?? []);
  const elements = [...new Map(pressed.map((element) => [element.action_id, element])).values()];
  const kept = elements.slice(0, MOST_ELEMENTS);
  while (kept.reduce((sum, element) => sum + weightOf(element), 0) > MOST_TEXT) kept.pop();
  return kept.length === 0 ? [] : [{ type: 'actions', elements: kept }];
}

/** Choices as Slack takes them; one whose value is too long is left out. */
export function optionsOf(
  choices: readonly { readonly value: string; readonly label: string }[],
): types.PlainTextOption[] {
  return choices
    .filter(({ value, label }) => value !== '' && value.length <= LONGEST_CHOICE && isSaid(label))
    .slice(0, MOST_CHOICES)
    .map(({ value, label }) => ({ text: plain(label, LONGEST_CHOICE), value }));
}

/** A text as Slack's plain text, in which nothing has a meaning. */
export function plain(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: shorten(harmless(text), most), emoji: false };
}

function isSaid(label: string): boolean {
  return harmless(label).trim() !== '';
}

function weightOf(element: types.Button | types.StaticSelect): number {
  if (element.type === 'button') return element.text.text.length + (element.url?.length ?? 0);
  return LONGEST_PLACEHOLDER + (element.options ?? []).reduce((sum, { text }) => sum + text.text.length, 0);
}

function elementOf(
  action: Action,
  index: number,
  signer: Signer,
): types.Button | types.StaticSelect | undefined {
  if (!isSaid(action.label)) return undefined;
  if (action.kind === 'menu') return menuOf(action, signer);
  const text = plain(action.label, LONGEST_LABEL);
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url === undefined ? undefined : { type: 'button', text, url, action_id: `${LINK}${index}` };
  }
  const value = signer.sign(action);
  if (value === undefined) return undefined;
  const style = action.tone === undefined ? {} : { style: action.tone };
  return { type: 'button', text, value, action_id: `${BUTTON}${index}`, ...style };
}

function menuOf(action: Extract<Action, { kind: 'menu' }>, signer: Signer): types.StaticSelect | undefined {
  const signed = signer.sign(action);
  const options = optionsOf(action.choices);
  const name = `${MENU}${signed ?? ''}`;
  if (signed === undefined || name.length > LONGEST_NAME || options.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: name,
    placeholder: plain(action.label, LONGEST_PLACEHOLDER),
    options,
  };
}
