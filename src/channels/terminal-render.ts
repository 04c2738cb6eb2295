import { typedRequest } from '../form.ts';
import {
  harmless,
  plainText,
  type Action,
  type Block,
  type Entry,
  type Line,
  type Manner,
  type Message,
  type Span,
} from '../message.ts';
import { columnsOf, wrap, type Piece } from './terminal-text.ts';

/** How wide a terminal is, and whether it shows colours. */
export interface Look {
  readonly width: number;
  readonly colour: boolean;
}

const NARROWEST = 20;
const ESCAPE = '\u001b';
const STYLES = {
  title: '1;36',
  heading: '1;33',
  strong: '1',
  quiet: '2',
  struck: '9',
  link: '4;34',
  plain: '',
} as const;

/** Writes a message as text for a terminal; the same message gives the same text. Ends in a line break. */
export function renderTerminal(message: Message, { width, colour }: Look): string {
  const columns = Math.max(NARROWEST, width);
  const moment = momentWriter(message);
  const page: Page = { columns, colour, moment };
  const title = paragraph(message.title, page, { style: STYLES.title });
  const rule = '─'.repeat(Math.min(columns, columnsOf(plainText(message.title, (at) => moment(at, 'both')))));
  const lines = [
    ...title,
    rule,
    ...message.blocks.flatMap((block) => blockLines(block, page)),
    ...actionLines(message.actions, page),
    ...(message.footer.length === 0 ? [] : ['']),
    ...message.footer.flatMap((line) => paragraph(line, page, { style: STYLES.quiet })),
    ...message.files.flatMap(({ name, text }) => [
      '',
      `--- ${harmless(name)}`,
      ...text.split('\n').map(harmless),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

interface Page {
  readonly columns: number;
  readonly colour: boolean;
  readonly moment: (at: Date, show: 'day' | 'time' | 'both' | 'relative') => string;
}

/** `first` stands before the first line of a paragraph, and as many spaces before the others. */
interface Manners {
  readonly style?: string;
  readonly first?: string;
}

function blockLines(block: Block, page: Page): string[] {
  if (block.kind === 'heading') return ['', ...paragraph(block.line, page, { style: STYLES.heading })];
  if (block.kind === 'text') return paragraph(block.line, page, {});
  if (block.kind === 'entries') return block.entries.flatMap((entry) => entryLines(entry, page));
  const widest = Math.max(0, ...block.facts.map(({ name }) => columnsOf(name)));
  return block.facts.flatMap(({ name, value }) =>
    paragraph(value, page, { first: `${name}${' '.repeat(widest - columnsOf(name))}  ` }),
  );
}

function entryLines({ line, details }: Entry, page: Page): string[] {
  return [
    ...paragraph(line, page, { first: '• ' }),
    ...details.flatMap((detail) => paragraph(detail, page, { first: '  ' })),
  ];
}

/** Buttons as what to type instead; those that only make sense in a shared channel are left out. */
function actionLines(actions: readonly Action[], page: Page): string[] {
  const lines = actions.flatMap((action): Line[] => {
    if (action.kind === 'link') return [[{ kind: 'link', label: action.label, url: action.url }]];
    if (action.kind === 'menu' || action.effect === 'publish' || action.effect === 'form') return [];
    return [
      [
        { kind: 'words', text: `${action.label}: ` },
        { kind: 'try', request: action.request },
      ],
    ];
  });
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => paragraph(line, page, { first: '→ ' }))];
}

function paragraph(line: Line, page: Page, { style = '', first = '' }: Manners): string[] {
  const indent = ' '.repeat(columnsOf(first));
  const wrapped = linkByLink(line).flatMap((part) => {
    const pieces = part.flatMap((span) => piecesOf(span, page, style));
    return wrap(pieces, page.columns - indent.length);
  });
  return wrapped.map((pieces, index) => `${index === 0 ? first : indent}${painted(pieces, page.colour)}`);
}

/** Each link after the first begins a line, since addresses are long; what parts two links on one line falls away. */
function linkByLink(line: Line): Line[] {
  const links = line.flatMap(({ kind }, index) => (kind === 'link' ? [index] : []));
  if (links.length < 2) return [line];
  const starts = [0, ...links.slice(1)];
  return starts.map((start, index) => {
    const part = line.slice(start, starts[index + 1]);
    const last = part.at(-1);
    const isBetween = index < starts.length - 1 && last?.kind === 'words' && last.text.trim() === '·';
    return isBetween ? part.slice(0, -1) : part;
  });
}

function piecesOf(span: Span, { moment }: Page, style: string): Piece[] {
  if (span.kind === 'link') {
    return [
      { text: `${harmless(span.label)} `, style },
      { text: safeUrl(span.url), style: STYLES.link },
    ];
  }
  if (span.kind === 'moment') return [{ text: moment(span.at, span.show), style }];
  if (span.kind === 'try') return [{ text: harmless(typedRequest(span.request)), style: STYLES.strong }];
  const manner: Manner | undefined = 'manner' in span ? span.manner : undefined;
  return [{ text: harmless(span.text), style: manner === undefined ? style : STYLES[manner] }];
}

/** A web address without anything that a terminal would obey; empty when it is none. */
function safeUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.href : '';
}

function painted(pieces: readonly Piece[], colour: boolean): string {
  if (!colour)
    return pieces
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  return runs(pieces)
    .map(({ text, style }) => (style === '' ? text : `${ESCAPE}[${style}m${text}${ESCAPE}[0m`))
    .join('');
}

/** Pieces that look alike and follow each other, as one. */
function runs(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.style === piece.style) joined.splice(-1, 1, { ...last, text: last.text + piece.text });
    else joined.push(piece);
  }
  return joined;
}

function momentWriter({ language, zone }: Message): Page['moment'] {
  const locale = language === 'en' ? 'en-GB' : language;
  const date = { dateStyle: 'medium' } as const;
  const time = { timeStyle: 'short' } as const;
  const formats = {
    day: new Intl.DateTimeFormat(locale, { ...date, timeZone: zone }),
    time: new Intl.DateTimeFormat(locale, { ...time, timeZone: zone }),
    both: new Intl.DateTimeFormat(locale, { ...date, ...time, timeZone: zone }),
  };
  return (at, show) => formats[show === 'relative' ? 'both' : show].format(at);
}
