import type { ComponentChildren, Ref } from "preact";

interface Described {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What to check, in words; null where nothing is wrong. */
  readonly error?: string | null | undefined;
}

const describedBy = (field: Described, more?: string | null): string | undefined =>
  [field.hint ? `${field.id}-hint` : null, field.error ? `${field.id}-error` : null, more]
    .filter((id) => typeof id === "string")
    .join(" ") || undefined;

function Around(props: Described & { readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field-label" for={props.id}>
        {props.label}
      </label>
      {props.hint ? (
        <p class="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.children}
      {props.error ? (
        <p class="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      ) : null}
    </div>
  );
}

export interface TextFieldProps extends Described {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly onBlur?: () => void;
  readonly type?: "text" | "password";
  readonly inputMode?: "text" | "numeric" | "search";
  readonly autoComplete?: AutoFill;
  readonly autoCapitalize?: "off" | "words" | "characters";
  readonly spellcheck?: boolean;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly testId?: string;
  /** Said beneath where what is typed is right ("Número conferido"). */
  readonly right?: string | null;
  readonly inputRef?: Ref<HTMLInputElement>;
}

type AutoFill = "off" | "name" | "username" | "current-password";

/** One line of text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { id, error, right } = props;
  const input = {
    ref: props.inputRef,
    id,
    class: "input",
    inputMode: props.inputMode,
    autoComplete: props.autoComplete ?? "off",
    autoCapitalize: props.autoCapitalize ?? "off",
    spellcheck: props.spellcheck ?? false,
    required: props.required,
    maxLength: props.maxLength,
    "data-testid": props.testId,
    value: props.value,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": describedBy(props, right ? `${id}-right` : null),
    onInput: (event: InputEvent & { readonly currentTarget: HTMLInputElement }) =>
      props.onText(event.currentTarget.value),
    onBlur: props.onBlur,
  };
  return (
    <Around {...props}>
      {props.type === "password" ? <input {...input} type="password" /> : <input {...input} type="text" />}
      {right && !error ? (
        <p class="field-right" id={`${id}-right`}>
          {right}
        </p>
      ) : null}
    </Around>
  );
}

/** A list to pick one from (devices, languages). */
export function SelectField<Value extends string>(
  props: Described & {
    readonly value: Value;
    readonly options: readonly { readonly value: Value; readonly label: string }[];
    readonly onPick: (value: Value) => void;
  },
) {
  return (
    <Around {...props}>
      <select
        id={props.id}
        class="input"
        value={props.value}
        aria-describedby={describedBy(props)}
        onChange={(event) => {
          const picked = props.options[event.currentTarget.selectedIndex];
          if (picked !== undefined) props.onPick(picked.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** One of a few, all in sight. */
export function Choice<Value extends string>(props: {
  readonly id: string;
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onPick: (value: Value) => void;
}) {
  return (
    <fieldset
      class="field"
      id={props.id}
      aria-describedby={describedBy({ ...props, label: props.legend })}
      aria-invalid={props.error ? "true" : undefined}
    >
      <legend class="field-label">{props.legend}</legend>
      {props.hint ? (
        <p class="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      <div class="choice">
        {props.options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              name={props.id}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onPick(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {props.error ? (
        <p class="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** One box to tick; the whole line is its target. */
export function Tick(
  props: Omit<Described, "hint"> & {
    readonly checked: boolean;
    readonly onTick: (checked: boolean) => void;
    readonly testId?: string;
  },
) {
  return (
    <div class="field">
      <label class="choice-option" for={props.id}>
        <input
          type="checkbox"
          id={props.id}
          checked={props.checked}
          data-testid={props.testId}
          aria-invalid={props.error ? "true" : undefined}
          aria-describedby={describedBy(props)}
          onChange={(event) => props.onTick(event.currentTarget.checked)}
        />
        <span>{props.label}</span>
      </label>
      {props.error ? (
        <p class="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      ) : null}
    </div>
  );
}
