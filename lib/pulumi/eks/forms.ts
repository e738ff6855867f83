/** A region: `eu-central-2`. */
export const REGION_FORM = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** A minor version: `1.35`. */
export const MINOR_FORM = /^1\.\d{2}$/;
