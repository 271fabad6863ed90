// A Dockerfile as a list of instructions in stages, as far as ours uses the language:
// https://docs.docker.com/reference/dockerfile/
import { readFileSync } from 'node:fs';

export interface Instruction {
  readonly name: string;
  /** With the values of ARGs put in. */
  readonly text: string;
  readonly words: readonly string[];
}

export interface Stage {
  /** The image that it stands on. */
  readonly from: string;
  /** Empty where it has no name. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile; `given` are its build arguments. */
export function readStages(path: string, given: Readonly<Record<string, string>>): readonly Stage[] {
  const values: Record<string, string> = { ...given };
  const stages: { from: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of readLines(path)) {
    const [, name = '', raw = ''] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? [];
    const text = raw.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => values[variable] ?? '');
    const words = text.split(/\s+/);
    if (name === 'ARG') {
      const [variable = '', value] = text.split('=');
      if (value !== undefined) values[variable] ??= value;
    } else if (name === 'FROM') {
      stages.push({ from: words[0] ?? '', name: words[2] ?? '', instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text, words });
  }
  return stages;
}

/** Without comments, a line that ends in a backslash joined with the next. */
const readLines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
