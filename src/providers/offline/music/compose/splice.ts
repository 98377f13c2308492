import type { Note, Part, Score, SungLine } from "../score.ts";
import { tempoMap } from "../tempo.ts";

/** The song up to a beat. Notes that reach over it end there; lines that do are left out. */
export function headOf(score: Score, beat: number): Score {
  const voice = voiceOf(score);
  const lines = score.lines.filter((line) => (voice[line.to - 1]?.beat ?? 0) < beat - 0.25);
  const sung = lines.reduce((most, line) => Math.max(most, line.to), 0);
  const lastSung = voice[sung - 1]?.beat ?? -1;
  return {
    ...score,
    lines,
    beats: beat,
    tempo: steadyBefore(score, beat),
    sections: score.sections
      .filter((section) => section.beat < beat - 0.01)
      .map((section) => ({ ...section, beats: Math.min(section.beats, beat - section.beat) })),
    chords: score.chords.filter((chord) => chord.beat < beat - 0.01),
    parts: score.parts
      .map((part) => {
        const end = isSung(part) ? Math.min(beat, lastSung + 0.001) : beat - 0.05;
        return {
          ...part,
          notes: part.notes.filter((note) => note.beat < end).map((note) => ended(note, beat)),
        };
      })
      .filter((part) => part.notes.length > 0),
  };
}

/** Puts a tail, written from the head's last beat on, behind a head. */
export function join(head: Score, tail: Score): Score {
  const shift = voiceOf(head).length;
  const lines: SungLine[] = tail.lines.map((line) => ({
    ...line,
    from: line.from + shift,
    to: line.to + shift,
  }));
  const tempo = tail.tempo.map(([beat, bpm]) => [Math.max(beat, head.beats), bpm] as const);
  return {
    ...head,
    title: tail.title,
    tags: tail.tags,
    prompt: tail.prompt,
    singer: head.singer ?? tail.singer,
    tempo: [...head.tempo, ...tempo],
    sections: [...head.sections, ...tail.sections],
    chords: [...head.chords, ...tail.chords],
    parts: joinParts(head.parts, tail.parts),
    lines: [...head.lines, ...lines],
    beats: tail.beats,
  };
}

/** Takes the notes from one beat to another out of a fresh version; all else stays. */
export function replaceSpan(
  score: Score,
  fresh: Score,
  span: { readonly from: number; readonly to: number },
): Score {
  const inside = (beat: number) => beat >= span.from - 0.02 && beat < span.to - 0.02;
  const names = new Map([...score.parts, ...fresh.parts].map((part) => [partName(part), part]));
  const sung = replaceLines(score, fresh, inside);
  const parts = [...names.values()]
    .filter((part) => !isSung(part))
    .map((part) => {
      const old = notesOf(score, part).filter((note) => !inside(note.beat));
      const fit = old.map((note) => (note.beat < span.from ? ended(note, span.from) : note));
      const added = notesOf(fresh, part)
        .filter((note) => inside(note.beat))
        .map((note) => ended(note, span.to));
      return { ...part, notes: [...fit, ...added].sort((a, b) => a.beat - b.beat) };
    });
  return {
    ...score,
    title: fresh.title,
    lines: sung.lines,
    singer: score.singer ?? fresh.singer,
    parts: [...sung.parts, ...parts].filter((part) => part.notes.length > 0),
  };
}

function replaceLines(
  score: Score,
  fresh: Score,
  inside: (beat: number) => boolean,
): { readonly lines: readonly SungLine[]; readonly parts: readonly Part[] } {
  const oldVoice = voiceOf(score);
  const newVoice = voiceOf(fresh);
  const kept = score.lines
    .filter((line) => !inside(oldVoice[line.from]?.beat ?? 0))
    .map((line) => ({ text: line.text, notes: oldVoice.slice(line.from, line.to) }));
  const added = fresh.lines
    .filter((line) => inside(newVoice[line.from]?.beat ?? 0))
    .map((line) => ({ text: line.text, notes: newVoice.slice(line.from, line.to) }));
  const ordered = [...kept, ...added].sort(
    (a, b) => (a.notes[0]?.beat ?? 0) - (b.notes[0]?.beat ?? 0),
  );
  const notes: Note[] = [];
  const lines = ordered.map((line) => {
    const from = notes.length;
    notes.push(...line.notes);
    return { text: line.text, from, to: notes.length };
  });
  const voice = [...score.parts, ...fresh.parts].find((part) => part.instrument === "voice");
  const second = [...score.parts, ...fresh.parts].find((part) => part.instrument === "backing");
  const parts: Part[] = voice === undefined ? [] : [{ ...voice, notes }];
  if (second !== undefined) {
    const old = notesOf(score, second).filter((note) => !inside(note.beat));
    const added2 = notesOf(fresh, second).filter((note) => inside(note.beat));
    parts.push({ ...second, notes: [...old, ...added2].sort((a, b) => a.beat - b.beat) });
  }
  return { lines, parts };
}

function partName(part: Part): string {
  return `${part.id}:${part.instrument}`;
}

function notesOf(score: Score, like: Part): readonly Note[] {
  return score.parts.find((part) => partName(part) === partName(like))?.notes ?? [];
}

function voiceOf(score: Score): readonly Note[] {
  return score.parts.find((part) => part.instrument === "voice")?.notes ?? [];
}

function isSung(part: Part): boolean {
  return part.instrument === "voice" || part.instrument === "backing";
}

function ended(note: Note, beat: number): Note {
  return note.beat + note.beats > beat ? { ...note, beats: Math.max(0.1, beat - note.beat) } : note;
}

/** The last two bars of a song slow down; where it goes on, they do not. */
function steadyBefore(score: Score, beat: number): Score["tempo"] {
  const slowsFrom = score.tempo[1]?.[0] ?? Number.POSITIVE_INFINITY;
  const goesOn = slowsFrom >= beat - 2 * score.barBeats;
  const rows = goesOn ? score.tempo.slice(0, 1) : score.tempo.filter(([at]) => at < beat);
  return rows.length > 0 ? rows : [[0, score.bpm]];
}

function joinParts(head: readonly Part[], tail: readonly Part[]): readonly Part[] {
  const left = new Map(tail.map((part) => [partName(part), part]));
  const joined = head.map((part) => {
    const more = left.get(partName(part));
    left.delete(partName(part));
    return more === undefined ? part : { ...part, notes: [...part.notes, ...more.notes] };
  });
  return [...joined, ...left.values()];
}

/** The bar line nearest to a time, in beats; never in the first bar nor after the song. */
export function barNear(score: Score, seconds: number): number {
  const beat = tempoMap(score).beat(seconds);
  const bar = Math.round(beat / score.barBeats) * score.barBeats;
  return Math.min(score.beats, Math.max(score.barBeats, bar));
}
