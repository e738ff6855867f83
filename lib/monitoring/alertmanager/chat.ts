import type { FileSource } from '../../config/files';
import { compact, type JsonObject } from '../../core/json';
import { addressProblem, fileOf, keyOf, resolved, TEXT, type Kind, type NotificationProps } from './kind';

/** A message in Slack. */
export interface SlackProps extends NotificationProps {
  /** The address of an incoming webhook. @default none: exactly one of `webhook` and `token` is required */
  readonly webhook?: FileSource;
  /** The token of a bot. @default none */
  readonly token?: FileSource;
  /** The channel, `'#alerts'`. @default that of the webhook */
  readonly channel?: string;
}

/** A message in a Teams channel, through a workflow's webhook. */
export interface TeamsProps extends NotificationProps {
  /** The address of the webhook. */
  readonly webhook: FileSource;
}

/** A message in Discord. */
export interface DiscordProps extends NotificationProps {
  /** The address of the webhook. */
  readonly webhook: FileSource;
  /** Who it comes from. @default the webhook's own name */
  readonly username?: string;
}

/** A message in Telegram. */
export interface TelegramProps extends NotificationProps {
  /** The token of the bot. */
  readonly token: FileSource;
  /** The chat, by number; a group's is negative. */
  readonly chat: number;
  /** The topic in the chat. @default none */
  readonly thread?: number;
  /** Whether it comes without a sound. @default false */
  readonly silent?: boolean;
}

/** A message in Webex. */
export interface WebexProps extends NotificationProps {
  /** The token of the bot. */
  readonly token: FileSource;
  /** The room. */
  readonly room: string;
}

/** A message in Mattermost. */
export interface MattermostProps extends NotificationProps {
  /** The address of an incoming webhook. */
  readonly webhook: FileSource;
  /** The channel. @default that of the webhook */
  readonly channel?: string;
}

/** A message in Rocket.Chat. */
export interface RocketchatProps extends NotificationProps {
  /** Address of the server. */
  readonly url: string;
  /** A personal access token. */
  readonly token: FileSource;
  /** The id of its user. */
  readonly tokenId: FileSource;
  /** The channel, `'#alerts'`. */
  readonly channel: string;
}

/** A message in WeCom (WeChat Work). */
export interface WechatProps extends NotificationProps {
  /** The secret of the application. */
  readonly secret: FileSource;
  /** The id of the company. */
  readonly corp: string;
  /** The id of the application. */
  readonly agent: string;
  /** The users it goes to, with `|` between. @default none: one of `toUser`, `toParty` and `toTag` is required */
  readonly toUser?: string;
  /** The departments. @default none */
  readonly toParty?: string;
  /** The tags. @default none */
  readonly toTag?: string;
}

const bearer = (token: FileSource) => ({ config: { authorization: { credentials_file: fileOf(token) } }, resource: { authorization: { credentials: keyOf(token) } } });
const LINKED = { title: TEXT.title, title_link: TEXT.link, color: TEXT.color };

const slack: Kind<SlackProps> = {
  shapes: { webhook: 'map', token: 'map', channel: 'text', sendResolved: 'truth' },
  required: [],
  references: ['webhook', 'token'],
  credentials: [['webhook'], ['token']],
  check: (problems, prop, { token, channel }) => {
    if (token && channel === undefined) problems.add(`${prop}.channel`, undefined, 'a bot writes where it is told: a channel such as "#alerts" is required');
  },
  config: (props) => compact({
    ...resolved(props).config, api_url_file: props.webhook && fileOf(props.webhook), app_token_file: props.token && fileOf(props.token), channel: props.channel,
    ...LINKED, text: TEXT.slack, fallback: TEXT.title,
  })!,
  lacking: ({ token }) => (token ? 'token' : undefined),
  resource: (props) => compact({ ...resolved(props).resource, apiURL: props.webhook && keyOf(props.webhook), channel: props.channel, title: TEXT.title, titleLink: TEXT.link, color: TEXT.color, text: TEXT.slack, fallback: TEXT.title })!,
};

const msteamsv2: Kind<TeamsProps> = {
  shapes: { webhook: 'map', sendResolved: 'truth' },
  required: [],
  references: ['webhook'],
  config: (props) => ({ ...resolved(props).config, webhook_url_file: fileOf(props.webhook), title: TEXT.title, text: TEXT.markdown }),
  resource: (props) => ({ ...resolved(props).resource, webhookURL: keyOf(props.webhook), title: TEXT.title, text: TEXT.markdown }),
};

