import type { FileSource } from '../../config/files';
import { compact, isPlainObject, type JsonObject } from '../../core/json';
import { isPort } from '../../network/ports';
import { addressProblem, fileOf, keyOf, resolved, TEXT, type Kind, type NotificationProps } from './kind';

/** A mail. */
export interface EmailProps extends NotificationProps {
  /** Addresses it goes to, with commas between. */
  readonly to: string;
  /** Address it comes from. */
  readonly from: string;
  /** The mail server with its port: `'smtp.example.com:587'`. */
  readonly smarthost: string;
  /** The user. @default the server asks for none */
  readonly username?: string;
  /** The user's password; required with `username`. @default none */
  readonly password?: FileSource;
  /** Whether the connection must be encrypted. @default true */
  readonly requireTls?: boolean;
}

/** An event in PagerDuty. */
export interface PagerdutyProps extends NotificationProps {
  /** The integration key of the service (Events API v2). */
  readonly routingKey: FileSource;
}

/** An alert in Opsgenie. */
export interface OpsgenieProps extends NotificationProps {
  /** The key of the integration. */
  readonly apiKey: FileSource;
  /** The address of the API: `'https://api.eu.opsgenie.com/'` for Europe. @default the one in the United States */
  readonly url?: string;
}

/** An incident in VictorOps (Splunk On-Call). */
export interface VictoropsProps extends NotificationProps {
  /** The key of the integration. */
  readonly apiKey: FileSource;
  /** The routing key: which team it goes to. */
  readonly routingKey: string;
}

/** A push message by Pushover. */
export interface PushoverProps extends NotificationProps {
  /** The key of the user or group. */
  readonly userKey: FileSource;
  /** The token of the application. */
  readonly token: FileSource;
}

/** A message to a topic of AWS SNS; it is sent with the identity of Alertmanager's service account. */
export interface SnsProps extends NotificationProps {
  /** The region. */
  readonly region: string;
  /** The topic. */
  readonly topicArn: string;
}

/** An issue in Jira. */
export interface JiraProps extends NotificationProps {
  /** Address of the API: `'https://acme.atlassian.net/rest/api/3/'`. */
  readonly url: string;
  /** Key of the project. */
  readonly project: string;
  /** The type of the issue: `'Bug'`. */
  readonly issueType: string;
  /** The user whose API token it is. @default none: a personal access token, as of Jira Data Center */
  readonly username?: string;
  /** The token. */
  readonly token: FileSource;
  /** The transition that ends the issue. @default it stays open */
  readonly resolveTransition?: string;
}

/** An alert in incident.io. */
export interface IncidentioProps extends NotificationProps {
  /** Address of the alert source. */
  readonly url: string;
  /** The token of the alert source. */
  readonly token: FileSource;
}

/** A request to any address: to a program of one's own, a dead man's switch or, with `payload`, to a service that wants another form. */
export interface WebhookProps extends NotificationProps {
  /** The address; of a Secret where knowing it is all it takes to write there. */
  readonly url: FileSource | string;
  /** A token that is sent along. @default none */
  readonly token?: FileSource;
  /** What is sent, in place of Alertmanager's own form; texts in it may be templates. @default Alertmanager's own form */
  readonly payload?: JsonObject;
  /** Most alerts in one request. @default all */
  readonly maxAlerts?: number;
}

const HOST_PORT = /^[A-Za-z0-9.-]+:(\d+)$/;

