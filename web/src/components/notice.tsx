import type { ComponentChildren } from "preact";

/** One thing to know now. A live region only where it appears by itself (`role`). */
export function Notice(props: {
  readonly tone?: "plain" | "warn" | "bad" | "ok";
  readonly role?: "status" | "alert";
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${props.tone ?? "plain"}`} role={props.role}>
      {props.children}
    </div>
  );
}
