import type { ColumnTypes, Dialect } from './engines/dialect.ts';
import { raw, type Statement } from './engines/sql.ts';
import { correctionTables } from './correction-tables.ts';
import { eventIndexes, eventNumberIndex } from './event-indexes.ts';
import { installationTable } from './installation-table.ts';

/** The end of what still holds: later than any moment that a clock will tell (year 2255). */
export const FOREVER = 9_000_000_000_000;

/** Events that span more days than this are few, and looked for apart. */
export const LONG_DAYS = 31;

/**
 * The tables, as the list of steps that lead to them. A step that has shipped is never changed: the next is appended.
 *
 * Moments are epoch milliseconds, days text, JSON text. `value` holds the whole value as JSON; the columns beside it
 * are what it is looked up by. `since` and `until` bound the time during which a row was true, [since, until).
 */
export const migrations: readonly ((dialect: Dialect) => readonly Statement[])[] = [
  ({ types, indexTables }) => [
    ...[...feedTables, ...itemTables, ...eventTables, ...chatTables].map((table) => raw(table(types))),
    ...indexTables,
  ],
  ({ types }) => verdictTables.map((table) => raw(table(types))),
  ({ types }) => [raw(installationTable(types))],
  ({ types }) => publishingTables.map((table) => raw(table(types))),
  ({ types }) => correctionTables(types).map(raw),
  ({ indexTuning }) => indexTuning,
  () => eventIndexes.map((statement) => raw(statement)),
  () => [raw(`drop index event_number`), raw(eventNumberIndex)],
  ({ indexBuffer }) => indexBuffer,
  ({ indexReserve }) => indexReserve,
  ({ indexGrowth }) => indexGrowth,
  () => [raw(`drop index item_feed`)],
  () => deliveryIndexes.map(raw),
  () => [raw(`alter table delivery add column gone_since bigint`)],
];

/** Writes one definition in an engine's words. */
type Table = (types: ColumnTypes) => string;

const feedTables: readonly Table[] = [
  ({ text }) => `create table feed (
    id ${text} primary key,
    state ${text},
    lease ${text},
    leased_until bigint not null
  )`,
];

const itemTables: readonly Table[] = [
  ({ text }) => `create table source (
    number bigint primary key,
    value ${text} not null unique
  )`,
  ({ text, numberKey }) => `create table item (
    number ${numberKey},
    id ${text} not null unique,
    feed ${text},
    source bigint not null,
    url ${text},
    title ${text} not null,
    text ${text} not null,
    language ${text} not null,
    published bigint,
    published_precision ${text},
    seen bigint not null,
    replaces ${text}
  )`,
  () => `create index item_feed on item (feed, seen)`,
  () => `create index item_replaces on item (replaces) where replaces is not null`,
  ({ text, keyed }) => `create table item_key (
    key ${text} not null,
    item ${text} not null,
    primary key (key, item)
  )${keyed}`,
  () => `create index item_key_item on item_key (item)`,
  ({ text, keyed }) => `create table word_form (
    stem ${text} not null,
    language ${text} not null,
    word ${text} not null,
    primary key (stem, language, word)
  )${keyed}`,
  ({ text }) => `create table copy (
    item ${text} primary key,
    original ${text} not null
  )`,
  () => `create index copy_original on copy (original)`,
  ({ text }) => `create table item_match (
    item ${text} not null,
    topic ${text} not null,
    zone ${text} not null,
    score double precision not null,
    value ${text} not null,
    primary key (item, topic)
  )`,
];

const eventTables: readonly Table[] = [
  ({ text }) => `create table event (
    id ${text} not null,
    since bigint not null,
    until bigint not null,
    number bigint not null,
    topic ${text} not null,
    kind ${text} not null,
    status ${text} not null,
    direction ${text} not null,
    first_day ${text} not null,
    last_day ${text} not null,
    span bigint not null,
    newsrooms bigint not null,
    first_seen bigint not null,
    value ${text} not null,
    primary key (id, since)
  )`,
  () => `create unique index event_current on event (id) where until = ${FOREVER}`,
  () => `create index event_number on event (number, topic, until)`,
  () => `create index event_by_day on event (topic, until, first_day, id)`,
  () => `create index event_ever_by_day on event (topic, first_day, id)`,
  () => `create index event_long on event (topic, until, last_day) where span > ${LONG_DAYS}`,
  () => `create index event_by_seen on event (topic, until, first_seen, id)`,
  () => `create index event_by_change on event (topic, since)`,
  ({ text }) => `create table claim (
    event ${text} not null,
    key ${text} not null,
    since bigint not null,
    until bigint not null,
    id ${text} not null,
    item ${text},
    kind ${text} not null,
    stance ${text} not null,
    language ${text} not null,
    first_day ${text} not null,
    last_day ${text} not null,
    value ${text} not null,
    primary key (event, key)
  )`,
  () => `create index claim_item on claim (item)`,
  () => `create index claim_id on claim (id)`,
  ({ text }) => `create table citation (
    event ${text} not null,
    key ${text} not null,
    since bigint not null,
    until bigint not null,
    item ${text},
    url ${text},
    language ${text} not null,
    family ${text} not null,
    outlet ${text} not null,
    value ${text} not null,
    primary key (event, key)
  )`,
  ({ text }) => `create table signature (
    event ${text} not null,
    key ${text} not null,
    since bigint not null,
    until bigint not null,
    value ${text} not null,
    primary key (event, key)
  )`,
  () => `create index citation_item on citation (item)`,
  () => `create index citation_url on citation (url)`,
  ({ text, keyed }) => `create table entity (
    type ${text} not null,
    id ${text} not null,
    event ${text} not null,
    claim ${text} not null,
    since bigint not null,
    until bigint not null,
    primary key (event, claim, type, id, since)
  )${keyed}`,
  () => `create index entity_by_id on entity (id, type, until, event)`,
  ({ text }) => `create table alias (
    id ${text} primary key,
    event ${text} not null,
    moment bigint not null
  )`,
  () => `create index alias_event on alias (event)`,
  ({ text }) => `create table correction (
    id ${text} primary key,
    event ${text} not null,
    moment bigint not null,
    undone bigint,
    value ${text} not null
  )`,
  () => `create index correction_event on correction (event, moment)`,
  ({ text, keyed }) => `create table event_key (
    key ${text} not null,
    event ${text} not null,
    primary key (key, event)
  )${keyed}`,
  () => `create index event_key_event on event_key (event)`,
  ({ text, keyed }) => `create table pending_item (
    item ${text} not null,
    topic ${text} not null,
    primary key (topic, item)
  )${keyed}`,
];

