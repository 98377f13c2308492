import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { formatClock, visibleText } from "../lib/format.ts";
import { nearUrl } from "../lib/own-path.ts";
import { lineAt, type TimedLine } from "../lib/timed-lines.ts";
import { media as words } from "../strings/en/media.ts";
import { IconButton } from "./button.tsx";

/** Loudness over time: lowest and highest value of each part in turn, −127 to 127. */
interface Peaks {
  readonly peaks: readonly number[];
}

/** A track with its waveform; a press or the arrows go to a place of it. */
export function AudioPlayer(props: {
  readonly url: string;
  readonly peaksUrl: string | null;
  readonly title: string;
  readonly coverUrl: string | null;
  /** As the gateway knows it, until the browser does. */
  readonly seconds: number | null;
  /** Words that follow the playback; a press on a line goes there. */
  readonly lines?: readonly TimedLine[];
}) {
  const { audio, playing, place, length, seek, toggle, hears } = usePlayback(props.seconds);
  const { lines = [] } = props;
  return (
    <>
      <div className="player">
        <audio ref={audio} src={nearUrl(props.url)} preload="metadata" {...hears} />
        {props.coverUrl !== null && (
          <img
            className="player-cover"
            src={nearUrl(props.coverUrl)}
            alt=""
            width={64}
            height={64}
          />
        )}
        <IconButton
          kind="plain"
          icon={playing ? "pause" : "play"}
          label={`${playing ? words.pause : words.play}: ${props.title}`}
          onClick={toggle}
        />
        <div className="grow stack-tight">
          <div className="row">
            <strong className="truncate grow">
              <bdi>{props.title}</bdi>
            </strong>
            <span className="meta">
              {formatClock(place)} / {formatClock(length)}
            </span>
          </div>
          <Waveform {...props} place={place} length={length} onSeek={seek} />
        </div>
      </div>
      {lines.length > 0 && <Lines lines={lines} place={place} onSeek={seek} />}
    </>
  );
}

/** The words of a song, the line that is sung marked and in sight. */
function Lines(props: {
  readonly lines: readonly TimedLine[];
  readonly place: number;
  readonly onSeek: (seconds: number) => void;
}) {
  const { lines, place } = props;
  const list = useRef<HTMLOListElement>(null);
  const now = lineAt(lines, place);
  useEffect(() => {
    const { current } = list;
    const line = current?.children[now];
    if (current === null || !(line instanceof HTMLElement)) return;
    // Within the list alone: the page stays where it is.
    current.scrollTop = line.offsetTop - current.clientHeight / 2 + line.clientHeight / 2;
  }, [now]);
  return (
    <ol ref={list} className="player-lines" aria-label={words.lyrics}>
      {lines.map(({ atS, text }, at) => (
        <li key={`${atS} ${text}`}>
          <button
            type="button"
            aria-current={at === now ? "true" : undefined}
            onClick={() => props.onSeek(atS)}
          >
            <span className="meta">{formatClock(atS)}</span>
            <bdi>{text === "" ? "♪" : visibleText(text)}</bdi>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The state of an element that plays, and what moves it. */
function usePlayback(seconds: number | null) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [place, setPlace] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const seek = (to: number): void => {
    const element = audio.current;
    if (element === null || length === 0) return;
    element.currentTime = Math.max(0, Math.min(length - 0.05, to));
    setPlace(element.currentTime);
  };
  const toggle = (): void => {
    const element = audio.current;
    if (element === null) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const hears: Pick<
    ComponentProps<"audio">,
    "onPlay" | "onPause" | "onTimeUpdate" | "onLoadedMetadata"
  > = {
    onPlay: (event) => {
      setPlaying(true);
      pauseOthers(event.currentTarget);
    },
    onPause: () => setPlaying(false),
    onTimeUpdate: (event) => setPlace(event.currentTarget.currentTime),
    onLoadedMetadata: (event) => {
      const { duration } = event.currentTarget;
      if (Number.isFinite(duration)) setLength(duration);
    },
  };
  return { audio, playing, place, length, seek, toggle, hears };
}

/** One sound at a time. */
function pauseOthers(own: HTMLMediaElement): void {
  for (const other of document.querySelectorAll<HTMLMediaElement>("audio, video")) {
    if (other !== own) other.pause();
  }
}

interface WaveformProps {
  readonly peaksUrl: string | null;
  readonly title: string;
  readonly place: number;
  readonly length: number;
  readonly onSeek: (seconds: number) => void;
}

function Waveform({ peaksUrl, title, place, length, onSeek }: WaveformProps) {
  const { data } = useQuery({
    queryKey: ["peaks", peaksUrl],
    queryFn: async ({ signal }): Promise<Peaks | null> => {
      const response = await fetch(nearUrl(peaksUrl), { signal });
      return response.ok ? response.json() : null;
    },
    enabled: peaksUrl !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const canvas = useRef<HTMLCanvasElement>(null);
  const share = length === 0 ? 0 : place / length;
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, data?.peaks ?? [], share);
  }, [data, share]);
  const keys = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 1 : 5;
    const move = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
    if (move === 0) return;
    event.preventDefault();
    onSeek(place + move);
  };
  return (
    <div
      className="waveform"
      role="slider"
      tabIndex={0}
      aria-label={`${words.position}: ${title}`}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(place)}
      aria-valuetext={`${formatClock(place)} / ${formatClock(length)}`}
      onKeyDown={keys}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onSeek(((event.clientX - box.left) / box.width) * length);
      }}
    >
      <canvas ref={canvas} />
    </div>
  );
}

/** Bars of the loudness; what was played is in the accent. A line where no peaks are known. */
function draw(canvas: HTMLCanvasElement, peaks: Peaks["peaks"], share: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  // Real properties, not custom ones: only those are resolved to a colour that a canvas takes.
  const { color: played, outlineColor: rest } = style;
  const bars = Math.max(1, Math.floor(width / 3));
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor((bar / bars) * peaks.length);
    const to = Math.max(from + 2, Math.floor(((bar + 1) / bars) * peaks.length));
    const loud = Math.max(0, ...peaks.slice(from, to).map(Math.abs)) / PEAK_MAX;
    const tall = Math.max(2, loud * height);
    pen.fillStyle = bar / bars < share ? played : rest;
    pen.fillRect(bar * 3, (height - tall) / 2, 2, tall);
  }
}

const PEAK_MAX = 127;
