import type { Installation } from '@slack/bolt';

/** What is remembered of the workspaces on Slack, across restarts and processes. */
export interface Workspaces {
  /**
   * Makes sure that what is remembered can be read.
   *
   * @throws {ConfigError} when it was sealed with a key that is not set
   */
  check(): Promise<void>;
  /** What a workspace handed over when it let Tumen in; `undefined` when it has not. */
  find(team: string): Promise<Installation | undefined>;
  save(team: string, installation: Installation): Promise<void>;
  /** Forgets the tokens of a workspace and pauses what is posted there. Absent, it is the workspace of the settings. */
  leave(team: string | undefined, reason: string): Promise<void>;
  /** Pauses what is posted to one channel. */
  close(address: string, reason: string): Promise<void>;
  /** Addresses of the channels that digests are posted to. */
  addresses(): Promise<readonly string[]>;
}