const chatTables: readonly Table[] = [
  ({ text }) => `create table subscription (
    id ${text} primary key,
    platform ${text} not null,
    address ${text} not null,
    topic ${text} not null,
    paused ${text},
    created bigint not null,
    value ${text} not null
  )`,
  () => `create index subscription_channel on subscription (platform, address)`,
  ({ text }) => `create table delivery (
    subscription ${text} not null,
    first_day ${text} not null,
    last_day ${text} not null,
    slot ${text} not null,
    zone ${text} not null,
    state ${text} not null,
    attempts bigint not null,
    due bigint not null,
    lease ${text},
    leased_until bigint not null,
    reason ${text},
    message ${text},
    posted bigint,
    primary key (subscription, first_day, last_day, slot)
  )`,
  () => `create index delivery_open on delivery (due) where state in ('due', 'sending')`,
  ({ text, keyed }) => `create table delivered_event (
    event ${text} not null,
    subscription ${text} not null,
    first_day ${text} not null,
    last_day ${text} not null,
    slot ${text} not null,
    primary key (event, subscription, first_day, last_day, slot)
  )${keyed}`,
  () => `create index delivered_event_by_delivery on delivered_event (subscription, first_day)`,
  ({ text }) => `create table setting (
    key ${text} primary key,
    value ${text} not null
  )`,
];

const verdictTables: readonly Table[] = [
  ({ text }) => `create table verdict (
    id ${text} primary key,
    topic ${text} not null,
    moment bigint not null,
    undone bigint,
    value ${text} not null
  )`,
  ({ text, keyed }) => `create table verdict_key (
    key ${text} not null,
    verdict ${text} not null,
    primary key (key, verdict)
  )${keyed}`,
];

/**
 * What publishing keeps beside a subscription: when it is to be looked at again (`look_at`), when it was last (`looked`),
 * whether it wants alerts, and how many digests it has had; and beside a delivery: what it was made from (`issue`), its
 * number, and until when it knew (`known`, 0 while it is not posted). An alert is a delivery too; `root` is the slot of the
 * alert whose post it continues.
 */
const publishingTables: readonly Table[] = [
  () => `alter table subscription add column look_at bigint not null default 0`,
  () => `alter table subscription add column looked bigint not null default 0`,
  () => `alter table subscription add column alerts bigint not null default 0`,
  () => `alter table subscription add column digests bigint not null default 0`,
  () => `create index subscription_look on subscription (look_at) where paused is null`,
  () => `create index subscription_looked on subscription (looked) where paused is null`,
  () => `create index subscription_alerts on subscription (alerts) where alerts = 1`,
  ({ text }) => `alter table delivery add column kind ${text} not null default 'digest'`,
  ({ text }) => `alter table delivery add column root ${text}`,
  ({ text }) => `alter table delivery add column issue ${text}`,
  () => `alter table delivery add column number bigint`,
  () => `alter table delivery add column known bigint not null default 0`,
  () => `drop index delivery_open`,
  () =>
    `create index delivery_turn on delivery (due, subscription, first_day, slot) where state in ('due', 'sending')`,
  () =>
    `create index delivery_undecided on delivery (subscription, state, slot) where state in ('due', 'sending')`,
  () => `create index delivery_known on delivery (subscription, known)`,
  () => `create index delivery_number on delivery (subscription, number) where number is not null`,
  () => `create index delivery_alert on delivery (subscription, posted) where kind = 'alert'`,
  () => `alter table delivered_event add column version bigint not null default 0`,
  ({ text }) => `create table issue (
    id ${text} primary key,
    value ${text} not null
  )`,
];

/** An index that a delivery enters only when it is tried, and one when it is posted: each is written once less for every slot. */
const deliveryIndexes: readonly string[] = [
  `drop index delivery_undecided`,
  `create index delivery_undecided on delivery (subscription, slot)
    where state in ('due', 'sending') and kind = 'digest' and attempts > 0`,
  `drop index delivery_known`,
  `create index delivery_known on delivery (subscription, known) where known > 0`,
];
