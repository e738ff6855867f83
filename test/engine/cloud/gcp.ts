/** Stands in for Pulumi's plugin for Google Cloud: a test double, that makes nothing and records what it is asked for. */
import { GCP } from './gcp-model';
import { serveCloud } from './serve';

serveCloud('gcp', GCP);
