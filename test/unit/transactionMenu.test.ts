// Where the menus of the transactions page unfold: inside the view, whatever its width.
import { expect, test } from 'vitest';
import { popPlace } from '../../src/webviews/ui/transactionMenuPlace.ts';

test('a menu begins under its button, and stays in sight in a narrow or a low view', () => {
  const view = { width: 860, height: 600 };
  expect(popPlace({ left: 100, bottom: 40, width: 300 }, view)).toEqual({ left: 100, top: 42, 'max-height': 552 });
  expect(popPlace({ left: 700, bottom: 40, width: 300 }, view)).toMatchObject({ left: 556 });
  expect(popPlace({ left: 20, bottom: 40, width: 280 }, { width: 288, height: 600 })).toMatchObject({ left: 4 });
  const low = popPlace({ left: 0, bottom: 180, width: 100 }, { width: 300, height: 200 });
  expect(low).toEqual({ left: 4, top: 76, 'max-height': 120 });
});
