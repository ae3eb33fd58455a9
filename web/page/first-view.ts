// The first view: what a page needs to show the first picture. All else is loaded after it, so that nothing stands in
// its way.

let end: () => void;

/** Resolves when the first picture is on the screen, or will not come. */
export const firstViewEnds: Promise<void> = new Promise((resolve) => {
  end = resolve;
});

/** The first picture is on the screen, or something went wrong before. */
export function endFirstView(): void {
  end();
}
