import type { Logger, webApi } from '@slack/bolt';
import type { Sharing } from './receiving/installing.ts';
import type { Workspaces } from './workspaces.ts';

/** How what people do reaches Tumen. */
export type Receiving =
  | {
      readonly kind: 'socket';
      /** The app's token, `xapp-…`. */
      readonly appToken: string;
    }
  | {
      readonly kind: 'http';
      /** Slack signs its requests with it. */
      readonly signingSecret: string;
    };

/** What Slack as a platform is made with. */
export interface SlackOptions {
  /** The bot's token in the workspace of the settings, `xoxb-…`; absent where all workspaces install Tumen themselves. */
  readonly botToken?: string | undefined;
  readonly receiving: Receiving;
  /** Port of this machine, where something is received over HTTP; 0 for any that is free. */
  readonly port: number;
  /** Lets further workspaces in. */
  readonly sharing?: Sharing | undefined;
  readonly workspaces: Workspaces;
  /** People, by Slack's names of them, who may do what administrators may. */
  readonly managers?: readonly string[];
  /** Told of failures that no person waits for, such as an answer that came too late. */
  readonly onFault: (what: string, error: unknown) => void;
  /** Told of what passes by itself, such as a lost connection, and of what Tumen does without. */
  readonly onWarning: (what: string, error: unknown) => void;
  /** Where Slack's API is; only tests say another. Ends in a slash. */
  readonly api?: string | undefined;
  /** How long Slack may take to answer; only tests say less. */
  readonly timeoutMs?: number;
  /** Waits so many milliseconds; only tests wait otherwise. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** How Slack's Web API is asked. */
export type WebOptions = webApi.WebClientOptions & { readonly timeout: number; readonly logger: Logger };
