import { faultsOf, SIZES } from '../campus/axe';
import { PAGES, stand } from '../campus/pages';
import { expect, test } from '../campus/test';
import type { Language } from '../campus/words';

const LANGUAGES: Language[] = ['es', 'en'];

// The pages forbid scripts; axe is one. Nowhere else is the policy set aside.
test.use({ bypassCSP: true });

for (const kind of PAGES) {
  for (const language of LANGUAGES) {
    test(`${kind.name} is accessible in ${language}, light and dark, narrow and wide`, async ({ page, context, origin, accountOf }) => {
      const own = await stand(accountOf(context), kind.as);
      await context.addCookies([{ name: 'campus-language', value: language, url: origin }]);
      await page.setViewportSize(SIZES[0]);
      const response = await kind.open(page, own);
      expect(response?.status()).toBe(kind.status);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      expect(await faultsOf(page)).toEqual([]);
    });
  }
}
