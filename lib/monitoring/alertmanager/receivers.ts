import { FileSource } from '../../config/files';
import { asObject } from '../../core/shape';
import type { JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import { CHAT_KINDS, type DiscordProps, type MattermostProps, type RocketchatProps, type SlackProps, type TeamsProps, type TelegramProps, type WebexProps, type WechatProps } from './chat';
import { readNotification, type Kind, type NotificationProps } from './kind';
import { ON_CALL_KINDS, type EmailProps, type IncidentioProps, type JiraProps, type OpsgenieProps, type PagerdutyProps, type PushoverProps, type SnsProps, type VictoropsProps, type WebhookProps } from './on-call';

/** One notification, or several of the same kind. */
export type OneOrMore<T> = T | readonly T[];

/** Who is told of an alert, and how: any number of ways at once. An empty object tells nobody. */
export interface ReceiverProps {
  /** Messages in Slack. @default none */
  readonly slack?: OneOrMore<SlackProps>;
  /** Messages in Microsoft Teams. @default none */
  readonly msteamsv2?: OneOrMore<TeamsProps>;
  /** Messages in Discord. @default none */
  readonly discord?: OneOrMore<DiscordProps>;
  /** Messages in Telegram. @default none */
  readonly telegram?: OneOrMore<TelegramProps>;
  /** Messages in Webex. @default none */
  readonly webex?: OneOrMore<WebexProps>;
  /** Messages in Mattermost; not as an AlertmanagerConfig resource. @default none */
  readonly mattermost?: OneOrMore<MattermostProps>;
  /** Messages in Rocket.Chat. @default none */
  readonly rocketchat?: OneOrMore<RocketchatProps>;
  /** Messages in WeCom. @default none */
  readonly wechat?: OneOrMore<WechatProps>;
  /** Mails. @default none */
  readonly email?: OneOrMore<EmailProps>;
  /** Events in PagerDuty. @default none */
  readonly pagerduty?: OneOrMore<PagerdutyProps>;
  /** Alerts in Opsgenie. @default none */
  readonly opsgenie?: OneOrMore<OpsgenieProps>;
  /** Incidents in VictorOps. @default none */
  readonly victorops?: OneOrMore<VictoropsProps>;
  /** Push messages by Pushover. @default none */
  readonly pushover?: OneOrMore<PushoverProps>;
  /** Messages to AWS SNS. @default none */
  readonly sns?: OneOrMore<SnsProps>;
  /** Issues in Jira; not as an AlertmanagerConfig resource. @default none */
  readonly jira?: OneOrMore<JiraProps>;
  /** Alerts in incident.io; not as an AlertmanagerConfig resource. @default none */
  readonly incidentio?: OneOrMore<IncidentioProps>;
  /** Requests to any address. @default none */
  readonly webhook?: OneOrMore<WebhookProps>;
}

/** Name of a way of notifying. */
export type ReceiverKind = keyof ReceiverProps;

const KINDS = { ...CHAT_KINDS, ...ON_CALL_KINDS } as unknown as Readonly<Record<ReceiverKind, Kind<NotificationProps>>>;

/** All ways of notifying. */
export const RECEIVER_KINDS = Object.keys(KINDS) as readonly ReceiverKind[];

/** A receiver as read. */
export interface Receiver {
  readonly name: string;
  readonly notifications: readonly { readonly kind: ReceiverKind; readonly props: NotificationProps; readonly prop: string }[];
}

/** Reads the receivers; all that is wrong with them is reported. */
export function readReceivers(problems: Mistakes, prop: string, given: Readonly<Record<string, ReceiverProps>> | undefined): readonly Receiver[] {
  const entries = Object.entries(asObject<Record<string, ReceiverProps>>(problems, prop, given));
  if (entries.length === 0) problems.add(prop, given, "at least one receiver is required, such as { team: { slack: { webhook: fileFromSecret('alerting', 'slack') } } }");
  return entries.map(([name, receiver]) => ({ name, notifications: readReceiver(problems, `${prop}.${name}`, receiver!) }));
}

function readReceiver(problems: Mistakes, prop: string, given: ReceiverProps): Receiver['notifications'] {
  return Object.entries(asObject(problems, prop, given)).flatMap(([kind, input]) => {
    if (input === undefined) return [];
    if (!Object.hasOwn(KINDS, kind)) {
      problems.refuse(`${prop}.${kind}`, `there is no such kind of receiver; ${sentenceList(RECEIVER_KINDS)} are allowed${didYouMean(kind, RECEIVER_KINDS)}`);
      return [];
    }
    const several = Array.isArray(input);
    return ((several ? input : [input]) as readonly NotificationProps[]).map((props, index) => {
      const path = `${prop}.${kind}${several ? `[${index}]` : ''}`;
      return { kind: kind as ReceiverKind, props: readNotification(problems, path, KINDS[kind as ReceiverKind], props), prop: path };
    });
  });
}

/** The keys of Secrets that a receiver needs. */
export const credentialsOf = ({ notifications }: Receiver): readonly FileSource[] => notifications.flatMap(({ props }) => Object.values(props).filter((value): value is FileSource => value instanceof FileSource));

/** The addresses of a receiver that stand in the program. */
export function addressesOf({ notifications }: Receiver): readonly URL[] {
  return notifications.flatMap(({ props }) => {
    const { url, smarthost } = props as { readonly url?: unknown; readonly smarthost?: unknown };
    return [url, typeof smarthost === 'string' ? `smtp://${smarthost}` : undefined].filter((address): address is string => typeof address === 'string' && URL.canParse(address)).map((address) => new URL(address));
  });
}

/** A receiver as Alertmanager's configuration has it. */
export function renderReceiver({ name, notifications }: Receiver): JsonObject {
  return { name, ...grouped(notifications.map(({ kind, props }) => [`${kind}_configs`, KINDS[kind].config(props)])) };
}

/** A receiver as the AlertmanagerConfig resource has it; what that lacks is reported. */
export function renderReceiverResource(problems: Mistakes, { name, notifications }: Receiver): JsonObject {
  const rendered = notifications.flatMap(({ kind, props, prop }): [string, JsonObject][] => {
    const { resource, lacking } = KINDS[kind];
    const missing = lacking?.(props);
    if (!resource) problems.refuse(prop, `the AlertmanagerConfig resource has no receivers of this kind; ${MEND}`);
    else if (missing !== undefined) problems.refuse(`${prop}.${missing}`, `the AlertmanagerConfig resource lacks this; ${MEND}`);
    return resource && missing === undefined ? [[`${kind}Configs`, resource(props)]] : [];
  });
  return { name, ...grouped(rendered) };
}

const MEND = "give the operator the whole configuration as a Secret with configuration: 'secret', or take another receiver";

function grouped(entries: readonly (readonly [string, JsonObject])[]): JsonObject {
  const groups: Record<string, JsonObject[]> = {};
  for (const [key, value] of entries) (groups[key] ??= []).push(value);
  return groups;
}
