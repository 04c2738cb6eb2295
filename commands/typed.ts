import type { Form, Request } from '../src/form.ts';
import { fieldNames } from '../src/store/search/query.ts';

/** What a typed line asks for, or why it asks for nothing that there is. */
export type Typed =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-command'; readonly name: string }
  | { readonly kind: 'no-subcommand'; readonly form: Form }
  | { readonly kind: 'no-option'; readonly name: string; readonly form: Form };

/**
 * Reads a line as typed: `/events when:last month kind:use text:"two words"`. A value reaches to the next option of the form;
 * what stands before any option is for the first one.
 *
 * @param forms - what can be asked
 */
export function readTyped(line: string, forms: readonly Form[]): Typed {
  const [verb, ...rest] = wordsIn(line);
  if (verb === undefined) return { kind: 'empty' };
  const name = verb.replace(/^\//, '').toLowerCase();
  if (name === 'tumen') return readTyped(line.trim().slice(verb.length), forms);
  const form = forms.find((known) => known.name === name);
  if (form === undefined) return { kind: 'no-command', name };
  if (form.subcommands.length === 0) return readOptions(form, rest, { command: name });

  const [second = '', ...others] = rest;
  const under = form.subcommands.find((known) => known.name === second.toLowerCase());
  if (under === undefined) return { kind: 'no-subcommand', form };
  return readOptions(under, others, { command: name, subcommand: under.name });
}

function readOptions(form: Form, given: readonly string[], request: Omit<Request, 'options'>): Typed {
  const values = new Map<string, string[]>();
  let current = form.options[0]?.name;
  for (const word of given) {
    const [, name, value = ''] = /^([\p{L}-]+):(.*)$/su.exec(word) ?? [];
    const option =
      form.options.find((known) => known.name === name?.toLowerCase())?.name ?? pagingOption(name);
    // What people look for has marks of its own: quotation marks for a phrase, and fields.
    const sought = current === form.messageOption ? current : undefined;
    if (option !== undefined && !(sought !== undefined && isField(option))) {
      current = option;
      values.set(current, value === '' ? [] : [unquoted(value)]);
    } else if (sought !== undefined) {
      values.set(sought, [...(values.get(sought) ?? []), word]);
    } else if (current === undefined || (name !== undefined && value !== '' && !value.startsWith('/'))) {
      return { kind: 'no-option', name: name ?? word, form };
    } else {
      values.set(current, [...(values.get(current) ?? []), unquoted(word)]);
    }
  }
  const options = [...values].map(([name, words]) => [name, words.join(' ')] as const);
  return { kind: 'request', request: { ...request, options: Object.fromEntries(options) } };
}

/** Fields of a search; its days may be words, which only the option understands. */
function isField(option: string): boolean {
  return option !== 'when' && fieldNames.some((name) => name === option);
}

/** Buttons turn pages; where there are none, the option behind the button is typed as it was shown. */
function pagingOption(name: string | undefined): string | undefined {
  return name === 'after' || name === 'page' ? name : undefined;
}

/** Words between spaces; a quoted stretch is part of its word. Quotes and colons of other keyboards count as ours. */
function wordsIn(line: string): string[] {
  const plain = line.replaceAll(/[“”„«»]/g, '"').replaceAll('：', ':');
  return plain.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}

function unquoted(word: string): string {
  return word
    .replaceAll(/"((?:[^"\\]|\\.)*)"?/g, '$1')
    .replaceAll('\\"', '"')
    .trim();
}
