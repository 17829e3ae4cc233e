"""`normalize scan`: what no rule knows, as `normalize rules scan`."""

from normalize.cli.rules import scan as command

__all__ = ["command"]
