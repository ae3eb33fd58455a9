// The first view: what a page needs to show the first picture. What makes the machine run is loaded next, and then
// all else, so that nothing stands in their way.

let end: () => void;

/** Resolves when the first picture is on the screen and the machine runs, or something went wrong before. */
export const firstViewEnds: Promise<void> = new Promise((resolve) => {
  end = resolve;
});

/** To be called once that is so; any further call changes nothing. */
export function endFirstView(): void {
  end();
}
