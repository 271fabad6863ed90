// Installs one part: finds it in the cache, or makes it there, or says in one line why not.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  directoryOfPart,
  findAbsent,
  findCache,
  pruneDirectories,
  readStatus,
  type Status,
  writeStatus,
} from './cache.ts';
import { buildRun } from './command.ts';
import { measureFolder, printTime } from './measure.ts';
import type { Part } from './part.ts';
import { whyNotBegun } from './plan.ts';
import { isFinal } from './refusal.ts';
import { readToolVersion } from './tools.ts';

export type Outcome = Status & { readonly part: Part; readonly found: boolean };

export interface Setting {
  /** Minutes left of the budget; infinite without one. */
  readonly minutesLeft: () => number;
  /** Aborted by the user, with no reason, or at the end of the budget, with a reason of one line. */
  readonly interrupt: AbortSignal;
  readonly budgetEnd: AbortSignal;
  readonly say: (part: Part, line: string) => void;
}

/** How often a part that takes its time gives a sign. */
const signOfLife = 60_000;

/** Makes a part available and notes its status. */
export async function installPart(part: Part, setting: Setting): Promise<Outcome> {
  const tool = await readToolVersion(part.tool);
  const known = findWhole(part);
  if ('missing' in tool) return known ?? note(part, tool);
  const directory = directoryOfPart(part, tool.version);
  if (known?.directory === directory) return known;
  const refused = whyNotBegun(part, setting.minutesLeft());
  // What another version of the tool has made serves as well.
  if (refused !== undefined) return known ?? note(part, { missing: refused });
  setting.say(part, `${part.pin}: begun, about ${part.minutes} min where nothing is cached`);
  return note(part, await makePart(part, directory, setting));
}

function findWhole(part: Part): (Outcome & { directory: string }) | undefined {
  const known = readStatus(part);
  if (known === undefined || 'missing' in known || findAbsent(part, known.directory).length > 0) return undefined;
  return { ...known, part, found: true };
}

function note(part: Part, status: Status): Outcome {
  writeStatus(part, status);
  return { ...status, part, found: false };
}

async function makePart(part: Part, directory: string, setting: Setting): Promise<Status> {
  const { interrupt, budgetEnd, say } = setting;
  const signal = part.required ? interrupt : AbortSignal.any([interrupt, budgetEnd]);
  const started = Date.now();
  const passed = (): number => Date.now() - started;
  const sign = setInterval(() => say(part, `works since ${printTime(passed())}`), signOfLife);
  try {
    const remarks = await tryTwice(part, directory, signal, say);
    const absent = findAbsent(part, directory);
    if (absent.length > 0) throw new Error(`made no ${absent.join(', ')}`);
    pruneDirectories(part);
    return { directory, seconds: Math.round(passed() / 1000), bytes: measureFolder(directory), remarks };
  } catch (failure) {
    rmSync(directory, { recursive: true, force: true });
    if (interrupt.aborted) throw failure;
    return { missing: (failure as Error).message };
  } finally {
    clearInterval(sign);
  }
}

/** A registry may stumble once; what has been downloaded or compiled by then is not done again. */
async function tryTwice(
  part: Part,
  directory: string,
  signal: AbortSignal,
  say: Setting['say'],
): Promise<readonly string[]> {
  const run = buildRun(join(findCache(), 'logs', `${part.name}.log`), signal);
  const install = (): Promise<readonly string[]> => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    return part.install({ directory, run });
  };
  try {
    return await install();
  } catch (failure) {
    signal.throwIfAborted();
    if (isFinal((failure as Error).message)) throw failure;
    say(part, `once more, because: ${(failure as Error).message}`);
    return await install();
  }
}
