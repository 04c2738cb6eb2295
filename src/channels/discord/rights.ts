import { type APIGuildMember, type APIOverwrite, type APIRole, PermissionFlagsBits } from 'discord.js';

/** What rights on a channel follow from. */
export interface Standing {
  readonly guild: { readonly id: string; readonly owner_id: string; readonly roles: readonly APIRole[] };
  readonly member: Pick<APIGuildMember, 'roles'> & { readonly user: { readonly id: string } };
  /** Those of the channel, or of the channel that a thread belongs to. */
  readonly overwrites: readonly APIOverwrite[];
}

/** What a member may do in a channel (https://docs.discord.com/developers/topics/permissions#permission-overwrites). */
export function rightsOf({ guild, member, overwrites }: Standing): bigint {
  const all = ~0n;
  if (guild.owner_id === member.user.id) return all;
  const roles = new Set([guild.id, ...member.roles]);
  const own = guild.roles
    .filter(({ id }) => roles.has(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((own & PermissionFlagsBits.Administrator) !== 0n) return all;
  const steps = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id }) => id !== guild.id && roles.has(id)),
    overwrites.filter(({ id }) => id === member.user.id),
  ];
  return steps.reduce(changed, own);
}

/** Applies overwrites of one rank: what any of them denies goes, then what any of them allows comes. */
function changed(rights: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const denied = overwrites.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
  const allowed = overwrites.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
  return (rights & ~denied) | allowed;
}
