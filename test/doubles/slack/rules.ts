import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const SCHEMA = '../shared/data/chat/slack-blockkit.schema.json';

type Node = Readonly<Record<string, unknown>>;

/** A message as Slack is sent it. */
export interface SlackMessage {
  readonly text?: string;
  readonly blocks?: readonly object[];
  readonly unfurl_links?: boolean;
  readonly unfurl_media?: boolean;
}

/** Whether the official description is at hand; without it, shapes are not checked. */
export const hasSchema = existsSync(SCHEMA);

const ajv = new Ajv({ strict: false });
if (hasSchema) ajv.addSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object, 'slack');

/** What does not fit one of the definitions of Slack's types. */
function misshapen(definition: string, value: unknown): string[] {
  const fits = hasSchema ? ajv.getSchema(`slack#/definitions/${definition}`) : undefined;
  if (fits === undefined || fits(value)) return [];
  return (fits.errors ?? [])
    .slice(0, 1)
    .map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** What Slack refuses, or would make more of than we mean, in a message. */
export function brokenRules(message: SlackMessage): string[] {
  const blocks = message.blocks ?? [];
  const nodes = nodesIn(blocks);
  const text = nodes.reduce((sum, node) => sum + lengthOf(node['text']) + lengthOf(node['url']), 0);
  const rules: [boolean, string][] = [
    [(message.text ?? '') === '', 'no fallback text'],
    [(message.text ?? '').length > 4000, 'text above 4000'],
    [/<|>|&(?!(?:amp|lt|gt);)/.test(message.text ?? ''), 'text with markup'],
    [blocks.length > 50, `${blocks.length} blocks`],
    [text > 10_000, `${text} characters over all blocks`],
    [message.unfurl_links !== false || message.unfurl_media !== false, 'links would unfurl'],
    [nodes.some(({ type }) => type === 'mrkdwn' || type === 'markdown'), 'text that Slack reads markup in'],
    [
      nodes.some(({ type }) => type === 'user' || type === 'broadcast' || type === 'channel'),
      'a live mention',
    ],
    [
      nodes.some((node) => Array.isArray(node['elements']) && node['elements'].length === 0),
      'empty elements',
    ],
  ];
  return [
    ...misshapen('MessageBlocks', blocks),
    ...rules.filter(([isBroken]) => isBroken).map(([, rule]) => rule),
    ...nodes.flatMap(tooLong),
    ...twice(nodes),
  ];
}

/** What Slack refuses in a view. */
export function brokenView(view: Node): string[] {
  const blocks = view['blocks'] as readonly Node[];
  const ids = blocks.flatMap(({ block_id: id }) => (typeof id === 'string' ? [id] : []));
  return [
    ...misshapen('ModalView', view),
    ...(blocks.length === 0 || blocks.length > 100 ? [`${blocks.length} blocks in a view`] : []),
    ...(new Set(ids).size === ids.length ? [] : ['one block_id twice']),
    ...(['title', 'submit', 'close'] as const).flatMap((name) =>
      lengthOf((view[name] as Node | undefined)?.['text']) > 24 ? [`${name} above 24`] : [],
    ),
    ...(lengthOf(view['private_metadata']) > 3000 ? ['private_metadata above 3000'] : []),
    ...nodesIn(blocks).flatMap(tooLong),
  ];
}

/** What Slack refuses in App Home. */
export function brokenHome(view: Node): string[] {
  const blocks = view['blocks'] as readonly Node[];
  const isMention = (node: Node) => node['type'] === 'user' || node['type'] === 'broadcast';
  return [
    ...misshapen('HomeView', view),
    ...(blocks.length === 0 || blocks.length > 100 ? [`${blocks.length} blocks in App Home`] : []),
    ...(nodesIn(blocks).some(isMention) ? ['a live mention'] : []),
    ...nodesIn(blocks).flatMap(tooLong),
    ...blocks.flatMap((block) => twice(nodesIn(block))),
  ];
}

/** Longest text, by the part of a block that holds it (https://docs.slack.dev/reference/block-kit). */
const longest: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  header: { text: 150 },
  button: { text: 75, value: 2000, url: 3000, action_id: 255 },
  static_select: { placeholder: 150, action_id: 255 },
  external_select: { placeholder: 150, action_id: 255 },
  input: { label: 2000, hint: 2000, block_id: 255 },
  link: { url: 3000 },
};

function tooLong(node: Node): string[] {
  const type = String(node['type']);
  const limits = Object.entries(longest[type] ?? {}).filter(([name, most]) => {
    const value = node[name];
    return lengthOf(typeof value === 'object' ? (value as Node)['text'] : value) > most;
  });
  const options = (node['options'] ?? []) as readonly { text: { text: string }; value: string }[];
  const isBlank = type === 'plain_text' && (node['text'] as string).trim() === '';
  return [
    ...limits.map(([name, most]) => `${type} ${name} above ${most}`),
    ...(isBlank || (type === 'text' && node['text'] === '') ? [`${type} is blank`] : []),
    ...(options.length > 100 ? [`${options.length} options`] : []),
    ...options
      .filter(({ text, value }) => text.text.length > 75 || value.length > 75)
      .map(({ value }) => `option ${value.slice(0, 20)} above 75`),
    ...(type === 'actions' && (node['elements'] as Node[]).length > 25 ? ['actions above 25'] : []),
    ...(type === 'context' && (node['elements'] as Node[]).length > 10 ? ['context above 10'] : []),
  ];
}

function twice(nodes: readonly Node[]): string[] {
  const names = nodes.flatMap(({ action_id: name }) => (typeof name === 'string' ? [name] : []));
  return new Set(names).size === names.length ? [] : ['one action_id twice'];
}

/** Every object in a value, however deep. */
export function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesIn)];
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}
