// Icons: 16 by 16, one path each, in the colour of the text. They only accompany words.

const PATHS = {
  run: "M4 2.5v11l9-5.5z",
  runBack: "M12 2.500v11L3 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  step: "M3 3v10h1.6V3zM6.5 7.2H11L9 5.2l1.1-1.1L14 8l-3.9 3.9L9 10.8l2-2H6.5z",
  back: "M13 3v10h-1.6V3zM9.5 7.2H5l2-2-1.1-1.1L2 8l3.9 3.9L7 10.8l-2-2h4.5z",
  over: "M2 9.5C2 5.6 4.7 3 8 3c2.600 0 4.700 1.500 5.500 3.800L15 6.300 13.500 10.500 9.800 8.200l1.900-.7C11.100 5.700 9.700 4.600 8 4.600c-2.400 0-4.400 1.900-4.400 4.900zM6.500 11h3v2.500h-3z",
  out: "M2.500 12.400h6V5.600L6.600 7.500 5.500 6.400l3.800-3.800 3.800 3.800L12 7.500l-1.900-1.900V14H2.500z",
  cursor: "M2 7.200h6L6 5.200l1.100-1.100L11 8l-3.900 3.900L6 10.800l2-2H2zM12.400 3H14v10h-1.600z",
  share:
    "M8 1.500 4.500 5l1.100 1.100 1.600-1.600V10h1.600V4.500l1.600 1.600L11.500 5zM3 8v6h10V8h-1.600v4.400H4.600V8z",
  theme: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 1.600v8.800a4.400 4.400 0 0 1 0-8.800",
  keys: "M2 4h12v8H2zm1.500 1.500v5h9v-5zM5 6.500h1.300v1.300H5zm2.300 0h1.400v1.300H7.300zm2.400 0H11v1.300H9.700zM5.500 8.600h5v1.100h-5z",
  restart: "M8 3a5 5 0 1 1-4.800 3.600l1.500.4A3.400 3.400 0 1 0 8 4.600V7L4.500 3.800 8 .6z",
  close:
    "m4.100 3 3.900 3.900L11.900 3 13 4.100 9.100 8l3.900 3.900-1.100 1.100L8 9.100 4.100 13 3 11.900 6.900 8 3 4.100z",
  down: "m4.100 6 3.900 3.900L11.900 6 13 7.100l-5 5-5-5z",
  start: "M3 3v10h1.600V3zM13 3v10L6 8z",
  end: "M13 3v10h-1.600V3zM3 3v10l7-5z",
  hash: "M5.600 2h1.500l-.4 3h3l.4-3h1.500l-.4 3H14v1.500h-3l-.4 3H13V11h-2.600l-.4 3H8.500l.4-3h-3l-.4 3H4l.4-3H2V9.500h2.600l.4-3H2.500V5h2.700zm.9 4.500-.4 3h3l.4-3z",
  layout: "M2 2.500h12v11H2zM3.500 4v8h3V4zm4.500 0v3.300h4.500V4zm0 4.800V12h4.500V8.800z",
  more: "M3 7h2v2H3zm4 0h2v2H7zm4 0h2v2h-2z",
} as const;

export type IconName = keyof typeof PATHS;

/** `mirrored`: of a movement back. */
export function Icon({ name, mirrored = false }: { name: IconName; mirrored?: boolean }) {
  return (
    <svg
      class={mirrored ? "icon icon-mirrored" : "icon"}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
