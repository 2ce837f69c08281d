import type { ComponentChildren } from "preact";

function Icon(props: { readonly children: ComponentChildren }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {props.children}
    </svg>
  );
}

/** What is off is struck through: the shape says it, not the colour. */
const STROKE = <path d="M4 4l16 16" />;

export function MicrophoneIcon(props: { readonly off: boolean }) {
  return (
    <Icon>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21" />
      {props.off && STROKE}
    </Icon>
  );
}

export function CameraIcon(props: { readonly off: boolean }) {
  return (
    <Icon>
      <rect x="3" y="6" width="12" height="12" rx="2" />
      <path d="M15 10.5l6-3v9l-6-3" />
      {props.off && STROKE}
    </Icon>
  );
}

export function TextIcon() {
  return (
    <Icon>
      <path d="M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5" />
    </Icon>
  );
}

export function HangUpIcon() {
  return (
    <Icon>
      <path d="M3 14.5c5-5 13-5 18 0l-2.5 2.5-3.5-1.5v-2.4c-2-.6-4-.6-6 0v2.4L5.5 17z" />
    </Icon>
  );
}

export function MoreIcon() {
  return (
    <Icon>
      <path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5" />
    </Icon>
  );
}

export function ScreenIcon(props: { readonly off: boolean }) {
  return (
    <Icon>
      <path d="M3 5h18v12H3zM8 21h8M12 17v4" />
      {props.off && STROKE}
    </Icon>
  );
}

export function PinIcon(props: { readonly off: boolean }) {
  return (
    <Icon>
      <path d="M9 3h6l-1 7 4 4H6l4-4zM12 14v7" />
      {props.off && STROKE}
    </Icon>
  );
}

/** Sound goes out: three waves. */
export function SpeakingIcon() {
  return (
    <Icon>
      <path d="M6 10v4M12 5v14M18 8v8" stroke-width="3" />
    </Icon>
  );
}
