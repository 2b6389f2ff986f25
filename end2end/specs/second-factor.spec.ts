// Passkeys, in a browser with a made-up authenticator: made, used to sign in with nothing else, used to confirm, refused when copied.

import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../campus/test';
import { fillSignUp, somebody } from '../campus/people';

/** The campus at the name that browsers make passkeys for: they take no address of numbers. */
const named = (origin: string) => origin.replace('127.0.0.1', 'localhost');

test.use({
  baseURL: async ({ origin }, use) => use(named(origin)),
  // The fixture that watches for other sites knows the campus by its other name.
  nothingFromElsewhere: [async ({}, use) => use(), { auto: true }],
});

async function authenticator(page: Page): Promise<{ session: CDPSession; id: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return { session, id: authenticatorId };
}

test('a passkey is all that is needed to sign in, and a copy of one opens nothing', async ({ page, t }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && !/422/.test(message.text()) && problems.push(message.text()));
  const { session, id } = await authenticator(page);
  const person = somebody();
  await page.goto('/sign-up');
  await fillSignUp(page, t, person);
  await page.getByRole('main').getByRole('button', { name: t.text('sign-up-send') }).click();
  await expect(page).toHaveURL('/learning');

  await page.goto('/profile/security');
  await page.getByRole('link', { name: t.text('security-passkey-add') }).click();
  await page.getByLabel(t.text('passkey-name')).fill('Teléfono de la clínica');
  await page.getByRole('button', { name: t.text('passkey-make') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('codes-title'));
  await expect(page.locator('#codes li')).toHaveCount(10);
  await page.getByRole('link', { name: t.text('codes-kept') }).click();
  await expect(page.getByRole('heading', { name: 'Teléfono de la clínica' })).toBeVisible();
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId: id });
  expect(credentials).toHaveLength(1);

  const signOut = async () => {
    await page.getByRole('button', { name: t.text('sign-out') }).click();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: t.text('passkey-use') }).click();
    await page.getByRole('button', { name: t.text('passkey-ask') }).click();
  };
  await signOut();
  await expect(page).toHaveURL('/learning');

  // The same key with a count of signatures that went back: a copy.
  await session.send('WebAuthn.removeCredential', { authenticatorId: id, credentialId: credentials[0].credentialId });
  await session.send('WebAuthn.addCredential', { authenticatorId: id, credential: { ...credentials[0], signCount: 0 } });
  await signOut();
  await expect(page.locator('.error-summary').first()).toContainText(t.text('passkey-wrong'));
  await page.goto('/learning');
  await expect(page).toHaveURL(/\/sign-in/);

  // Without the key the password opens only half.
  await page.getByLabel(t.text('person-login')).fill(person.login);
  await page.getByLabel(t.text('sign-in-password')).fill(person.password);
  await page.getByRole('main').getByRole('button', { name: t.text('sign-in') }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  expect(problems).toEqual([]);
});

test('who gives no passkey is told, and finds the other way', async ({ page, t }) => {
  const { session, id } = await authenticator(page);
  await session.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
  await page.goto('/sign-in/passkey?to=%2Fcertificates');
  await expect(page.getByText(t.text('passkey-missing'))).toBeHidden();
  await page.getByRole('button', { name: t.text('passkey-ask') }).click();
  await expect(page.getByText(t.text('passkey-failed'))).toBeVisible();
  await page.getByRole('link', { name: t.text('passkey-otherwise') }).click();
  await expect(page).toHaveURL('/sign-in?to=%2Fcertificates');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of passkeys says so and leads to the other way', async ({ page, t }) => {
    await page.goto('/sign-in/passkey');
    await expect(page.getByText(t.text('passkey-missing'))).toBeVisible();
    await expect(page.getByRole('button', { name: t.text('passkey-ask') })).toBeHidden();
    await page.getByRole('link', { name: t.text('passkey-otherwise') }).click();
    await expect(page).toHaveURL('/sign-in');
  });
});
