import { parseAllDocuments } from 'yaml';
import type { JsonObject } from '../../lib';

/** The objects of a YAML file, read by another library than the one that wrote it. */
export const loadYaml = (text: string): JsonObject[] => parseAllDocuments(text).map((document) => document.toJS() as JsonObject);
