import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

export interface ButtonProps extends Omit<ButtonHTMLAttributes, "class" | "className" | "type"> {
  /** `main` is the one thing to do here; there is at most one on a screen. */
  readonly kind?: "main" | "plain" | "quiet" | "danger" | "end" | "link";
  readonly wide?: boolean;
  readonly submit?: boolean;
  readonly children: ComponentChildren;
}

/** A button. `aria-disabled` keeps it reachable where a reason can be told; `disabled` removes it from reach. */
export function Button({ kind = "plain", wide = false, submit = false, children, ...rest }: ButtonProps) {
  const name = kind === "link" ? "button-link" : `button-${kind}`;
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      class={`button ${name}${wide ? " button-wide" : ""}`}
    >
      {children}
    </button>
  );
}
