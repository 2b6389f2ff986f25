// Signing in with ministries' accounts: real providers, real browser, on two sites.

import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { faultsOf } from '../campus/axe';
import { expect, test as campus } from '../campus/test';
import { Ministry } from '../campus/ministry';
import { Program } from '../campus/program';
import { words } from '../campus/words';

const t = words.es;

/** A campus that knows three ministries, and the way to another site that these pages alone may take. */
const test = campus.extend<{ nothingFromElsewhere: void }, { salud: Ministry; interior: Ministry; justicia: Ministry; program: Program }>({
  nothingFromElsewhere: [async ({}, use) => use(), { auto: true }],
  salud: [async ({}, use) => opened(await Ministry.open('salud', 'RS256', 'secret'), use), { scope: 'worker' }],
  interior: [async ({}, use) => opened(await Ministry.open('interior', 'ES256', 'RS256'), use), { scope: 'worker' }],
  justicia: [async ({}, use) => opened(await Ministry.open('justicia', 'EdDSA', 'ES256'), use), { scope: 'worker' }],
  program: [
    async ({ salud, interior, justicia }, use) => {
      const program = await Program.start((origin) => [salud, interior, justicia].map((ministry) => ministry.serve(origin)));
      await use(program);
      await program.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ program }, use) => use(program.origin),
});

async function opened(ministry: Ministry, use: (ministry: Ministry) => Promise<void>): Promise<void> {
  await use(ministry);
  await ministry.close();
}

/** Goes to the ministry by its button and signs in there as `subject`. */
async function signInThere(page: Page, ministry: Ministry, subject: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: t.text('provider-continue', { name: ministry.name }) }).click();
  await letIn(page, ministry, subject);
}

/** Signs in at the ministry that `page` goes to. */
async function letIn(page: Page, ministry: Ministry, subject: string): Promise<void> {
  await page.waitForURL(`${ministry.issuer}/**`);
  await page.locator('input[name=login]').fill(subject);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  // What the campus may know.
  await page.locator('button[type=submit]').click();
}

async function completeProfile(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('newcomer'));
  await page.getByLabel(t.text('person-country')).selectOption('GT');
  await page.getByLabel(t.text('person-occupation')).selectOption('health');
  await page.getByRole('button', { name: t.text('sign-up-send') }).click();
  await expect(page).toHaveURL('/learning');
}

const somebody = () => `ana-${randomBytes(4).toString('hex')}`;

for (const id of ['salud', 'interior', 'justicia'] as const) {
  test(`somebody new comes in with ${id} and comes again without a form`, async ({ page, browser, program, salud, interior, justicia }) => {
    const ministry = { salud, interior, justicia }[id];
    const subject = somebody();
    await signInThere(page, ministry, subject);
    await expect(page.getByLabel(t.text('person-name'))).toHaveValue(`Ana ${subject}`);
    await expect(page.getByText(`${subject}@salud.example`)).toBeVisible();
    await completeProfile(page);
    const elsewhere = await browser.newPage({ baseURL: program.origin, javaScriptEnabled: false, locale: 'es' });
    await signInThere(elsewhere, ministry, subject);
    await expect(elsewhere).toHaveURL('/learning');
    await elsewhere.close();
  });
}

test('signing out is offered there too, and leads back', async ({ page, salud }) => {
  await signInThere(page, salud, somebody());
  await completeProfile(page);
  await page.goto('/profile');
  await page.getByRole('button', { name: t.text('sign-out') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('signed-out'));
  await page.getByRole('link', { name: t.text('signed-out-there', { name: salud.name }) }).click();
  await page.waitForURL(`${salud.issuer}/**`);
  await page.locator('button[value=yes]').click();
  await expect(page).toHaveURL('/sign-in');
  // There too it is over: the ministry asks again who it is.
  await page.getByRole('button', { name: t.text('provider-continue', { name: salud.name }) }).click();
  await expect(page.locator('input[name=login]')).toBeVisible();
});

test('signing out there ends the session here', async ({ page, interior }) => {
  await signInThere(page, interior, somebody());
  await completeProfile(page);
  await page.goto(`${interior.issuer}/session/end`);
  await page.locator('button[value=yes]').click();
  await page.waitForURL(`${interior.issuer}/session/end/success**`);
  await expect(async () => {
    await page.goto('/profile');
    await expect(page).toHaveURL(/\/sign-in\?to=/, { timeout: 500 });
  }).toPass();
});

test('one account is linked to a second ministry, which opens it too, until it is unlinked', async ({ page, browser, program, salud, justicia }) => {
  const [subject, other] = [somebody(), somebody()];
  await signInThere(page, salud, subject);
  await completeProfile(page);
  await page.goto('/profile');
  await page.getByRole('link', { name: t.text('provider-linked-title') }).click();
  const card = page.getByRole('article').filter({ hasText: justicia.name });
  await card.getByRole('button', { name: t.text('provider-link'), exact: true }).click();
  await letIn(page, justicia, other);
  await expect(page).toHaveURL('/profile/sign-in-providers');
  await expect(page.getByRole('status')).toHaveText(t.text('notice-provider-linked'));

  const elsewhere = await browser.newPage({ baseURL: program.origin, locale: 'es' });
  await signInThere(elsewhere, justicia, other);
  await expect(elsewhere).toHaveURL('/learning');
  await card.getByRole('button', { name: t.text('provider-unlink') }).click();
  await expect(page.getByRole('status')).toHaveText(t.text('notice-provider-unlinked'));
  await elsewhere.goto('/profile');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test.describe('the pages on the way', () => {
  test.use({ bypassCSP: true });

  test('are accessible, light and dark, narrow and wide', async ({ page, context, program, salud }) => {
    test.slow();
    const look = async (what: string) => expect(await faultsOf(page), what).toEqual([]);
    await page.goto('/sign-in');
    await look('signing in');
    // The page in between goes on by itself: here it stays.
    await page.route('**/sign-in/salud', async (route) => {
      const response = await route.fetch();
      const { refresh, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.getByRole('button', { name: t.text('provider-continue', { name: salud.name }) }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('provider-going', { name: salud.name }));
    await look('going there');
    await page.getByRole('link', { name: t.text('provider-continue', { name: salud.name }) }).click();
    await letIn(page, salud, somebody());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('newcomer'));
    await page.getByRole('button', { name: t.text('sign-up-send') }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await look('completing the profile, with a mistake');
    await completeProfile(page);
    await page.goto('/profile/sign-in-providers');
    await look('what is linked');
    await page.goto('/sign-in/salud/signed-out');
    await look('signed out');
    await context.clearCookies();
    await page.goto(`${program.origin}/sign-in/salud/callback?state=x&code=x`);
    await look('not begun here');
  });
});
