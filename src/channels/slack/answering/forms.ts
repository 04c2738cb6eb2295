import type { types } from '@slack/bolt';
import type { Form, FormOption, Request } from '../../../form.ts';
import { shorten } from '../../shorten.ts';
import { optionsOf, plain } from '../rendering/actions.ts';
import { COMMAND } from '../rendering/text.ts';

/** Name of the view that a form is shown in. */
export const VIEW = 'tumen-form';
/** Name of the one element in each of its blocks; the block has the name of its option. */
export const FIELD = 'value';

const LONGEST_TITLE = 24;
const LONGEST_LABEL = 150;
const LONGEST_TEXT = 3000;
const MOST_BLOCKS = 100;

/** What a filled-in view says: the values by the names of their blocks. */
export type Given = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;

interface FieldValue {
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_conversation?: string | null;
}

/** The form that a request fills in; `undefined` when there is none. */
export function formOf(forms: readonly Form[], { command, subcommand }: Request): Form | undefined {
  const form = forms.find(({ name }) => name === command);
  return subcommand === undefined ? form : form?.subcommands.find(({ name }) => name === subcommand);
}

/**
 * A form as a view to fill in, with the options that are known filled in; `undefined` when it has none to ask for.
 *
 * @param about - kept by Slack and handed back with what was filled in
 */
export function viewOf(
  form: Form,
  request: Request,
  language: string,
  about: string,
): types.ModalView | undefined {
  const blocks = form.options
    .slice(0, MOST_BLOCKS)
    .map((option) => inputOf(option, request.options[option.name], language));
  if (blocks.length === 0) return undefined;
  const verb =
    request.subcommand === undefined ? request.command : `${request.command} ${request.subcommand}`;
  return {
    type: 'modal',
    callback_id: VIEW,
    private_metadata: about,
    title: plain(`${COMMAND} ${verb}`, LONGEST_TITLE),
    submit: plain('OK', LONGEST_TITLE),
    blocks,
  };
}

/** What was filled in, as options of a request; empty fields are none. */
export function optionsIn(given: Given): Record<string, string> {
  const pairs = Object.entries(given).flatMap(([name, fields]) => {
    const field = fields[FIELD];
    const value = field?.selected_option?.value ?? field?.selected_conversation ?? field?.value ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

function inputOf(option: FormOption, value: string | undefined, language: string): types.InputBlock {
  const [tongue = language] = language.split('-');
  return {
    type: 'input',
    block_id: option.name,
    optional: !option.required,
    label: plain(option.descriptions[tongue] ?? option.description, LONGEST_LABEL),
    element: elementOf(option, value, tongue),
  };
}

function elementOf(
  option: FormOption,
  value: string | undefined,
  language: string,
): types.InputBlock['element'] {
  const named = { action_id: FIELD } as const;
  const choices = choicesOf(option, language);
  if (choices.length > 0) {
    const initial = choices.find((choice) => choice.value === value);
    return {
      type: 'static_select',
      ...named,
      options: choices,
      ...(initial === undefined ? {} : { initial_option: initial }),
    };
  }
  if (option.type === 'channel') {
    const filter = { include: ['public' as const, 'private' as const], exclude_bot_users: true };
    const initial = value === undefined ? {} : { initial_conversation: value };
    return { type: 'conversations_select', ...named, filter, ...initial };
  }
  if (option.completes) {
    const [initial] = optionsOf(value === undefined ? [] : [{ value, label: value }]);
    const start = initial === undefined ? {} : { initial_option: initial };
    return { type: 'external_select', ...named, min_query_length: 0, ...start };
  }
  const known = value === undefined || value === '' ? {} : { initial_value: value };
  return option.type === 'integer'
    ? { type: 'number_input', ...named, is_decimal_allowed: false, ...boundsOf(option), ...known }
    : { type: 'plain_text_input', ...named, max_length: LONGEST_TEXT, ...known };
}

function choicesOf({ type, choices }: FormOption, language: string): types.PlainTextOption[] {
  if (type === 'boolean')
    return optionsOf([
      { value: 'true', label: '✓' },
      { value: 'false', label: '✗' },
    ]);
  return optionsOf(
    choices.map(({ value, label, labels }) => ({
      value,
      label: shorten(labels?.[language] ?? label, LONGEST_LABEL),
    })),
  );
}

function boundsOf({ least, most }: FormOption): { min_value?: string; max_value?: string } {
  return {
    ...(least === undefined ? {} : { min_value: String(least) }),
    ...(most === undefined ? {} : { max_value: String(most) }),
  };
}
