import type { BrowserContext, Page } from '@playwright/test';
import { fillSignUp, SESSION_COOKIE, signInByForm, somebody, somebodyWithEmail } from '../campus/people';
import { expect, test } from '../campus/test';
import { words } from '../campus/words';

test('a mistake on the sign-up form is shown beside its field and in the summary, and nothing typed is lost', async ({ page, t }) => {
  const person = somebody();
  await page.goto('/sign-up');
  await fillSignUp(page, t, { ...person, login: 'a', password: 'corta' });
  await page.getByLabel(t.text('person-occupation')).selectOption('');
  await page.getByRole('button', { name: t.text('sign-up-send') }).click();

  const summary = page.getByRole('alert');
  const mistakes = { login: 'refused-user-name-too-short', password: 'refused-password-too-short', occupation: 'person-choose-occupation' };
  await expect(summary.getByRole('listitem')).toHaveCount(Object.keys(mistakes).length);
  for (const [field, text] of Object.entries(mistakes)) {
    await expect(page.locator(`#${field}`)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator(`#${field}`)).toHaveAccessibleDescription(new RegExp(t.text(text)));
    const link = summary.getByRole('link', { name: t.text(text) });
    await link.click();
    await expect(page.locator(`#${field}`)).toBeFocused();
  }
  await expect(page.getByLabel(t.text('person-name'))).toHaveValue(person.name);
  await expect(page.getByLabel(t.text('person-login'))).toHaveValue('a');
  await expect(page.getByLabel(t.text('person-country'))).toHaveValue('GT');
  await expect(page.getByLabel(t.text('person-institution'))).toHaveValue('Hospital Regional de Occidente');

  await fillSignUp(page, t, person);
  await page.getByRole('button', { name: t.text('sign-up-send') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('nav-learning'));
});

test('a user name that is taken is said to be taken', async ({ context, browser, baseURL, accountOf, t }) => {
  const { login } = await accountOf(context).signUp();
  const other = await browser.newContext({ baseURL, locale: 'es-GT' });
  const visitor = await other.newPage();
  await visitor.goto('/sign-up');
  await fillSignUp(visitor, t, { ...somebody(), login: login.toUpperCase() });
  await visitor.getByRole('button', { name: t.text('sign-up-send') }).click();
  await expect(visitor.getByRole('alert')).toContainText(t.text('refused-login-taken'));
  await other.close();
});

test('the message sent at sign-up verifies the address', async ({ page, t }) => {
  const person = somebodyWithEmail();
  await page.goto('/sign-up');
  await fillSignUp(page, t, person);
  await page.getByRole('button', { name: t.text('sign-up-send') }).click();
  await expect(page).toHaveURL('/learning');
  await page.goto('/profile');
  await expect(page.getByText(t.text('profile-unverified'), { exact: true })).toBeVisible();

  await openLinkInMail(page, person.login, '/verify-email/');
  await page.getByRole('button', { name: t.text('email-verify-send') }).click();
  await expect(page.getByRole('status')).toHaveText(t.text('notice-email-verified'));
  await page.goto('/profile');
  await expect(page.getByText(t.text('profile-unverified'), { exact: true })).toBeHidden();

  await openLinkInMail(page, person.login, '/verify-email/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.text('link-dead'));
});

test('a new password by mail works once, and ends the sessions begun with the old one', async ({ page, context, browser, baseURL, accountOf, t }) => {
  const person = somebodyWithEmail();
  await accountOf(context).signUp(person);
  const other = await browser.newContext({ baseURL, locale: 'es-GT' });
  const visitor = await other.newPage();
  await visitor.goto('/password-reset');
  await visitor.getByLabel(t.text('person-login')).fill(person.login);
  await visitor.getByRole('button', { name: t.text('reset-send') }).click();
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(t.text('reset-sent'));

  await openLinkInMail(visitor, person.login, '/password-reset/');
  const link = visitor.url();
  await page.goto('/learning');
  await expect(page).toHaveURL('/learning');
  const password = `${person.password}, nueva`;
  await visitor.getByLabel(t.text('person-new-password')).fill(password);
  await visitor.getByRole('button', { name: t.text('reset-new-send') }).click();
  await expect(visitor.getByRole('status')).toHaveText(t.text('notice-password-changed'));

  await page.goto('/learning');
  await expect(page).toHaveURL(/\/sign-in/);
  await signInByForm(visitor, t, { ...person, password });
  expect((await visitor.goto(link))?.status()).toBe(410);
  expect(await signInFails(page, person.login, person.password)).toBe(422);
  await other.close();
});

test('a wrong password and an unknown account are answered alike', async ({ context, browser, baseURL, accountOf }) => {
  const { login } = await accountOf(context).signUp();
  const other = await browser.newContext({ baseURL, locale: 'es-GT' });
  const visitor = await other.newPage();
  const answers: string[] = [];
  for (const tried of [login, somebody().login]) {
    expect(await signInFails(visitor, tried, 'otra frase cualquiera')).toBe(422);
    answers.push((await visitor.content()).replaceAll(tried, ''));
  }
  expect(answers[0]).toBe(answers[1]);
  await other.close();
});

test('signing out acts at once, also for who kept the cookie', async ({ page, context, browser, baseURL, accountOf, t }) => {
  await accountOf(context).signUp();
  const kept = (await context.cookies()).filter(({ name }) => name === SESSION_COOKIE);
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', expires: -1 });
  await page.goto('/profile');
  await page.getByRole('button', { name: t.text('sign-out') }).click();
  await expect(page.locator('.notice')).toHaveText(t.text('notice-signed-out'));
  expect((await context.cookies()).filter(({ name }) => name === SESSION_COOKIE)).toEqual([]);

  const other = await browser.newContext({ baseURL, locale: 'es-GT' });
  await other.addCookies(kept);
  await comesToSignIn(other, '/learning');
  await page.goBack();
  await comesToSignIn(context, '/profile');
  await other.close();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('changing the language of a half-filled sign-up form loses nothing', async ({ page, t }) => {
      const person = somebody();
      await page.goto('/sign-up?to=/verify');
      await page.getByLabel(t.text('person-name')).fill(person.name);
      await page.getByLabel(t.text('person-login')).fill(person.login);
      await page.getByLabel(t.text('person-country')).selectOption('HN');
      await page.getByLabel(t.text('person-institution')).fill('Secretaría de «Salud» & más');
      await page.getByRole('button', { name: 'EN English' }).click();

      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('alert')).toBeHidden();
      await expect(page.getByLabel(words.en.text('person-name'))).toHaveValue(person.name);
      await expect(page.getByLabel(words.en.text('person-login'))).toHaveValue(person.login);
      await expect(page.getByLabel(words.en.text('person-country'))).toHaveValue('HN');
      await expect(page.getByLabel(words.en.text('person-institution'))).toHaveValue('Secretaría de «Salud» & más');
      await fillSignUp(page, words.en, person);
      await page.getByRole('button', { name: words.en.text('sign-up-send') }).click();
      await expect(page).toHaveURL('/verify');
    });
  });
}

/** Opens the newest link that begins with `path` in the development mailbox's message to `address`. Mail comes a moment after the answer. */
async function openLinkInMail(page: Page, address: string, path: string): Promise<void> {
  const link = page.getByRole('article').filter({ hasText: address }).locator(`a[href^="${path}"]`);
  await expect(async () => {
    await page.goto('/dev/mail');
    await expect(link.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await link.first().click();
}

/** Tries to sign in; answers with the status. */
async function signInFails(page: Page, login: string, password: string): Promise<number> {
  await page.goto('/sign-in');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('#page-form .actions button').click();
  return (await answered).status();
}

async function comesToSignIn(context: BrowserContext, path: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(path);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.close();
}
