"""Whether a folder is kept in step with other computers by OneDrive, Dropbox or the like.

Such a service copies a file while it is being written, and copies back what another computer wrote meanwhile.
For documents that is what people want; a store is damaged by it. A backup is written once and is welcome.

What is looked at: the service's own words in the environment, its folders by their usual names and places,
what it writes down of where they are, and the files by which it marks them. Nothing is asked of a network.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from supervise.errors import FileTrouble

ONEDRIVE, SHAREPOINT, DROPBOX = "OneDrive", "SharePoint sync", "Dropbox"
GOOGLE, ICLOUD, BOX = "Google Drive", "iCloud", "Box"
NEXTCLOUD, OWNCLOUD, SYNCTHING = "Nextcloud", "ownCloud", "Syncthing"

#: Where OneDrive says in the environment that its folders are (on Windows).
_VARIABLES = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")

#: Files and folders by which a service marks the top of what it keeps in step.
_MARKS = {
    ".dropbox.cache": DROPBOX,
    ".boxsync": BOX,
    ".tmp.drivedownload": GOOGLE,
    ".tmp.driveupload": GOOGLE,
    ".shortcut-targets-by-id": GOOGLE,
    ".owncloudsync.log": OWNCLOUD,
    ".nextcloudsync.log": NEXTCLOUD,
    ".stfolder": SYNCTHING,
}

#: Folders right below a person's own one, or below a drive, that have such a name. “Box” is not among them:
#: a folder may be called that for many reasons.
_NAMES = {
    "onedrive": ONEDRIVE,
    "dropbox": DROPBOX,
    "google drive": GOOGLE,
    "googledrive": GOOGLE,
    "iclouddrive": ICLOUD,
    "icloud drive": ICLOUD,
    "box sync": BOX,
    "nextcloud": NEXTCLOUD,
    "owncloud": OWNCLOUD,
}
_BEGINNINGS = {"onedrive - ": ONEDRIVE, "dropbox (": DROPBOX, "google drive (": GOOGLE}

#: How macOS names what stands in ~/Library/CloudStorage; the longer beginning first.
_CLOUD_STORAGE = {
    "onedrive-sharedlibraries": SHAREPOINT,
    "onedrive": ONEDRIVE,
    "dropbox": DROPBOX,
    "googledrive": GOOGLE,
    "icloud": ICLOUD,
    "box": BOX,
    "nextcloud": NEXTCLOUD,
    "owncloud": OWNCLOUD,
}


def refuse_synchronised(path: Path, home: Path, environment: Mapping[str, str]) -> None:
    """FileTrouble, with the reason, if a store at that path would be kept in step with other computers."""
    service = synchronised_by(path, home, environment)
    if service:
        raise FileTrouble(
            f"{path.parent} is kept in step with other computers by {service}: two of them writing at once "
            "would damage the records.",
            f"Choose a folder that is on this computer only; {service} is welcome as the second place for "
            "backups.",
        )


def synchronised_by(path: Path, home: Path, environment: Mapping[str, str]) -> str | None:
    """The service that keeps the folder at (or above) that path in step, by its name; None if none does.

    Links are followed, and capitals make no difference. The path need not exist yet.
    """
    path, home = _real(path), _real(home)
    for root, service in _roots(home, environment):
        if _is_within(path, root):
            return service
    folders = (path, *path.parents)
    return (
        _in_mac_library(path, home)
        or next((found for each in folders if (found := _by_name(each, home))), None)
        or next((found for each in folders if (found := _by_mark(each))), None)
    )


def _roots(home: Path, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Folders that a service has said are its own, each with its name."""
    for variable in _VARIABLES:
        if environment.get(variable):
            root = _real(Path(environment[variable]))
            yield root, ONEDRIVE
            organisation = root.name.partition(" - ")[2]
            if (
                organisation
            ):  # SharePoint's libraries stand beside, in a folder named by the organisation
                yield root.with_name(organisation), SHAREPOINT
    for folder in _dropbox_says(home, environment):
        yield _real(folder), DROPBOX
    if any(folder.is_dir() for folder in _data_of_box(home, environment)):
        yield _real(home / "Box"), BOX
    for shared in ("Desktop", "Documents"):  # which iCloud keeps as links where they are shared
        link = home / "Library" / "Mobile Documents" / "com~apple~CloudDocs" / shared
        if link.exists():
            yield _real(link), ICLOUD


def _dropbox_says(home: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where Dropbox's own note of itself says that its folders are."""
    settings = [home / ".dropbox"]
    settings += [
        Path(environment[name]) / "Dropbox"
        for name in ("APPDATA", "LOCALAPPDATA")
        if name in environment
    ]
    for folder in settings:
        try:
            accounts = json.loads((folder / "info.json").read_bytes())
            yield from [Path(account["path"]) for account in accounts.values()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # not there, or nothing that makes sense


def _data_of_box(home: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where Box Drive keeps its own data, if it is installed."""
    yield home / "Library" / "Application Support" / "Box" / "Box"
    if "LOCALAPPDATA" in environment:
        yield Path(environment["LOCALAPPDATA"]) / "Box" / "Box"


def _in_mac_library(path: Path, home: Path) -> str | None:
    library = home / "Library"
    if _is_within(path, library / "Mobile Documents"):
        return ICLOUD
    cloud = library / "CloudStorage"
    if not _is_within(path, cloud) or len(path.parts) == len(cloud.parts):
        return None
    name = path.parts[len(cloud.parts)]
    known = (service for start, service in _CLOUD_STORAGE.items() if name.casefold().startswith(start))
    return next(known, name.partition("-")[0])


def _by_name(folder: Path, home: Path) -> str | None:
    above = _folded(folder.parent)
    if above not in (_folded(home), _folded(Path(folder.anchor))):
        return None
    name = folder.name.casefold()
    begun = (service for start, service in _BEGINNINGS.items() if name.startswith(start))
    return _NAMES.get(name) or next(begun, None)


def _by_mark(folder: Path) -> str | None:
    try:
        names = set(os.listdir(folder))
    except OSError:  # not there yet, or not ours to look into
        return None
    marked = (service for mark, service in _MARKS.items() if mark in names)
    if any(name.startswith((".sync_", "._sync_")) and name.endswith(".db") for name in names):
        return next(marked, OWNCLOUD if "owncloud" in folder.name.casefold() else NEXTCLOUD)
    return next(marked, None)


def _real(path: Path) -> Path:
    """The path with links followed as far as it is there, or as it stands where they go in circles."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_within(path: Path, folder: Path) -> bool:
    """Whether it is that folder, or below it."""
    return _folded(path)[: len(folder.parts)] == _folded(folder)


def _folded(path: Path) -> tuple[str, ...]:
    return tuple(part.casefold() for part in path.parts)
