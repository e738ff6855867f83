import { ALERTS, APPLICATION_ALERTS, PLATFORM_ALERTS, type Alert, type AlertName } from '../rules';
import { APPLICATION_RUNBOOKS } from './application-runbooks';
import { PLATFORM_RUNBOOKS } from './platform-runbooks';
import type { Runbook } from './runbook';

export type { Runbook } from './runbook';

/** What to do about each alert. */
export const RUNBOOKS: Readonly<Record<AlertName, Runbook>> = { ...APPLICATION_RUNBOOKS, ...PLATFORM_RUNBOOKS };

const GENERATED = '<!-- Generated from lib/monitoring/runbooks; change the text there. -->';

/** All pages by file name: one for each alert, and an index. */
export function runbookPages(): ReadonlyMap<string, string> {
  const names = Object.keys(ALERTS) as AlertName[];
  return new Map([['README.md', indexPage()], ...names.map((name) => [`${name}.md`, page(name)] as const)]);
}

function page(name: AlertName): string {
  const { meaning, causes, look, mend } = RUNBOOKS[name];
  return [
    GENERATED, `# ${name}`, facts(ALERTS[name]), meaning,
    '## Likely causes', list(causes),
    '## What to look at', variables(name, look),
    ...look.map(([question, command]) => `${question}\n\n\`\`\`sh\n${command}\n\`\`\``),
    '## How to mend it', list(mend),
    '[All runbooks](README.md)',
  ].join('\n\n').concat('\n');
}

/** Where the values of the variables come from. */
function variables(name: AlertName, look: Runbook['look']): string {
  const always = Object.hasOwn(APPLICATION_ALERTS, name) ? '; `NAMESPACE` and `APPLICATION` are always there' : '';
  const monitoring = look.some(([, command]) => command.includes('$MONITORING')) ? ' `MONITORING` is the namespace of the monitoring.' : '';
  return `The labels of the alert give the values of the variables${always}.${monitoring}`;
}

/** How grave it is, when it fires, and what can be changed. */
function facts({ severity, for: hold, threshold }: Alert<never>): string {
  const after = hold === '0s' ? 'at once' : `after ${hold}`;
  const change = threshold ? ` Its threshold is ${threshold.value}: ${threshold.meaning}.` : '';
  return `Severity **${severity}**, ${after}.${change} Both can be changed, or the alert switched off, with \`alerting.alerts\`.`.replace('Both can', threshold ? 'All of it can' : 'Both can');
}

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

function indexPage(): string {
  const table = (alerts: object) => ['| alert | severity | after |', '|---|---|---|', ...(Object.keys(alerts) as AlertName[]).map((name) => `| [${name}](${name}.md) | ${ALERTS[name].severity} | ${ALERTS[name].for} |`)].join('\n');
  return [GENERATED, '# Runbooks', 'A page for each alert that a MonitoringStack can raise: what it means, what is usually behind it, what to look at and how to put it right. Alerts link here.', '## Applications', table(APPLICATION_ALERTS), '## Platform', table(PLATFORM_ALERTS)].join('\n\n').concat('\n');
}
