/** The text of an environment's file without one of its sections. */
export const withoutSection = (text: string, key: string): string => text.replace(new RegExp(`^ {2}${key}:.*\\n(?: {3,}.*\\n)*`, 'm'), '');
