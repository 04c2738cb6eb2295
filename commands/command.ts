import type { z } from 'zod';
import type { Speech } from '../digests/speech.ts';
import type { Posting } from '../src/channels/platform.ts';
import type { Asker, Choice, Request } from '../src/form.ts';
import type { Explanation } from '../src/matches/explain.ts';
import type { Matchable } from '../src/matches/match.ts';
import type { Message } from '../src/message.ts';
import type { ItemId } from '../src/model.ts';
import type { Corrected, Correction, CorrectionWish, Undone } from '../src/store/corrections.ts';
import type { Queries } from '../src/store/database.ts';
import type { Verdict } from '../src/store/verdicts.ts';
import type { SourceTools } from '../src/source-tools.ts';
import type { Channel } from '../src/subscription.ts';
import type { Clock } from '../src/time.ts';
import type { Topic } from '../src/topics/topic.ts';

/** What commands about articles ask of the rooms that read them. */
export interface ArticleTools {
  /** Tells why a text is about the topic, or is not. Its language is looked for where it is `und`. */
  explain(item: Matchable): Explanation;
  /** The key under which the article of an address is stored; `undefined` for what is no address of the web. */
  keyOf(address: string): string | undefined;
  /** Lets a person's verdict hold for an article, its copies and its versions, in matches and events. */
  giveVerdict(
    db: Queries,
    item: ItemId,
    opinion: Pick<Verdict, 'id' | 'label' | 'at' | 'by' | 'reason'>,
  ): Promise<Verdict>;
  /** Corrects an event, or tells why that cannot be. */
  giveCorrection(
    db: Queries,
    wish: CorrectionWish,
    author: Pick<Correction, 'id' | 'at' | 'by' | 'reason'>,
  ): Promise<Corrected>;
  /** Takes a verdict or a correction back. */
  takeBack(db: Queries, id: string, at: Date): Promise<Undone>;
}

/** What a command may use. */
export interface Context {
  readonly db: Queries;
  readonly clock: Clock;
  readonly topic: Topic;
  readonly asker: Asker;
  /** IANA zone in which the asker's days are counted: their own, else the one of the settings. */
  readonly zone: string;
  /** The asker's language, in which every answer is given. */
  readonly speech: Speech;
  /** What was asked, as it was asked: buttons repeat it with a change. */
  readonly request: Request;
  /** Absent where sources cannot be tried. */
  readonly web?: SourceTools | undefined;
  /**
   * Posts for everybody to read; absent where nothing can be posted.
   *
   * @throws {PostError} when the platform does not take it there
   */
  readonly post?: ((channel: Channel, message: Message, posting: Posting) => Promise<void>) | undefined;
  /** Absent where articles are told as they were judged when they came. */
  readonly articles?: ArticleTools | undefined;
}

/** Proposes values for an option from the beginning of one; best first. */
export type Complete = (typed: string, context: Context) => Promise<readonly Choice[]>;

/** One verb. Its schema gives the types, the checks and the form. */
export interface Command<Input extends z.ZodObject = z.ZodObject> {
  /** Lower case letters only. */
  readonly name: string;
  /** In English, at most 100 characters; other languages stand in digests/words. */
  readonly description: string;
  /** Each option with a description; its order is the order of the form, required ones first. */
  readonly input: Input;
  /** Who sees the answer; the asker alone unless said. */
  readonly audience?: 'channel';
  /** Only somebody who manages the server, workspace or channel may use it. */
  readonly managers?: true;
  /** The option that takes the text of a message that the asker points at. */
  readonly messageOption?: string;
  /** What the values of an option with a fixed choice are called, by option. */
  readonly labels?: Readonly<Record<string, (value: string, speech: Speech) => string>>;
  /** By option. */
  readonly completions?: Readonly<Record<string, Complete>>;
  /** @throws {UserError} with a sentence for the asker */
  run(options: z.output<Input>, context: Context): Promise<Message>;
}

/** Several verbs under one word: `/subscription list`. */
export interface Group {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly Command[];
}
