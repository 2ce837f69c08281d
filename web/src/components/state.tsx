import type { ComponentChildren } from "preact";

/** A state is a word plus a shape, colour third: full disc, ring, triangle, square. */
export type Tone = "ok" | "quiet" | "warn" | "bad" | "turn";

const SHAPES: Record<Tone, string> = {
  ok: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z",
  quiet: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
  warn: "M8 1 15.5 15H.5Z",
  bad: "M1 1h14v14H1Z",
  turn: "M2 1l13 7-13 7Z",
};

export function State(props: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return (
    <span class={`state state-${props.tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={SHAPES[props.tone]} fill="currentColor" fill-rule="evenodd" />
      </svg>
      <span>{props.children}</span>
    </span>
  );
}
