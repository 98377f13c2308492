import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AudioPlayer } from "../../components/audio-player.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty, LoadError, Skeleton } from "../../components/feedback.tsx";
import { Field, Input } from "../../components/field.tsx";
import { Time } from "../../components/values.tsx";
import { useScene } from "../../lib/session.tsx";
import { readTasks, type TaskItem, taskQuery } from "../../lib/tasks.ts";
import { type Track, tracksOf } from "../../lib/tracks.ts";
import { inputs } from "../../strings/en/inputs.ts";
import { ghostOf, hintOf, type InputProps } from "./input-props.ts";

/** A track of an earlier task: chosen from a list that plays, or its id typed. */
export function TrackField({ field, value, fields, values, onChange, faults, ghost }: InputProps) {
  const [open, setOpen] = useState(false);
  const hasTask = fields.some(({ name }) => name === "task_id");
  const choose = (track: Track): void => {
    setOpen(false);
    const task = hasTask ? { task_id: track.taskId } : {};
    onChange({ ...values, ...task, [field.name]: track.audioId });
  };
  return (
    <Field label={field.label} error={faults.get(`/${field.name}`)} {...hintOf(field)}>
      {(control) => (
        <div className="row">
          <Input
            {...control}
            value={typeof value === "string" ? value : ""}
            placeholder={ghostOf(field, ghost)}
            onChange={({ target }) => {
              const { [field.name]: _before, ...rest } = values;
              onChange(target.value === "" ? rest : { ...rest, [field.name]: target.value });
            }}
          />
          <Button icon="music" onClick={() => setOpen(true)}>
            {inputs.track.choose}
          </Button>
          {open && <TrackDialog onClose={() => setOpen(false)} onChoose={choose} />}
        </div>
      )}
    </Field>
  );
}

const SHOWN = 12;

function TrackDialog(props: {
  readonly onClose: () => void;
  readonly onChoose: (track: Track) => void;
}) {
  const { project } = useScene();
  const query = useQuery({
    queryKey: ["tasks", project.id, "tracks"],
    queryFn: ({ signal }) =>
      readTasks({ kind: "music", status: "finished" }, { limit: SHOWN, signal }),
  });
  const tasks = query.data?.tasks ?? [];
  return (
    <Dialog size="wide" title={inputs.track.title} onClose={props.onClose}>
      {query.isPending && <Skeleton height={160} />}
      {query.error !== null && (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && tasks.length === 0 && (
        <Empty icon="music" title={inputs.track.none}>
          {inputs.track.noneText}
        </Empty>
      )}
      {tasks.map((task) => (
        <TaskTracks key={task.task_id} task={task} onChoose={props.onChoose} />
      ))}
    </Dialog>
  );
}

function TaskTracks(props: { readonly task: TaskItem; readonly onChoose: (track: Track) => void }) {
  const { project } = useScene();
  const { task } = props;
  const { data } = useQuery(taskQuery(project.id, task.task_id));
  const tracks = data === undefined ? [] : tracksOf(task.task_id, data.results, data.files);
  return tracks.map((track) => (
    <div key={track.audioId} className="track">
      <div className="grow">
        <AudioPlayer
          url={track.url}
          peaksUrl={track.peaksUrl}
          title={track.title === "" ? task.model : track.title}
          coverUrl={null}
          seconds={track.seconds}
        />
      </div>
      <div className="track-use">
        <Button onClick={() => props.onChoose(track)}>{inputs.track.use}</Button>
        <span className="meta">
          <Time value={task.created_time} />
        </span>
      </div>
    </div>
  ));
}
