// The steps of a Dockerfile without a container engine: each stage is an overlay on the machine's own file system, its RUN lines
// run in it by chroot. So the base image is this machine with its Node, and all else is what the Dockerfile says.
// https://docs.kernel.org/filesystems/overlayfs.html
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { execa } from 'execa';
import type { Instruction, Stage } from '../../support/dockerfile.ts';
import type { Life } from '../servers/life.ts';

/** What stands under a path in a finished stage, or in an image that is only copied from. */
export type Images = ReadonlyMap<string, string>;

/** Runs the stage and answers with the folder that is its root. `context` is the build context. */
export async function buildStage(life: Life, stage: Stage, context: string, images: Images): Promise<string> {
  const root = await mountOverlay(life, stage.name || 'image');
  let cwd = '/';
  for (const { name, text, words } of stage.instructions) {
    if (name === 'WORKDIR') {
      cwd = posix.resolve(cwd, text);
      mkdirSync(join(root, cwd), { recursive: true });
    } else if (name === 'RUN') {
      await execa('chroot', [root, 'sh', '-c', `cd ${cwd} && ${text}`]);
    } else if (name === 'COPY') copy({ name, text, words }, join(root, cwd), root, { context, images });
  }
  return root;
}

interface Sources {
  readonly context: string;
  readonly images: Images;
}

function copy({ words }: Instruction, cwd: string, root: string, { context, images }: Sources): void {
  const [first = ''] = words;
  const image = first.startsWith('--from=') ? images.get(first.slice('--from='.length)) : context;
  if (image === undefined) throw new Error(`there is no stage for ${first}`);
  const [target = '', ...sources] = words.filter((word) => !word.startsWith('--from=')).reverse();
  const to = target.startsWith('/') ? join(root, target) : join(cwd, target);
  for (const source of sources) {
    const from = join(image, source);
    // A file goes into a folder that is written with a slash; a folder's content goes into the target.
    const path = target.endsWith('/') && !statSync(from).isDirectory() ? join(to, basename(source)) : to;
    mkdirSync(join(path, '..'), { recursive: true });
    cpSync(from, path, { recursive: true });
  }
}

async function mountOverlay(life: Life, name: string): Promise<string> {
  const layers = join(life.folder('data'), name);
  mkdirSync(layers);
  const root = join(layers, 'root');
  // Of another file system than what lies below: an overlay takes no part of its own lower layer.
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', layers]);
  for (const part of ['upper', 'work', 'root']) mkdirSync(join(layers, part));
  const options = `lowerdir=/,upperdir=${join(layers, 'upper')},workdir=${join(layers, 'work')}`;
  await execa('mount', ['-t', 'overlay', 'overlay', '-o', options, root]);
  await execa('mount', ['--bind', '/dev', join(root, 'dev')]);
  await execa('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  return root;
}
