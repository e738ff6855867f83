/** Names the modules of the API reference as importers write them: `fairlead`, `fairlead/testing`. */
import { Converter, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, reflection) => {
    if (reflection.kind === ReflectionKind.Module) reflection.name = reflection.name === 'index' ? 'fairlead' : `fairlead/${reflection.name}`;
  });
}
