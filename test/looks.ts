import { renderDiscord } from '../src/channels/discord/rendering/render.ts';
import { makeSigner } from '../src/channels/signer.ts';
import { renderSlack } from '../src/channels/slack/rendering/render.ts';
import type { Message } from '../src/message.ts';

/** One node of what a platform is sent: a component of Discord, a block or an element of Slack. */
interface Node {
  readonly type: string | number;
  readonly content?: string;
  readonly components?: readonly Node[];
  readonly elements?: readonly Node[];
  readonly text?: string | { readonly text: string };
  readonly url?: string;
  readonly timestamp?: number;
  readonly indent?: number;
  readonly style?: 'bullet' | { readonly bold?: boolean; readonly code?: boolean; readonly strike?: boolean };
}

const signer = makeSigner('looks', 2000);

/** What Discord is sent for a message, written so that a page of Markdown looks alike. */
export function discordLook(message: Message): string {
  const sent = renderDiscord(message, signer);
  const lines = sent
    .flatMap(({ components }) => textsIn(components as readonly Node[]))
    .flatMap((text) => text.split('\n'));
  return lines
    .map((line) =>
      line
        .replace(/^#{2,3} (.*)$/, '\n**$1**\n')
        .replace(/^-# (.*)$/, '<sub>$1</sub>')
        .replace(/^(?!\s*- )/, '\n')
        .replaceAll(/\\([:()/+!.-])/g, '$1')
        .replaceAll(/<t:(\d+):\w>/g, (_, seconds: string) => momentIn(message, Number(seconds))),
    )
    .join('\n');
}

/** What Slack is sent for a message, likewise. */
export function slackLook(message: Message): string {
  const blocks = renderSlack(message, signer).flatMap((part) => part.blocks as readonly Node[]);
  return blocks.map((block) => blockLook(block, message)).join('\n');
}

function textsIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ content, components = [] }) =>
    content === undefined ? textsIn(components) : [content],
  );
}

function blockLook(block: Node, message: Message): string {
  const { type, text, elements = [] } = block;
  if (type === 'header') return `\n**${escaped(textOf(text))}**\n`;
  if (type === 'context') return `\n<sub>${elements.map((one) => escaped(textOf(one.text))).join(' ')}</sub>`;
  return elements.map((one) => partLook(one, message)).join('\n');
}

function partLook({ type, elements = [], indent = 0 }: Node, message: Message): string {
  if (type !== 'rich_text_list') return `\n${inline(elements, message).trim()}\n`;
  return elements.map((item) => `${'  '.repeat(indent)}- ${inline(item.elements ?? [], message)}`).join('\n');
}

function inline(elements: readonly Node[], message: Message): string {
  return elements.map((element) => spanLook(element, message)).join('');
}

function spanLook({ type, text, url, timestamp = 0, style }: Node, message: Message): string {
  if (type === 'date') return momentIn(message, timestamp);
  if (type === 'link') return `[${escaped(textOf(text))}](${url})`;
  const { bold = false, code = false, strike = false } = typeof style === 'object' ? style : {};
  if (code) return `\`${textOf(text)}\``;
  if (textOf(text).trim() === '') return textOf(text);
  return strike
    ? `~~${escaped(textOf(text))}~~`
    : bold
      ? `**${escaped(textOf(text))}**`
      : escaped(textOf(text));
}

function textOf(text: Node['text']): string {
  return typeof text === 'object' ? text.text : (text ?? '');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>~|]/g, String.raw`\$&`);
}

/** A moment as the platforms tell it to a reader in the message's language and zone. */
function momentIn({ language, zone }: Message, seconds: number): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  });
  return format.format(new Date(seconds * 1000));
}
