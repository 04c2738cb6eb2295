import type { Asker, Choice, Form, Request } from '../form.ts';
import type { Message } from '../message.ts';
import type { Channel } from '../subscription.ts';

/** Answers people for a platform. Nothing here throws or rejects: there is always an answer. */
export interface Answer {
  /** Runs a filled-in form or a button's request. */
  run(request: Request, asker: Asker): Promise<Message>;
  /** Runs a line as typed, such as `/events when:2024-01 kind:use`; the slash may be left out. */
  typed(line: string, asker: Asker): Promise<Message>;
  /**
   * Proposes values for an option while it is being filled in.
   *
   * @param request - the options so far; the one that is being typed holds the beginning
   * @returns best first, at most 25; empty when there is nothing to propose
   */
  choices(request: Request, option: string, asker: Asker): Promise<readonly Choice[]>;
}

/** How a message is to be posted. */
export interface Posting {
  /**
   * Names this post for ever: posting again with the same key gives no second copy, as far as the platform allows.
   * At most 64 characters.
   */
  readonly key: string;
  /** Posts into the thread of an earlier message, by the name that `post` gave for it. */
  readonly thread?: string;
  /** The platform's name of a role or group to call, chosen by whoever subscribed. */
  readonly mention?: string;
  /** Whether phones stay quiet. */
  readonly silent?: boolean;
}

/** Whether a post is there; `unknown` where the platform does not let us look. */
export type Found =
  | { readonly kind: 'arrived'; readonly posted: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** All that Tumen asks of a chat platform. */
export interface Platform {
  readonly name: Channel['platform'];
  /** Connects and offers the forms. Resolves when posting can begin. */
  start(forms: readonly Form[], answer: Answer): Promise<void>;
  /**
   * Posts a message.
   *
   * @returns the platform's name for what was posted, for `edit` and for threads
   * @throws {PostError} when the platform did not take it, or did not tell whether it did
   */
  post(address: string, message: Message, posting: Posting): Promise<string>;
  /**
   * Replaces a posted message.
   *
   * @throws {PostError} likewise
   */
  edit(address: string, posted: string, message: Message): Promise<void>;
  /**
   * Looks whether a post with this key has arrived, after an attempt whose outcome is not known.
   *
   * @param since - when the attempt began
   * @param thread - the thread that it was posted into, if any
   * @throws {PostError} likewise
   */
  find(address: string, key: string, since: Date, thread?: string): Promise<Found>;
  stop(): Promise<void>;
}
