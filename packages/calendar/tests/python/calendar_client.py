"""Speaks to a calendar as any foreign client does: create, get, list, change, conflict, delete, and a series.

Usage: calendar_client.py ADDRESS FOLDER, where FOLDER has the stubs that protoc has made.
Prints one line of JSON about what it saw.
"""

import json
import sys

import grpc

address, stubs = sys.argv[1:]
sys.path.insert(0, stubs)

from daywatch.calendar.v1 import calendar_pb2 as pb  # noqa: E402
from daywatch.calendar.v1 import calendar_pb2_grpc as pb_grpc  # noqa: E402
from google.protobuf import field_mask_pb2  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402


def read_failure(error):
    """The status of a failed call, with the details of google.rpc.Status."""
    trailers = dict(error.trailing_metadata())
    rich = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
    info = error_details_pb2.ErrorInfo()
    conflicts = []
    for detail in rich.details:
        if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
            detail.Unpack(info)
        if detail.Is(pb.BusyConflict.DESCRIPTOR):
            conflict = pb.BusyConflict()
            detail.Unpack(conflict)
            conflicts.append({"event_id": conflict.event_id, "start": conflict.start, "end": conflict.end})
    return {
        "status": error.code().name,
        "same_code": rich.code == error.code().value[0],
        "message": error.details(),
        "reason": info.reason,
        "domain": info.domain,
        "conflicts": conflicts,
    }


def expect_failure(call, *arguments, **options):
    try:
        call(*arguments, **options)
    except grpc.RpcError as error:
        return read_failure(error)
    raise AssertionError("the call should have failed, and did not")


with grpc.insecure_channel(address, compression=grpc.Compression.Gzip) as channel:
    calendar = pb_grpc.CalendarServiceStub(channel)
    options = {"metadata": [("authorization", "Bearer alice")], "timeout": 10}

    created = calendar.CreateEvent(
        pb.CreateEventRequest(
            event=pb.Event(
                title="Besprechung über Zölle",
                start="2026-03-30T10:00:00",
                duration="PT45M",
                time_zone="Europe/Berlin",
                description="x" * 5000,
            )
        ),
        **options,
    )
    got = calendar.GetEvent(pb.GetEventRequest(id=created.id), **options)
    week = calendar.ListWeek(pb.ListWeekRequest(date="2026-03-30", time_zone="Europe/Berlin"), **options)
    updated = calendar.UpdateEvent(
        pb.UpdateEventRequest(
            event=pb.Event(id=created.id, etag=got.etag, location="Saal 3", title="not in the mask"),
            update_mask=field_mask_pb2.FieldMask(paths=["location", "description"]),
        ),
        **options,
    )
    conflict = expect_failure(
        calendar.CreateEvent,
        pb.CreateEventRequest(
            event=pb.Event(title="Other", start="2026-03-30T08:30:00Z", end="2026-03-30T09:30:00Z")
        ),
        **options,
    )
    calendar.DeleteEvent(pb.DeleteEventRequest(id=created.id, etag=updated.etag), **options)
    gone = expect_failure(calendar.GetEvent, pb.GetEventRequest(id=created.id), **options)
    stranger = expect_failure(calendar.GetEvent, pb.GetEventRequest(id=created.id), timeout=10)

    series = calendar.CreateEvent(
        pb.CreateEventRequest(
            event=pb.Event(
                title="Probe",
                start="2026-03-23T10:00:00",
                duration="PT1H",
                time_zone="Europe/Berlin",
                recurrence=pb.Recurrence(rrule="FREQ=WEEKLY;COUNT=5", exdates=["2026-03-30T10:00:00"]),
            )
        ),
        **options,
    )
    shorter = calendar.UpdateEvent(
        pb.UpdateEventRequest(
            event=pb.Event(id=series.id, recurrence=pb.Recurrence(rrule="FREQ=WEEKLY;COUNT=4")),
            update_mask=field_mask_pb2.FieldMask(paths=["recurrence.rrule"]),
        ),
        **options,
    )
    second = {"event_id": series.id, "recurrence_id": "2026-04-06T08:00:00Z"}
    moved = calendar.UpdateOccurrence(
        pb.UpdateOccurrenceRequest(
            **second,
            scope=pb.OCCURRENCE_SCOPE_THIS,
            event=pb.Event(start="2026-04-07T10:00:00", duration="PT1H", etag=shorter.etag),
            update_mask=field_mask_pb2.FieldMask(paths=["start", "duration"]),
        ),
        **options,
    )
    got_occurrence = calendar.GetOccurrence(pb.GetOccurrenceRequest(**second), **options)
    calendar.DeleteOccurrence(
        pb.DeleteOccurrenceRequest(
            event_id=series.id,
            recurrence_id="2026-04-13T10:00:00+02:00",
            scope=pb.OCCURRENCE_SCOPE_FOLLOWING,
        ),
        **options,
    )
    month = calendar.ListMonth(pb.ListMonthRequest(date="2026-03-20"), **options)
    no_occurrence = expect_failure(
        calendar.GetOccurrence,
        pb.GetOccurrenceRequest(event_id=series.id, recurrence_id="2026-03-30T08:00:00Z"),
        **options,
    )

json.dump(
    {
        "id": created.id,
        "title": got.title,
        "start": got.start,
        "end": got.end,
        "has_busy": got.HasField("busy") and got.busy,
        "has_recurrence": got.HasField("recurrence"),
        "created_year": got.created_at.ToDatetime().year,
        "same": got == created,
        "week": [(occurrence.event_id, occurrence.recurrence_id) for occurrence in week.occurrences],
        "updated": [updated.title, updated.location, updated.description],
        "conflict": conflict,
        "gone": gone,
        "stranger": stranger,
        "series": [shorter.recurrence.rrule, *shorter.recurrence.exdates],
        "occurrence": [moved.recurrence_id, moved.start, moved.HasField("recurrence"), got_occurrence == moved],
        "month": [(o.recurrence_id, o.start, o.recurring, o.overridden) for o in month.occurrences],
        "no_occurrence": no_occurrence["reason"],
    },
    sys.stdout,
)
