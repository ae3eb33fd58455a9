// The head of an arrow in a drawing: a marker that lines name by its id; its class gives the colour.

export function Arrowhead({ id }: { id: string }) {
  return (
    <marker
      id={id}
      class={id}
      viewBox="0 0 8 8"
      refX="8"
      refY="4"
      markerWidth="8"
      markerHeight="8"
      markerUnits="userSpaceOnUse"
      orient="auto-start-reverse"
    >
      <path d="M0 0.500 8 4 0 7.500z" />
    </marker>
  );
}
