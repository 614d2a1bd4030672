"""Which folders are kept in step with other computers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supervise.errors import FileTrouble
from supervise.synchronised import refuse_synchronised, synchronised_by


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "okafor"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive/a.store", "OneDrive"),
        ("onedrive - Northmere Council/Team/a.store", "OneDrive"),
        ("DROPBOX/a.store", "Dropbox"),
        ("Dropbox (Northmere)/a.store", "Dropbox"),
        ("Google Drive/a.store", "Google Drive"),
        ("iCloudDrive/a.store", "iCloud"),
        ("Nextcloud/a/b/c/a.store", "Nextcloud"),
        ("ownCloud/a.store", "ownCloud"),
        ("Box Sync/a.store", "Box"),
        ("Library/Mobile Documents/com~apple~CloudDocs/a.store", "iCloud"),
        ("Library/CloudStorage/OneDrive-NorthmereCouncil/a.store", "OneDrive"),
        ("Library/CloudStorage/OneDrive-SharedLibraries-NorthmereCouncil/a.store", "SharePoint sync"),
        ("Library/CloudStorage/GoogleDrive-a@example.org/My Drive/a.store", "Google Drive"),
        ("Library/CloudStorage/Box-Box/a.store", "Box"),
        ("library/cloudstorage/Elsewhere-a/a.store", "Elsewhere"),
    ],
)
def test_the_usual_folders_are_known_whether_or_not_they_exist_yet(
    home: Path, path: str, service: str
) -> None:
    assert synchronised_by(home / path, home, {}) == service
    (home / path).parent.mkdir(parents=True)
    assert synchronised_by(home / path, home, {}) == service


@pytest.mark.parametrize(
    "path",
    [
        "a.store",
        "Box/a.store",
        "Documents/box/a.store",
        "Documents/Dropbox/a.store",
        "OneDriver/a.store",
        "my dropbox notes/a.store",
        ".local/share/Supervise/supervise.store",
        "Library/Application Support/Supervise/supervise.store",
        "Library/CloudStorage",
    ],
)
def test_a_folder_that_only_sounds_like_one_is_none(home: Path, path: str) -> None:
    (home / path).parent.mkdir(parents=True, exist_ok=True)
    assert synchronised_by(home / path, home, {}) is None


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".owncloudsync.log", "ownCloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_0f3a.db", "Nextcloud"),
        ("._sync_0f3a.db", "Nextcloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".boxsync", "Box"),
        (".stfolder", "Syncthing"),
        ("desktop.ini", None),
        ("sync_0f3a.db", None),
    ],
)
def test_the_mark_of_a_service_counts_for_all_that_is_below_it(
    tmp_path: Path, home: Path, mark: str, service: str | None
) -> None:
    top = tmp_path / "disk" / "records"
    (top / "deep" / "down").mkdir(parents=True)
    (top / mark).touch()
    assert synchronised_by(top / "deep" / "down" / "a.store", home, {}) == service
    assert synchronised_by(tmp_path / "disk" / "a.store", home, {}) is None


def test_a_folder_called_own_cloud_tells_its_database_from_nextclouds(
    tmp_path: Path, home: Path
) -> None:
    top = tmp_path / "ownCloud of the team"
    top.mkdir()
    (top / ".sync_0f3a.db").touch()
    assert synchronised_by(top / "a.store", home, {}) == "ownCloud"


def test_what_the_environment_says_is_believed_whatever_the_capitals(tmp_path: Path, home: Path) -> None:
    root = tmp_path / "D" / "OneDrive - Northmere Council"
    environment = {"OneDriveCommercial": str(root), "OneDrive": "", "PATH": "/bin"}
    assert synchronised_by(root / "Team" / "a.store", home, environment) == "OneDrive"
    assert synchronised_by(Path(str(root).upper()) / "a.store", home, environment) == "OneDrive"
    shared = tmp_path / "D" / "Northmere Council" / "Team - Documents" / "a.store"
    assert synchronised_by(shared, home, environment) == "SharePoint sync"
    assert synchronised_by(tmp_path / "D" / "a.store", home, environment) is None


def test_dropbox_is_found_where_it_says_it_is(tmp_path: Path, home: Path) -> None:
    (home / ".dropbox").mkdir()
    note = home / ".dropbox" / "info.json"
    store = tmp_path / "elsewhere" / "Work" / "a.store"
    note.write_text(json.dumps({"business": {"path": str(store.parent)}}), "utf-8")
    assert synchronised_by(store, home, {}) == "Dropbox"
    for rubbish in ("", "[]", "{", '{"business": 3}', '{"business": {}}', '{"business": {"path": 7}}'):
        note.write_text(rubbish, "utf-8")
        assert synchronised_by(store, home, {}) is None
    assert synchronised_by(home / "a.store", home, {}) is None
    appdata = tmp_path / "AppData"
    (appdata / "Dropbox").mkdir(parents=True)
    (appdata / "Dropbox" / "info.json").write_text(
        json.dumps({"personal": {"path": str(store.parent)}}), "utf-8"
    )
    assert synchronised_by(store, home, {"LOCALAPPDATA": str(appdata)}) == "Dropbox"


def test_box_is_one_where_box_is_installed(tmp_path: Path, home: Path) -> None:
    (tmp_path / "AppData" / "Box" / "Box").mkdir(parents=True)
    environment = {"LOCALAPPDATA": str(tmp_path / "AppData")}
    assert synchronised_by(home / "Box" / "a.store", home, environment) == "Box"
    assert synchronised_by(home / "Documents" / "Box" / "a.store", home, environment) is None


def test_links_are_followed_into_a_service_and_out_of_one(tmp_path: Path, home: Path) -> None:
    (home / "Dropbox").mkdir()
    (home / "Records").symlink_to(home / "Dropbox")
    assert synchronised_by(home / "Records" / "a.store", home, {}) == "Dropbox"
    (tmp_path / "plain").mkdir()
    (home / "Dropbox" / "out").symlink_to(tmp_path / "plain")
    assert synchronised_by(home / "Dropbox" / "out" / "a.store", home, {}) is None
    (home / "round").symlink_to(home / "round")
    assert synchronised_by(home / "round" / "a.store", home, {}) is None


def test_documents_that_icloud_shares_are_icloud(home: Path) -> None:
    drive = home / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    drive.mkdir(parents=True)
    (home / "Documents").mkdir()
    assert synchronised_by(home / "Documents" / "a.store", home, {}) is None
    (drive / "Documents").symlink_to(home / "Documents")
    assert synchronised_by(home / "Documents" / "a.store", home, {}) == "iCloud"


def test_a_store_is_refused_there_with_the_reason_and_a_way_out(home: Path) -> None:
    with pytest.raises(FileTrouble) as refused:
        refuse_synchronised(home / "OneDrive" / "a.store", home, {})
    assert refused.value.sentence == (
        f"{home / 'OneDrive'} is kept in step with other computers by OneDrive: two of them writing at "
        "once would damage the records."
    )
    assert refused.value.remedy == (
        "Choose a folder that is on this computer only; OneDrive is welcome as the second place for backups."
    )
    refuse_synchronised(home / "a.store", home, {})
