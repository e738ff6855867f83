/**
 * A number as the file writes it. The text is kept, because `1.30` is 1.3 to every reader, and because Pulumi and other
 * readers of YAML do not agree on some forms.
 */
export class PlainNumber {
  public constructor(
    /** What the file says. */
    public readonly text: string,
    /** The number; undefined where readers of YAML do not agree, as on `017`, `1_000` or `2024-01-01`. */
    public readonly value: number | undefined,
  ) {}
}

const NUMBER = /^[-+]?(\.\d+|(0|[1-9]\d*)(\.\d*)?)(e[-+]?\d+)?$/i;
/** Forms that go-yaml, which Pulumi reads the file with, takes for a number once it has dropped the underscores. */
const GO_NUMBER = /^[-+]?(0[xob][\da-f]+|(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?|\.(inf|nan))$/i;
/** Forms that go-yaml takes for a point in time. */
const GO_TIME = /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/;

/** What an unquoted text is, when it is not simply text. */
export function readPlainNumber(text: string): PlainNumber | undefined {
  if (NUMBER.test(text)) {
    const value = Number(text) + 0; // -0 becomes 0, as in Pulumi
    const exact = Number.isFinite(value) && (Number.isSafeInteger(value) || !/^[-+]?\d+$/.test(text));
    return new PlainNumber(text, exact ? value : undefined);
  }
  const ambiguous = GO_NUMBER.test(text.replaceAll('_', '')) || GO_TIME.test(text);
  return ambiguous ? new PlainNumber(text, undefined) : undefined;
}
