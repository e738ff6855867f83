/** One line: how grave, where, and what is wrong. */
const TITLE = `{{ define "fairlead.title" -}}
{{ if eq .Status "firing" }}{{ .CommonLabels.severity | toUpper }}{{ else }}RESOLVED{{ end }}
{{- with .CommonLabels.environment }} [{{ . }}]{{ end }}: {{ with .CommonAnnotations.summary }}{{ . }}{{ else }}{{ .GroupLabels.SortedPairs.Values | join " " }}{{ end }}
{{- if gt (len .Alerts) 1 }} ({{ len .Alerts }} alerts){{ end }}
{{- end }}`;

/** The alerts, each with its description and links, in the markup of one kind of service. */
const body = (name: string, { bold, link, line, gap }: { bold: (text: string) => string; link: (text: string, url: string) => string; line: string; gap: string }) => `{{ define "fairlead.${name}" -}}
{{ range $index, $alert := .Alerts }}{{ if $index }}${gap}{{ end -}}
{{ if eq $alert.Status "resolved" }}${bold('Over:')} {{ end }}${bold('{{ $alert.Annotations.summary }}')}${line}{{ $alert.Annotations.description }}
{{- with $alert.Annotations.runbook_url }}${line}${link('What to do', '{{ . }}')}{{ end }}
{{- with $alert.Annotations.dashboard_url }}${line}${link('Dashboard', '{{ . }}')}{{ end }}
{{- with $alert.Annotations.logs_url }}${line}${link('Logs', '{{ . }}')}{{ end }}
{{- end }}
{{- end }}`;

const LINE = '{{ "\\n" }}';
const plain = { bold: (text: string) => text, link: (text: string, url: string) => `${text}: ${url}`, line: LINE, gap: `${LINE}${LINE}` };
const markdown = { bold: (text: string) => `**${text}**`, link: (text: string, url: string) => `[${text}](${url})`, line: `${LINE}${LINE}`, gap: `${LINE}${LINE}` };
const slack = { bold: (text: string) => `*${text}*`, link: (text: string, url: string) => `<${url}|${text}>`, line: LINE, gap: `${LINE}${LINE}` };
const html = { bold: (text: string) => `<b>${text}</b>`, link: (text: string, url: string) => `<a href="${url}">${text}</a>`, line: LINE, gap: `${LINE}${LINE}` };

const bySeverity = (name: string, { critical, warning, info, over }: { critical: string; warning: string; info: string; over: string }) =>
  `{{ define "fairlead.${name}" }}{{ if eq .Status "resolved" }}${over}{{ else if eq .CommonLabels.severity "critical" }}${critical}{{ else if eq .CommonLabels.severity "warning" }}${warning}{{ else }}${info}{{ end }}{{ end }}`;

/** The templates of all messages, as a file of Go templates. A mail's lines are kept by its style. */
export const TEMPLATES = [
  TITLE,
  '{{ define "fairlead.link" }}{{ with .CommonAnnotations.runbook_url }}{{ . }}{{ else }}{{ .ExternalURL }}{{ end }}{{ end }}',
  bySeverity('color', { critical: '#d92d20', warning: '#f79009', info: '#2e90fa', over: '#12b76a' }),
  bySeverity('severity', { critical: 'critical', warning: 'warning', info: 'info', over: 'info' }),
  bySeverity('priority', { critical: 'P1', warning: 'P3', info: 'P5', over: 'P5' }),
  body('text', plain),
  body('markdown', markdown),
  body('slack', slack),
  body('html', html),
  '{{ define "fairlead.mail" }}<div style="white-space: pre-line">{{ template "fairlead.html" . }}</div>{{ end }}',
].join('\n\n').concat('\n');
