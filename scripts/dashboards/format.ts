const trim = (value: number, digits: number) => Number(value.toFixed(digits)).toString();

/** A number with three digits that count. */
const short = (value: number) => (value === 0 ? '0' : trim(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))));

function scaled(value: number, base: number, units: readonly string[]): string {
  const power = value === 0 ? 0 : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value)) / Math.log(base))));
  return `${short(value / base ** power)}${units[power]}`;
}

function seconds(value: number): string {
  if (value === 0) return '0 s';
  if (value < 1) return `${short(value * 1_000)} ms`;
  return value < 60 ? `${short(value)} s` : `${short(value / 60)} min`;
}

/** Hours from now, in words. */
function fromNow(hours: number): string {
  const [amount, unit] = Math.abs(hours) < 1 ? [Math.round(Math.abs(hours) * 60), 'minute'] : Math.abs(hours) < 48 ? [Math.round(Math.abs(hours)), 'hour'] : [Math.round(Math.abs(hours) / 24), 'day'];
  const words = `${amount} ${unit}${amount === 1 ? '' : 's'}`;
  return hours < 0 ? `${words} ago` : `in ${words}`;
}

const FORMATS: Readonly<Record<string, (value: number, decimals: number | undefined) => string>> = {
  percentunit: (value, decimals) => `${decimals === undefined ? short(value * 100) : (value * 100).toFixed(decimals)}%`,
  percent: (value) => `${short(value)}%`,
  reqps: (value) => `${scaled(value, 1_000, ['', ' K', ' M'])} req/s`,
  s: seconds,
  bytes: (value) => scaled(value, 1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB']),
  cores: (value) => `${short(value)} cores`,
  short: (value) => scaled(value, 1_000, ['', ' K', ' Mil']),
  // Samples of dates are hours from now.
  dateTimeFromNow: fromNow,
};

/** A value as Grafana shows it in the unit. */
export function format(value: number, unit: string | undefined, decimals?: number): string {
  const known = unit === undefined ? undefined : FORMATS[unit];
  if (unit !== undefined && !known) throw new Error(`no format for the unit '${unit}'; add it to scripts/dashboards/format.ts`);
  return known ? known(value, decimals) : decimals === undefined ? short(value) : value.toFixed(decimals);
}