const email: Kind<EmailProps> = {
  shapes: { to: 'text', from: 'text', smarthost: 'text', username: 'text', password: 'map', requireTls: 'truth', sendResolved: 'truth' },
  required: ['to', 'from', 'smarthost'],
  references: ['password'],
  credentials: [],
  check: (problems, prop, { smarthost, username, password }) => {
    if (smarthost !== undefined && !isPort(Number(HOST_PORT.exec(smarthost)?.[1]))) problems.add(`${prop}.smarthost`, smarthost, 'a server with its port is allowed, such as "smtp.example.com:587"');
    if ((username === undefined) !== (password === undefined)) problems.refuse(`${prop}.${username === undefined ? 'username' : 'password'}`, `got nothing; 'username' and 'password' go together, the password as fileFromSecret('name', 'key')`);
  },
  config: (props) => compact({
    ...resolved(props).config, to: props.to, from: props.from, smarthost: props.smarthost, auth_username: props.username, auth_password_file: props.password && fileOf(props.password), require_tls: props.requireTls,
    headers: { Subject: TEXT.title }, html: TEXT.mail, text: TEXT.text,
  })!,
  resource: (props) => compact({
    ...resolved(props).resource, to: props.to, from: props.from, smarthost: props.smarthost, authUsername: props.username, authPassword: props.password && keyOf(props.password), requireTLS: props.requireTls,
    headers: [{ key: 'Subject', value: TEXT.title }], html: TEXT.mail, text: TEXT.text,
  })!,
};

const pagerduty: Kind<PagerdutyProps> = {
  shapes: { routingKey: 'map', sendResolved: 'truth' },
  required: [],
  references: ['routingKey'],
  config: (props) => ({ ...resolved(props).config, routing_key_file: fileOf(props.routingKey), description: TEXT.title, severity: TEXT.severity, client_url: TEXT.link, details: { text: TEXT.text } }),
  resource: (props) => ({ ...resolved(props).resource, routingKey: keyOf(props.routingKey), description: TEXT.title, severity: TEXT.severity, clientURL: TEXT.link, details: [{ key: 'text', value: TEXT.text }] }),
};

const opsgenie: Kind<OpsgenieProps> = {
  shapes: { apiKey: 'map', url: 'text', sendResolved: 'truth' },
  required: [],
  references: ['apiKey'],
  check: (problems, prop, { url }) => {
    if (url !== undefined) problems.check(`${prop}.url`, url, addressProblem);
  },
  config: (props) => compact({ ...resolved(props).config, api_key_file: fileOf(props.apiKey), api_url: props.url, message: TEXT.title, description: TEXT.text, priority: TEXT.priority })!,
  resource: (props) => compact({ ...resolved(props).resource, apiKey: keyOf(props.apiKey), apiURL: props.url, message: TEXT.title, description: TEXT.text, priority: TEXT.priority })!,
};

/** What VictorOps calls the severities. */
const VICTOROPS_TYPE = '{{ .CommonLabels.severity | toUpper }}';

const victorops: Kind<VictoropsProps> = {
  shapes: { apiKey: 'map', routingKey: 'text', sendResolved: 'truth' },
  required: ['routingKey'],
  references: ['apiKey'],
  config: (props) => ({ ...resolved(props).config, api_key_file: fileOf(props.apiKey), routing_key: props.routingKey, message_type: VICTOROPS_TYPE, entity_display_name: TEXT.title, state_message: TEXT.text }),
  resource: (props) => ({ ...resolved(props).resource, apiKey: keyOf(props.apiKey), routingKey: props.routingKey, messageType: VICTOROPS_TYPE, entityDisplayName: TEXT.title, stateMessage: TEXT.text }),
};

/** 2 rings until somebody says that it was seen. */
const PUSHOVER_PRIORITY = '{{ if and (eq .Status "firing") (eq .CommonLabels.severity "critical") }}2{{ else }}0{{ end }}';

const pushover: Kind<PushoverProps> = {
  shapes: { userKey: 'map', token: 'map', sendResolved: 'truth' },
  required: [],
  references: ['userKey', 'token'],
  config: (props) => ({ ...resolved(props).config, user_key_file: fileOf(props.userKey), token_file: fileOf(props.token), title: TEXT.title, message: TEXT.text, url: TEXT.link, priority: PUSHOVER_PRIORITY }),
  resource: (props) => ({ ...resolved(props).resource, userKey: keyOf(props.userKey), token: keyOf(props.token), title: TEXT.title, message: TEXT.text, url: TEXT.link, priority: PUSHOVER_PRIORITY }),
};

