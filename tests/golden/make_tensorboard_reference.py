#!/usr/bin/env python3
# An event file by TensorBoard's own messages and record writer, for core/formats/tensorboard_events.h to equal.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run where tensorboard is installed: venv/bin/pip install tensorboard==2.21.0; venv/bin/python make_tensorboard_reference.py"""

import pathlib

from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

BEGAN = 1740830400.0  # 2025-03-01T12:00:00Z


def scalar(tag, value, description=""):
    made = summary_pb2.Summary.Value(tag=tag, simple_value=value)
    if description:
        made.metadata.plugin_data.plugin_name = "scalars"
        made.metadata.summary_description = description
        made.metadata.data_class = summary_pb2.DATA_CLASS_SCALAR
    return made


def text(tag, markdown):
    shape = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=1)])
    tensor = tensor_pb2.TensorProto(dtype=types_pb2.DT_STRING, tensor_shape=shape, string_val=[markdown.encode()])
    made = summary_pb2.Summary.Value(tag=tag, tensor=tensor)
    made.metadata.plugin_data.plugin_name = "text"
    made.metadata.data_class = summary_pb2.DATA_CLASS_TENSOR
    return made


def event(offset, step, values):
    return event_pb2.Event(wall_time=BEGAN + offset, step=step, summary=summary_pb2.Summary(value=values))


EVENTS = [
    event_pb2.Event(wall_time=BEGAN, file_version="brain.Event:2"),
    event(0, 0, [text("run/configuration", "| model | `tiny` |\n")]),
    event(0.25, 1, [scalar("loss/main", 5.5, "Cross entropy."), scalar("balance/max_vio", 0.1, "1")]),
    event(1.5, 300, [scalar("loss/main", float("nan")), scalar("balance/max_vio", -1e-30)]),
    event(2, 5_000_000_000, [scalar("progress/tokens", 16777217)]),
]

folder = pathlib.Path(__file__).parent / "tensorboard"
folder.mkdir(exist_ok=True)
with open(folder / "events.out.tfevents.golden", "wb") as out:
    writer = RecordWriter(out)
    for one in EVENTS:
        writer.write(one.SerializeToString(deterministic=True))
