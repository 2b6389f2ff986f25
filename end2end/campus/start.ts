// One program for all specs; afterwards sees that it ends well.

import { Program } from './program';

export default async function start(): Promise<() => Promise<void>> {
  const program = await Program.start();
  process.env.END2END_ORIGIN = program.origin;
  return () => program.stop();
}