const discord: Kind<DiscordProps> = {
  shapes: { webhook: 'map', username: 'text', sendResolved: 'truth' },
  required: [],
  references: ['webhook'],
  config: (props) => compact({ ...resolved(props).config, webhook_url_file: fileOf(props.webhook), username: props.username, title: TEXT.title, message: TEXT.markdown })!,
  resource: (props) => compact({ ...resolved(props).resource, apiURL: keyOf(props.webhook), username: props.username, title: TEXT.title, message: TEXT.markdown })!,
};

const telegram: Kind<TelegramProps> = {
  shapes: { token: 'map', chat: 'number', thread: 'number', silent: 'truth', sendResolved: 'truth' },
  required: ['chat'],
  references: ['token'],
  check: (problems, prop, { chat, thread }) => {
    for (const [key, id] of Object.entries({ chat, thread })) if (id !== undefined && (!Number.isSafeInteger(id) || id === 0)) problems.add(`${prop}.${key}`, id, 'a whole number other than 0 is allowed');
  },
  config: (props) => compact({ ...resolved(props).config, bot_token_file: fileOf(props.token), chat_id: props.chat, message_thread_id: props.thread, disable_notifications: props.silent, message: TEXT.html, parse_mode: 'HTML' })!,
  resource: (props) => compact({ ...resolved(props).resource, botToken: keyOf(props.token), chatID: props.chat, messageThreadID: props.thread, disableNotifications: props.silent, message: TEXT.html, parseMode: 'HTML' })!,
};

const webex: Kind<WebexProps> = {
  shapes: { token: 'map', room: 'text', sendResolved: 'truth' },
  required: ['room'],
  references: ['token'],
  config: (props) => ({ ...resolved(props).config, room_id: props.room, message: TEXT.markdown, http_config: bearer(props.token).config }),
  resource: (props) => ({ ...resolved(props).resource, roomID: props.room, message: TEXT.markdown, httpConfig: bearer(props.token).resource }),
};

const mattermost: Kind<MattermostProps> = {
  shapes: { webhook: 'map', channel: 'text', sendResolved: 'truth' },
  required: [],
  references: ['webhook'],
  config: (props) => compact({ ...resolved(props).config, webhook_url_file: fileOf(props.webhook), channel: props.channel, ...LINKED, text: TEXT.markdown, fallback: TEXT.title })!,
};

const rocketchat: Kind<RocketchatProps> = {
  shapes: { url: 'text', token: 'map', tokenId: 'map', channel: 'text', sendResolved: 'truth' },
  required: ['url', 'channel'],
  references: ['token', 'tokenId'],
  check: (problems, prop, { url }) => {
    if (url !== undefined) problems.check(`${prop}.url`, url, addressProblem);
  },
  config: (props) => ({ ...resolved(props).config, api_url: props.url, token_file: fileOf(props.token), token_id_file: fileOf(props.tokenId), channel: props.channel, ...LINKED, text: TEXT.markdown }),
  resource: (props) => ({
    ...resolved(props).resource, apiURL: props.url, token: keyOf(props.token), tokenID: keyOf(props.tokenId), channel: props.channel, title: TEXT.title, titleLink: TEXT.link, color: TEXT.color, text: TEXT.markdown,
  }),
};

const recipients = ({ toUser, toParty, toTag }: WechatProps): JsonObject => ({ toUser, toParty, toTag });

const wechat: Kind<WechatProps> = {
  shapes: { secret: 'map', corp: 'text', agent: 'text', toUser: 'text', toParty: 'text', toTag: 'text', sendResolved: 'truth' },
  required: ['corp', 'agent'],
  references: ['secret'],
  check: (problems, prop, props) => {
    if (!compact(recipients(props))) problems.add(prop, undefined, "somebody to tell is required: 'toUser', 'toParty' or 'toTag'");
  },
  config: (props) => compact({
    ...resolved(props).config, api_secret_file: fileOf(props.secret), corp_id: props.corp, agent_id: props.agent, to_user: props.toUser, to_party: props.toParty, to_tag: props.toTag, message: TEXT.markdown, message_type: 'markdown',
  })!,
  resource: (props) => compact({ ...resolved(props).resource, apiSecret: keyOf(props.secret), corpID: props.corp, agentID: props.agent, ...recipients(props), message: TEXT.markdown, messageType: 'markdown' })!,
};

/** Chats. */
export const CHAT_KINDS = { slack, msteamsv2, discord, telegram, webex, mattermost, rocketchat, wechat };
