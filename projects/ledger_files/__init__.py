"""Ledger files as Danish finance systems give them, read row by row into typed values. Knows no database."""

from projects.ledger_files.layout import Layout, LedgerRow, Problem, UnreadableFileError
from projects.ledger_files.reader import LedgerReader

__all__ = ["Layout", "LedgerReader", "LedgerRow", "Problem", "UnreadableFileError"]