const sns: Kind<SnsProps> = {
  shapes: { region: 'text', topicArn: 'text', sendResolved: 'truth' },
  required: ['region', 'topicArn'],
  references: [],
  check: (problems, prop, { topicArn }) => {
    if (topicArn !== undefined && !/^arn:aws[\w-]*:sns:/.test(topicArn)) problems.add(`${prop}.topicArn`, topicArn, 'the ARN of a topic is allowed, such as "arn:aws:sns:eu-west-1:123456789012:alerts"');
  },
  config: (props) => ({ ...resolved(props).config, sigv4: { region: props.region }, topic_arn: props.topicArn, subject: TEXT.title, message: TEXT.text }),
  resource: (props) => ({ ...resolved(props).resource, sigv4: { region: props.region }, topicARN: props.topicArn, subject: TEXT.title, message: TEXT.text }),
};

const jira: Kind<JiraProps> = {
  shapes: { url: 'text', project: 'text', issueType: 'text', username: 'text', token: 'map', resolveTransition: 'text', sendResolved: 'truth' },
  required: ['url', 'project', 'issueType'],
  references: ['token'],
  check: (problems, prop, { url }) => {
    if (url !== undefined) problems.check(`${prop}.url`, url, addressProblem);
  },
  config: (props) => compact({
    ...resolved(props).config, api_url: props.url, project: props.project, issue_type: props.issueType, resolve_transition: props.resolveTransition, summary: TEXT.title, description: TEXT.text, priority: '',
    http_config: props.username === undefined ? { authorization: { credentials_file: fileOf(props.token) } } : { basic_auth: { username: props.username, password_file: fileOf(props.token) } },
  })!,
};

const incidentio: Kind<IncidentioProps> = {
  shapes: { url: 'text', token: 'map', sendResolved: 'truth' },
  required: ['url'],
  references: ['token'],
  check: (problems, prop, { url }) => {
    if (url !== undefined) problems.check(`${prop}.url`, url, addressProblem);
  },
  config: (props) => ({ ...resolved(props).config, url: props.url, alert_source_token_file: fileOf(props.token) }),
};

const webhook: Kind<WebhookProps> = {
  shapes: { url: 'any', token: 'map', payload: 'any', maxAlerts: 'number', sendResolved: 'truth' },
  required: [],
  references: ['url', 'token'],
  credentials: [],
  check: (problems, prop, { url, payload, maxAlerts }) => {
    if (url === undefined) problems.refuse(`${prop}.url`, "got nothing; an address, or fileFromSecret('name', 'key') where it is secret, is required");
    else if (typeof url === 'string' && addressProblem(url)) problems.refuse(`${prop}.url`, addressProblem(url)!);
    if (payload !== undefined && !isPlainObject(payload)) problems.add(`${prop}.payload`, payload, 'an object is allowed');
    if (maxAlerts !== undefined && !(Number.isInteger(maxAlerts) && maxAlerts > 0)) problems.add(`${prop}.maxAlerts`, maxAlerts, 'a whole number from 1 is allowed');
  },
  config: (props) => compact({
    ...resolved(props).config, ...(typeof props.url === 'string' ? { url: props.url } : { url_file: fileOf(props.url) }), max_alerts: props.maxAlerts, payload: props.payload,
    http_config: props.token && { authorization: { credentials_file: fileOf(props.token) } },
  })!,
  lacking: ({ payload }) => (payload === undefined ? undefined : 'payload'),
  resource: (props) => compact({
    ...resolved(props).resource, ...(typeof props.url === 'string' ? { url: props.url } : { urlSecret: keyOf(props.url) }), maxAlerts: props.maxAlerts,
    httpConfig: props.token && { authorization: { credentials: keyOf(props.token) } },
  })!,
};

/** Mail, services for those on call, trackers of issues, and requests to anything else. */
export const ON_CALL_KINDS = { email, pagerduty, opsgenie, victorops, pushover, sns, jira, incidentio, webhook };
