// What a click or a key starts and nobody waits for: how it fails is said, since a promise that nobody catches says nothing to anybody.

/** @param tell Shows words to the person. */
export async function attempt(work: Promise<unknown>, tell: (words: string) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    tell(error instanceof Error && error.message !== '' ? error.message : 'It did not work. Try again, or open the answer as a document.');
  }
}
