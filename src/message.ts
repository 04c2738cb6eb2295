import { type Choice, type Request, typedRequest } from './form.ts';

/** How a stretch stands out: `quiet` is small or grey, `struck` has been taken back. */
export type Manner = 'strong' | 'quiet' | 'struck';

/**
 * One stretch of a line. Each platform writes each kind in its own markup.
 *
 * - `words`: our own words.
 * - `foreign`: anything that others wrote (headlines, names, reasons given by servers, what a person typed): it never
 *   formats, mentions, or becomes a link.
 * - `link`: an address that we chose to show; its label counts as foreign.
 * - `day`: a calendar day, already in the reader's language; never turned into a moment, which would shift with the zone.
 * - `moment`: shown in the message's zone, or the reader's own where the platform knows it.
 * - `id`: something to copy, such as an event's id.
 * - `try`: a request that the reader may make, shown as it is typed.
 */
export type Span =
  | { readonly kind: 'words'; readonly text: string; readonly manner?: Manner }
  | { readonly kind: 'foreign'; readonly text: string; readonly manner?: Manner }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'day'; readonly text: string; readonly manner?: Manner }
  | { readonly kind: 'moment'; readonly at: Date; readonly show: 'day' | 'time' | 'both' | 'relative' }
  | { readonly kind: 'id'; readonly text: string }
  | { readonly kind: 'try'; readonly request: Request };

export type Line = readonly Span[];

/** One thing in a list: its line, and lines that belong to it. */
export interface Entry {
  readonly line: Line;
  readonly details: readonly Line[];
}

export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'heading'; readonly line: Line }
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly name: string; readonly value: Line }[] };

/**
 * What happens when somebody presses a button: the answer takes the place of this message (`replace`: paging), comes
 * beside it for them alone (`reply`), goes to the channel for everybody (`publish`: sharing), or a form opens with the
 * request's options filled in (`form`).
 */
export type Effect = 'replace' | 'reply' | 'publish' | 'form';

/** What a reader may press. State travels in the request, so that it survives a restart. */
export type Action =
  | {
      readonly kind: 'button';
      readonly label: string;
      readonly request: Request;
      readonly effect: Effect;
      readonly tone?: 'primary' | 'danger';
    }
  | {
      readonly kind: 'menu';
      /** Shown while nothing is chosen. */
      readonly label: string;
      /** The option of the request that takes the chosen value. */
      readonly option: string;
      readonly choices: readonly Choice[];
      readonly request: Request;
      readonly effect: Effect;
    }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

/** A text file that goes with a message. */
export interface TextFile {
  readonly name: string;
  /** Media type: `text/csv`. */
  readonly type: string;
  readonly text: string;
}

/** What Tumen says, before any platform's markup. */
export interface Message {
  readonly title: Line;
  readonly blocks: readonly Block[];
  /** Small print, a line each. */
  readonly footer: readonly Line[];
  readonly actions: readonly Action[];
  readonly files: readonly TextFile[];
  /** `problem`: it tells the asker that something could not be done, and concerns nobody else. */
  readonly tone: 'digest' | 'answer' | 'problem';
  /** What it is about, as ids of kinds of event, for platforms that tag or colour. */
  readonly tags: readonly string[];
  /** BCP 47 language of our words in it. */
  readonly language: string;
  /** IANA zone in which its moments are told. */
  readonly zone: string;
}

/** Our own words as a stretch. */
export function words(text: string, manner?: Manner): Span {
  return manner === undefined ? { kind: 'words', text } : { kind: 'words', text, manner };
}

/** What others wrote, as a stretch. */
export function foreign(text: string, manner?: Manner): Span {
  return manner === undefined ? { kind: 'foreign', text } : { kind: 'foreign', text, manner };
}

/** A day, already written in the reader's language, as a stretch. */
export function day(text: string, manner?: Manner): Span {
  return manner === undefined ? { kind: 'day', text } : { kind: 'day', text, manner };
}

/** A whole message from its title and whichever parts it has; an answer unless said otherwise. */
export function aMessage(parts: Pick<Message, 'title' | 'language' | 'zone'> & Partial<Message>): Message {
  return { blocks: [], footer: [], actions: [], files: [], tone: 'answer', tags: [], ...parts };
}

/** Characters that steer a screen or hide in a text: controls, direction marks, invisible ones, tags. Joiners stay. */
const STEERING =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Text that can be shown anywhere on one line: what steers a terminal, turns the direction of writing or hides is taken out,
 * and line breaks become spaces.
 */
export function harmless(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(STEERING, '')
    .toWellFormed();
}

/** A line without any markup. */
export function plainText(line: Line, moment: (at: Date) => string): string {
  return line.map((span) => spanText(span, moment)).join('');
}

function spanText(span: Span, moment: (at: Date) => string): string {
  if (span.kind === 'link') return harmless(span.label);
  if (span.kind === 'moment') return moment(span.at);
  if (span.kind === 'try') return typedRequest(span.request);
  return harmless(span.text);
}
