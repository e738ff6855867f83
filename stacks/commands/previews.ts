import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PREVIEW, previewName, previewStack, type Preview } from '../preview';
import { environmentProgram } from '../pulumi/deploy';
import { planDeployment } from '../pulumi/plan';
import { deploy } from './deploy';
import { unlocked } from './lock';
import { readPreviewState, type PreviewState } from './preview-state';
import { recover } from './recovery';
import { update } from './update';
import { exportEncrypted, openStack, openWorkspace, type Place } from './workspace';

/** A preview environment that the backend knows. */
export interface KnownPreview extends PreviewState {
  /** Its name. */
  readonly name: string;
}

/** What became of the preview environments whose time was over. */
export interface Expiry {
  readonly removed: readonly string[];
  /** Those that may live on. */
  readonly kept: readonly string[];
  /** Those whose state tells no date; they are left. */
  readonly undated: readonly string[];
  readonly failed: readonly { readonly name: string; readonly message: string }[];
}

type Print = (text: string) => void;

/** The preview environments of a project: what makes, finds and removes them. */
export class Previews {
  /**
   * @param place - the project and its engine
   * @param print - takes what the engine prints
   * @param policyPacks - folders of the policy packs that check what is made
   */
  public constructor(private readonly place: Place, private readonly print: Print, private readonly policyPacks: readonly string[] = []) {}

  /**
   * Makes a preview environment, or brings it up to date and gives it a new end.
   * @returns what its stack exports
   * @throws EnvironmentError before anything is touched; FailedUpdate when the engine fails
   */
  public async create({ name, expires }: Preview): Promise<Readonly<Record<string, string>>> {
    const { directory } = this.place;
    const stackName = previewStack(name);
    planDeployment(directory, stackName, { expires });
    const stuck = new AbortController();
    const program = () => environmentProgram(directory, stackName, { expires, release: { at: new Date().toISOString() }, onStuck: () => stuck.abort() });
    // The engine decrypts with what the stack's own file says, so that the encrypted values of previews are there as well.
    copyFileSync(join(directory, `Pulumi.${PREVIEW}.yaml`), this.fileOf(stackName));
    const stack = await openStack({ ...this.place, environment: PREVIEW, stackName, program, create: true });
    await deploy(stack, { message: `preview environment ${name} until ${expires}`, policyPacks: this.policyPacks, signal: stuck.signal, print: this.print }, { yes: true });
    return Object.fromEntries(Object.entries(await stack.outputs()).map(([key, { value }]) => [key, String(value)]));
  }

  /**
   * Removes a preview environment with everything that it made. It works from the state alone: its files and its branch may be gone.
   * @returns whether there was one
   */
  public async remove(name: string): Promise<boolean> {
    const stackName = previewStack(name);
    if (!(await this.names()).includes(name)) return false;
    const stack = await openStack({ ...this.place, environment: PREVIEW, stackName });
    await recover(stack);
    await unlocked(stack, () => update(stack, { action: 'destroy', message: `preview environment ${name} is removed`, print: this.print }));
    await stack.workspace.removeStack(stackName);
    rmSync(this.fileOf(stackName), { force: true });
    return true;
  }

  /** All that the backend knows, whoever made them. */
  public async list(): Promise<KnownPreview[]> {
    const workspace = await openWorkspace(this.place);
    const known: KnownPreview[] = [];
    for (const name of await this.names()) known.push({ name, ...readPreviewState((await exportEncrypted(workspace, previewStack(name))).deployment) });
    return known;
  }

  /** Removes those whose time is over; a failure does not keep it from the next. */
  public async expire(now: Date): Promise<Expiry> {
    const result = { removed: [] as string[], kept: [] as string[], undated: [] as string[], failed: [] as { name: string; message: string }[] };
    for (const { name, expires } of await this.list()) {
      if (expires === undefined) result.undated.push(name);
      else if (Date.parse(expires) > now.getTime()) result.kept.push(name);
      else {
        const failure = await this.remove(name).then(() => undefined, (error: Error) => error.message);
        if (failure === undefined) result.removed.push(name);
        else result.failed.push({ name, message: failure });
      }
    }
    return result;
  }

  /** The names that the backend knows, sorted; a local file says nothing about that. */
  public async names(): Promise<string[]> {
    const stacks = await (await openWorkspace(this.place)).listStacks();
    // A backend with organizations puts theirs and the project's name in front.
    return stacks.flatMap(({ name }) => previewName(name.split('/').at(-1)!) ?? []).sort();
  }

  private fileOf(stackName: string): string {
    return join(this.place.directory, `Pulumi.${stackName}.yaml`);
  }
}
