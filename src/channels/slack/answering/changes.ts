import type { App } from '@slack/bolt';
import { addressOf } from '../address.ts';
import type { Workspaces } from '../workspaces.ts';

/** What a channel or workspace that changed needs. */
export interface ChangeDesk {
  readonly workspaces: Workspaces;
  readonly teamOf: (team: string | undefined) => string | undefined;
}

/** Why nothing is posted any more to the channel that an event tells of. */
const closings = {
  channel_archive: 'This Slack channel is archived',
  group_archive: 'This Slack channel is archived',
  channel_deleted: 'This Slack channel has been deleted',
  group_deleted: 'This Slack channel has been deleted',
  channel_left: 'Tumen is no longer in this Slack channel: invite it there',
  group_left: 'Tumen is no longer in this Slack channel: invite it there',
} as const;

const UNINSTALLED = 'Tumen is no longer installed on this Slack workspace';

/** The events of Slack that are listened to, besides what people do. */
export const changes = ['app_uninstalled', 'tokens_revoked', ...namesOf(closings)] as const;

/** Stops posting where Slack says that Tumen may no longer: tokens are deleted, subscriptions paused with the reason. */
export function attendChanges(app: App, { workspaces, teamOf }: ChangeDesk): void {
  app.event('app_uninstalled', ({ context }) => workspaces.leave(teamOf(context.teamId), UNINSTALLED));
  app.event('tokens_revoked', async ({ event, context }) => {
    if ((event.tokens.bot ?? []).length > 0) await workspaces.leave(teamOf(context.teamId), UNINSTALLED);
  });
  for (const name of namesOf(closings)) {
    app.event(name, async ({ event, context }) => {
      const team = teamOf(context.teamId);
      const { channel } = event;
      await workspaces.close(addressOf(team === undefined ? { channel } : { team, channel }), closings[name]);
    });
  }
}

function namesOf<Name extends string>(table: Readonly<Record<Name, string>>): Name[] {
  return Object.keys(table) as Name[];
}
