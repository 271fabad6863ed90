// Runs one tool and turns every way in which it may end into its text or a finding. What a tool printed before it failed is never used.
import type { Finding, Position } from '../../findings/finding.ts';
import { findingTable } from '../../findings/table.ts';
import { decode } from '../../manifests/bytes.ts';
import { startDeadline } from '../deadline.ts';
import type { ChildEnd } from './child.ts';
import type { Rendering } from './rendering.ts';
import { quoteTool, type Renamed } from './tool-says.ts';
import { findExecutable, makeToolEnvironment } from './tools.ts';

export interface ToolRun {
  /** What is looked up by PATH, and how messages name it. */
  readonly tool: string;
  readonly args: readonly string[];
  /** Where it is started; the source's folder unless given. */
  readonly cwd?: string;
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** How messages name the file that it is started on, and what comes out. */
  readonly file: string;
  /** Paths of ours that it may speak of, longest first. */
  readonly renamed?: readonly Renamed[];
  /** Where in the source it says that the fault is. */
  readonly locate?: (said: string) => Position | undefined;
}

/** What the tool prints; undefined where `findings` were told why there is nothing. */
export async function runTool(run: ToolRun, rendering: Rendering, findings: Finding[]): Promise<string | undefined> {
  const { settings, io, place, privateFolder, allowed } = rendering;
  const executable = findExecutable(run.tool, io.env);
  if (executable === undefined) {
    say(findings, { file: run.file }, 'TOOL_MISSING', { tool: run.tool });
    return undefined;
  }
  const env = { ...makeToolEnvironment(io.env, privateFolder, allowed), ...run.env };
  const left = startDeadline(settings, io).left();
  // What is kept back is for expanding what the tool prints, and for saying that it was not done.
  const timeLimit = left - Math.min(1000, left / 2);
  const { tool, args, cwd = place.folder } = run;
  const child = { tool, executable, args, cwd, env, timeLimit, maxBytes: settings.maxBytes, privateFolder };
  const end: ChildEnd = timeLimit <= 0 ? { is: 'timed out', stderr: '' } : await io.loadRunChild()(child);
  return conclude(run, end, rendering, findings);
}

function conclude(run: ToolRun, end: ChildEnd, rendering: Rendering, findings: Finding[]): string | undefined {
  const { tool, file } = run;
  const { maxBytes, timeout } = rendering.settings;
  const said = end.is === 'not started' ? '' : quoteTool(end.stderr, renamedIn(run, rendering));
  switch (end.is) {
    case 'done': {
      if (said !== '') say(findings, { file }, 'TOOL_SAYS', { tool, said });
      const decoded = decode(file, end.stdout, maxBytes);
      if ('text' in decoded) return decoded.text;
      findings.push(decoded.finding);
      break;
    }
    case 'failed': {
      const ended = end.signal === undefined ? `exit code ${end.exitCode ?? 'unknown'}` : `signal ${end.signal}`;
      say(findings, run.locate?.(said) ?? { file }, 'TOOL_FAILED', { tool, ended, said });
      break;
    }
    case 'timed out':
      say(findings, { file }, 'TOOL_TIME', { tool, timeout });
      break;
    case 'flooded':
      say(findings, { file }, 'TOOL_OUTPUT', { tool, limit: maxBytes });
      break;
    case 'not started':
      say(findings, { file }, 'TOOL_NOT_STARTED', { tool, reason: end.reason });
      break;
    default:
      end satisfies never;
  }
  return undefined;
}

/** What this machine calls the source, by the names that the user knows. */
const renamedIn = (run: ToolRun, { place, privateFolder }: Rendering): readonly Renamed[] => [
  ...(run.renamed ?? []),
  { path: `${place.folder}/`, shown: '' },
  { path: place.folder, shown: '.' },
  { path: `${place.root}/`, shown: '/' },
  { path: privateFolder, shown: '<private>' },
];

function say(findings: Finding[], position: Position, code: Finding['code'], facts: object): void {
  findings.push({ code, severity: findingTable[code].severity, position, facts } as Finding);
}
