/** The parts of `projects/shared/locations/europe-west6/repositories/images`. */
export function parseRepository(text: string): { readonly project: string; readonly location: string; readonly repository: string } | undefined {
  const [, project, location, repository] = /^projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)$/.exec(text) ?? [];
  return project === undefined ? undefined : { project, location: location!, repository: repository! };
}
