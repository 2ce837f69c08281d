import { useEffect, useRef, useState } from "preact/hooks";

/** How a picture of this shape is shown in a place of that shape: filled, unless that would cut half of it away. */
export function fitOf(picture: number, place: number): "cover" | "contain" {
  return Math.max(picture / place, place / picture) < 1.8 ? "cover" : "contain";
}

/**
 * Plays `stream` in `element`, by itself where the browser lets it. Where it wants a tap first, `onBlocked` gets what
 * the tap must call; null: nothing is wanted. Returns its end, after which nothing is.
 */
export function playIn(
  element: Pick<HTMLVideoElement, "play" | "srcObject">,
  stream: MediaStream,
  onBlocked: (play: (() => void) | null) => void,
): () => void {
  let over = false;
  element.srcObject = stream;
  const play = (): void => {
    element.play().then(
      () => {
        if (!over) onBlocked(null);
      },
      (error: unknown) => {
        // Only the refusal to play unasked needs a person; a new stream aborts a play as a matter of course.
        if (!over && error instanceof DOMException && error.name === "NotAllowedError") onBlocked(play);
      },
    );
  };
  play();
  return () => {
    over = true;
    element.srcObject = null;
    onBlocked(null);
  };
}

/** A live picture with its sound. `shown` false keeps the sound: the place is the caller's to fill. */
export function Video(props: {
  readonly stream: MediaStream | null;
  readonly muted: boolean;
  readonly shown: boolean;
  /** Nothing of it may be cut away: it is read. */
  readonly whole?: boolean;
  readonly name: string;
  readonly label: string;
  readonly testId: string;
  /** Called with true once there is a picture, with false when the stream is another. Must be stable. */
  readonly onPicture?: (there: boolean) => void;
  /** The browser wants a tap first: call `play` from it. Null: it plays. Must be stable. */
  readonly onBlocked?: (play: (() => void) | null) => void;
}) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const [fit, setFit] = useState<"cover" | "contain">("cover");
  const { stream, onPicture, onBlocked } = props;

  useEffect(() => {
    const element = videoRef.current;
    onPicture?.(false);
    if (element === null || stream === null) return undefined;
    return playIn(element, stream, (play) => onBlocked?.(play));
  }, [stream, onPicture, onBlocked]);

  useEffect(() => {
    const element = videoRef.current;
    if (element === null) return undefined;
    const measure = (): void => {
      if (element.videoWidth === 0) return;
      setFit(
        fitOf(
          element.videoWidth / element.videoHeight,
          element.clientWidth / Math.max(1, element.clientHeight),
        ),
      );
      onPicture?.(true);
    };
    // The place changes shape (a phone is turned), and so may the picture (the first frame, the other side's phone).
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      element.removeEventListener("resize", measure);
    };
  }, [onPicture]);

  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- live speech has none; text runs beside it, Libras in person
    <video
      ref={videoRef}
      class={`${props.name} ${props.name}-${props.whole === true ? "contain" : fit}${props.shown ? "" : " stage-unshown"}`}
      data-testid={props.testId}
      aria-label={props.label}
      muted={props.muted}
      autoplay
      playsInline
    />
  );
}
