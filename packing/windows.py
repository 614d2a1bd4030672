"""What Windows reads in an .exe: who it is, and how it wants to be treated. Written on any system; it has not
been tried on Windows."""

from __future__ import annotations

import re
from pathlib import Path

from packing.contents import WINDOW
from supervise import __version__

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"></requestedExecutionLevel>
      </requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"></supportedOS>
    </application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2, PerMonitor</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0" processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"></assemblyIdentity>
    </dependentAssembly>
  </dependency>
</assembly>
"""  # noqa: E501 - an identity is one line
"""Started as whoever starts it, never as an administrator; sharp on every screen (what Qt asks for by itself,
said before it starts); paths longer than 260 characters, where Windows has them switched on."""

_LANGUAGE, _LETTERS = 0x0809, 1200  # English (United Kingdom), Unicode


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows compares them: "0.1.0" is (0, 1, 0, 0). What follows the numbers is left off."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    if found is None:
        raise ValueError(f"“{version}” does not begin with a number.")
    parts = [int(part) for part in found[0].split(".")][:4]
    major, minor, patch, build = parts + [0] * (4 - len(parts))
    return major, minor, patch, build


def version_resource(name: str, version: str = __version__) -> str:
    """What the properties of the file show, in the words that PyInstaller reads."""
    numbers = four_numbers(version)
    said = {
        "CompanyName": "Supervise",
        "FileDescription": "Supervise" if name == WINDOW else "Supervise in a terminal",
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Supervise",
        "ProductVersion": version,
    }
    words = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in said.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{_LANGUAGE:04x}{_LETTERS:04x}', [{words}])]), "
        f"VarFileInfo([VarStruct('Translation', [{_LANGUAGE}, {_LETTERS}])])])\n"
    )


def write_version(folder: Path, name: str) -> Path:
    """That, as a file for PyInstaller."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-version.txt"
    path.write_text(version_resource(name), "utf-8")
    return path
