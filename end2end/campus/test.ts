// What every spec starts from: the address of the running program, and people by the context they sit at.

import { expect, test as base, type BrowserContext } from '@playwright/test';
import { Account } from './people';
import { words, type Language, type Words } from './words';

export { expect };

interface Campus {
  /** Scheme, host and port of the program. */
  origin: string;
  /** Language that the spec's pages begin in. */
  language: Language;
  /** Texts in that language. */
  t: Words;
  /** The account that a browser context is signed in with. */
  accountOf: (context: BrowserContext) => Account;
  /** Sees to it that no page asks anything of another site, in every spec. */
  nothingFromElsewhere: void;
}

export const test = base.extend<Campus>({
  language: ['es', { option: true }],
  origin: async ({}, use) => {
    const origin = process.env.END2END_ORIGIN;
    if (!origin) throw new Error('the program was not started');
    await use(origin);
  },
  baseURL: async ({ origin }, use) => use(origin),
  t: async ({ language }, use) => use(words[language]),
  accountOf: async ({ origin }, use) => use((context) => new Account(context.request, origin)),
  nothingFromElsewhere: [
    async ({ context, origin }, use) => {
      const elsewhere: string[] = [];
      context.on('request', (request) => {
        if (!request.url().startsWith(`${origin}/`)) elsewhere.push(request.url());
      });
      await use();
      expect(elsewhere, 'requests to other sites').toEqual([]);
    },
    { auto: true },
  ],
});
