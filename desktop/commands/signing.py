"""Signing: put a certificate's signature, and its stamp, on a paper printed to a PDF file."""

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path

from desktop.app import App
from desktop.errors import UserError
from desktop.tasks import signing
from desktop.text import _


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of sign; a password is never one of them, since others could read it."""
    del verb
    parser.add_argument("paper", metavar="FILE.pdf", type=Path)
    parser.add_argument("--certificate", metavar="FILE.p12", type=Path, required=True)
    parser.add_argument("--out", metavar="FILE.pdf", type=Path, required=True)
    parser.add_argument("--reason", default="", help=_("why it is signed, said on the stamp"))
    parser.add_argument(
        "--office", default="", help=_("the office on the stamp, if not the certificate's")
    )
    parser.add_argument(
        "--password-fd",
        metavar="N",
        type=int,
        help=_(
            "read the password from this file descriptor, else from {variable} or the terminal"
        ).format(variable=signing.PASSWORD),
    )


def run(arguments: argparse.Namespace, app: App) -> int:
    """Sign, and say who signed."""
    wanted = signing.Signing(
        arguments.paper, arguments.certificate, arguments.reason, arguments.office
    )
    name = signing.sign(
        wanted,
        _password(arguments.password_fd),
        arguments.out.resolve(),
        fonts=app.resources / "fonts",
        clock=app.clock,
    )
    print(_("Signed by {name}: {file}").format(name=name, file=arguments.out))
    return 0


def _password(descriptor: int | None) -> str:
    """The certificate's password, from where it does not show; UserError where there is none."""
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, encoding="utf-8") as given:
                return given.readline().rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise _unknown() from error
    if signing.PASSWORD in os.environ:
        return os.environ[signing.PASSWORD]
    if not sys.stdin.isatty():
        raise _unknown()
    return getpass(_("Password of the certificate: "))


def _unknown() -> UserError:
    return UserError(
        _(
            "The certificate's password is needed. Run the command in a terminal, or give the "
            "password by --password-fd or in {variable}."
        ).format(variable=signing.PASSWORD),
        code="sign.password",
    )
