/**
 * Ruby that FluentD runs for each line: how much it matters, by the field of a structured line (a name, or a number as
 * pino and bunyan write it), by the mark of a line of text, or else `info`. One expression, without a line break.
 */
export const SEVERITY = [
  'f = record["fields"];',
  'f = {} unless f.is_a?(Hash);',
  'log = f["log"].is_a?(Hash) ? f["log"] : {};',
  'level = f["level"] || f["severity"] || f["lvl"] || f["log.level"] || log["level"];',
  'level ||= record["message"].to_s[0, 200][/\\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|PANIC)\\b|\\A[DIWEF](?=\\d{4} \\d\\d:\\d\\d:\\d\\d)/];',
  'case level.to_s.downcase',
  'when "trace", "debug", "d", "verbose", "10", "20" then "debug";',
  'when "warn", "warning", "w", "40" then "warning";',
  'when "error", "err", "e", "severe", "50" then "error";',
  'when "critical", "crit", "fatal", "f", "panic", "alert", "emergency", "emerg", "60" then "critical";',
  'else "info" end',
].join(' ');

/** Ruby that gives the line itself: the message of a structured line, taken out of its fields, or all of it. */
export const MESSAGE = 'f = record["fields"]; (f.is_a?(Hash) && (f.delete("message") || f.delete("msg"))) || record["message"]';

/** Ruby that makes bytes text: what is no UTF-8 would stop the filters after it. */
export const AS_TEXT = 'record["message"].to_s.dup.force_encoding("UTF-8").scrub("?")';

const labels = '(record.dig("kubernetes", "labels") || Hash.new)';

/** Ruby that gives the application: by the recommended label, by what others use, or the name of the container. */
export const APPLICATION = `${labels}["app.kubernetes.io/name"] || ${labels}["app"] || ${labels}["k8s-app"] || record.dig("kubernetes", "container_name")`;

/** Ruby that gives the team that owns it. */
export const OWNER = `${labels}["fairlead.dev/owner"]`;

/** Ruby that gives a field of the pod's metadata. */
export const metadata = (field: string): string => `record.dig("kubernetes", "${field}")`;
