"""Checks of devices and the software and data on them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from adhere.core.checking import Check
from adhere.core.durations import Duration
from adhere.core.parameters import Parameters, between

INVENTORY = ("devices", "device-facts")


class Fresh(Parameters, frozen=True):
    """What a device said longer ago than ``stale`` is no longer known of it."""

    stale: Duration = Duration(7, "d")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "30d")


class ScreenLock(Parameters, frozen=True):
    """``max_idle`` is the longest time from the last input to the locked screen."""

    max_idle: Duration = Duration(15, "m")
    stale: Duration = Duration(7, "d")

    def __post_init__(self) -> None:
        between("max_idle", self.max_idle, "1m", "24h")
        between("stale", self.stale, "1d", "30d")


class LocalData(Parameters, frozen=True):
    """``older_than`` is how long a file may lie on a device alone."""

    older_than: Duration = Duration(7, "d")
    stale: Duration = Duration(7, "d")

    def __post_init__(self) -> None:
        between("older_than", self.older_than, "1h", "90d")
        between("stale", self.stale, "1d", "30d")


class Recovered(Parameters, frozen=True):
    """``within`` is the longest time from losing a device to having its data on another."""

    within: Duration = Duration(1, "d")

    def __post_init__(self) -> None:
        between("within", self.within, "1h", "30d")


class Seats(Parameters, frozen=True):
    """``spare`` is how many installations beyond the licensed seats are tolerated."""

    spare: Annotated[int, Meta(ge=0, le=100)] = 0
    stale: Duration = Duration(7, "d")

    def __post_init__(self) -> None:
        between("stale", self.stale, "1d", "30d")


screen_lock = Check(
    name="devices.screen_lock",
    summary="Each device locks itself after the allowed time without use; never is too long",
    strength="measured",
    subject="device",
    needs=INVENTORY,
    parameters=ScreenLock,
)

managed = Check(
    name="devices.managed",
    summary="Each device on equipment and networks belongs to the company or is enrolled",
    strength="measured",
    subject="device",
    needs=(*INVENTORY, "events"),
    parameters=Fresh,
)

managed_access = Check(
    name="devices.managed_access",
    summary="Each sign-in to the company's data came from a managed device",
    strength="measured",
    subject="device",
    needs=("devices", "events"),
    parameters=Fresh,
)

enrolled = Check(
    name="devices.enrolled",
    summary="Each personal device used for work is enrolled in device management",
    strength="measured",
    subject="device",
    needs=INVENTORY,
    parameters=Fresh,
)

approved_software = Check(
    name="devices.approved_software",
    summary="All software found on a device is on the approved list on that day",
    strength="measured",
    subject="device",
    needs=("device-facts", "approved-software"),
    parameters=Fresh,
)

licensed_seats = Check(
    name="devices.licensed_seats",
    summary="No software is installed more often than its licence has seats",
    strength="measured",
    subject="company",
    needs=("device-facts", "approved-software"),
    parameters=Seats,
)

configuration_unchanged = Check(
    name="devices.configuration_unchanged",
    summary="No managed setting of a device was changed without a written exemption",
    strength="measured",
    subject="device",
    needs=INVENTORY,
    parameters=Fresh,
)

no_removable_media = Check(
    name="devices.no_removable_media",
    summary="No removable storage was mounted on a device",
    strength="measured",
    subject="device",
    needs=("device-facts", "events"),
    parameters=Fresh,
)

no_own_backups = Check(
    name="devices.no_own_backups",
    summary="No backup target outside the company's own is configured on a device",
    strength="measured",
    subject="device",
    needs=("device-facts",),
    parameters=Fresh,
)

no_own_copies = Check(
    name="devices.no_own_copies",
    summary="No program that copies data to storage outside the approved list is set up",
    strength="measured",
    subject="device",
    needs=("device-facts", "approved-storage"),
    parameters=Fresh,
)

approved_cloud_storage = Check(
    name="devices.approved_cloud_storage",
    summary="Work is stored in approved cloud storage, and no other storage service is set up",
    strength="measured",
    subject="device",
    needs=("device-facts", "approved-storage"),
    parameters=Fresh,
)

no_lasting_local_data = Check(
    name="devices.no_lasting_local_data",
    summary="No work file lies on a device alone for longer than allowed",
    strength="measured",
    subject="device",
    needs=("device-facts",),
    parameters=LocalData,
)

recovered = Check(
    name="devices.recovered",
    summary="After each loss of a device its data was on a replacement in time",
    strength="reported",
    subject="incident",
    needs=("incidents",),
    parameters=Recovered,
)

no_malware = Check(
    name="devices.no_malware",
    summary="Protection is running on each device and found no malware, spyware or adware",
    strength="measured",
    subject="device",
    needs=("device-facts", "events"),
    parameters=Fresh,
)

management_intact = Check(
    name="devices.management_intact",
    summary="Each enrolled device still answers and is still under management",
    strength="measured",
    subject="device",
    needs=(*INVENTORY, "events"),
    parameters=Fresh,
)
